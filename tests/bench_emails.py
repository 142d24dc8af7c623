"""What do the benchmarks draw? Emails as they are built: nested tables, inline styles, photographs with their grain."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

from PIL import Image

WORDS = [
    "spring",
    "webinar",
    "seat",
    "free",
    "live",
    "forty",
    "minutes",
    "what",
    "changed",
    "this",
    "year",
    "speakers",
    "save",
    "join",
    "us",
    "read",
    "more",
]


def made_email(folder: Path, seed: int, blocks: int) -> str:
    """An email of nested tables, 2 KB a block as usual, with a photograph in every third."""
    chance = random.Random(seed)
    rows = []
    for number in range(blocks):
        if number % 3 == 0:
            name = f"{seed}-{number}.jpg"
            (folder / name).write_bytes(_photograph(chance))
            rows.append(
                _CELL.format(f'<img src="{name}" width="600" style="width:100%;max-width:600px;height:auto" alt="A">')
            )
        words = (" ".join(chance.choices(WORDS, k=count)) for count in (5, 70))
        rows.append(_CELL.format(_BLOCK.format(*words, number)))
    style = "@media (prefers-color-scheme:dark){body,table{background:#111!important}.text{color:#eee!important}}"
    return (
        f'<!doctype html><html lang="en"><head><title>Bench</title><meta name="color-scheme" content="light dark"><style>{style}</style></head>'
        f'<body style="margin:0;background:#f4f4f4"><table role="presentation" align="center" width="100%" style="max-width:600px;background:#ffffff">{"".join(rows)}</table></body></html>'
    )


_TABLE = '<table role="presentation" width="100%" cellspacing="0" cellpadding="0" border="0" style="border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt">'
_CELL = f'<tr><td align="left" valign="top" style="padding:0;margin:0;mso-line-height-rule:exactly">{_TABLE}<tr><td>{{}}</td></tr></table></td></tr>'
_TEXT = "margin:0;padding:0 24px 12px 24px;font-family:Arial,'Helvetica Neue',Helvetica,sans-serif;font-weight:normal;color:#333333;text-align:left"
_BLOCK = (
    f'{_TABLE}<tr><td class="text" style="{_TEXT};font-size:24px;line-height:30px;padding-top:24px"><h2 style="{_TEXT};padding:0;font-size:24px">{{}}</h2></td></tr>'
    f'<tr><td class="text" style="{_TEXT};font-size:16px;line-height:24px"><p style="{_TEXT};padding:0">{{}}</p></td></tr>'
    f'<tr><td style="{_TEXT};padding-bottom:24px">{_TABLE}<tr><td bgcolor="#0055aa" style="border-radius:4px;padding:12px 24px" align="center">'
    f'<a href="https://www.acme.example/webinar?block={{}}&amp;utm_source=bench&amp;utm_medium=email" target="_blank" style="{_TEXT};padding:0;color:#ffffff;text-decoration:none">'
    "Save my seat</a></td></tr></table></td></tr></table>"
)


def _photograph(chance: random.Random) -> bytes:
    out = BytesIO()
    motif = Image.frombytes("RGB", (60, 30), chance.randbytes(60 * 30 * 3)).resize(
        (1200, 600), Image.Resampling.BICUBIC
    )
    grain = Image.frombytes("L", (1200, 600), chance.randbytes(1200 * 600)).convert("RGB")
    Image.blend(motif, grain, 0.2).save(out, "JPEG", quality=80)
    return out.getvalue()

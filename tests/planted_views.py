"""Defects that only a rendering shows, each one edit of a small email that is right in every view.

``find`` stands in the build once and ``put`` takes its place; the finding must stand in the line where ``at`` begins
(left out: where ``put`` does). ``views`` are drawn: all of them by Chromium, which is on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from qa.testing import picture

EMAIL = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Spring webinar</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<style>
  p { margin: 0 0 16px }
  @media only screen and (max-width: 480px) {
    .wide { width: 100% !important }
    .h1 { font-size: 26px !important }
  }
  @media (prefers-color-scheme: dark) {
    .page { background-color: #101010 !important }
    .card { background-color: #1c1c1c !important }
    .ink { color: #f2f2f2 !important }
    .link { color: #9db4ff !important }
  }
</style></head>
<body class="page" style="margin:0; background-color:#f0f0f0; font-family:Arial, sans-serif; font-size:16px">
<div style="display:none; font-size:1px; mso-hide:all">Forty minutes on the 24th of March</div>
<table role="presentation" width="100%"><tr><td align="center">
<table role="presentation" class="wide card" width="600" style="background-color:#ffffff"><tr><td style="padding:24px">
<img src="logo.png" width="160" height="40" alt="Acme" style="display:block; color:#222222" class="ink">
<h1 class="h1 ink" style="color:#222222">Move faster in spring</h1>
<p class="ink" style="color:#222222">Join us for forty minutes on what has changed this year, and on what has not.</p>
<p class="ink" style="color:#222222">Two practitioners show how they plan, with ranges instead of single numbers.</p>
<table role="presentation"><tr><td bgcolor="#1a2160" style="border-radius:4px">
<!--[if mso]><v:roundrect href="https://acme.example/webinar" style="height:48px; width:200px" fillcolor="#1a2160"><center style="color:#ffffff">Save my seat</center></v:roundrect><![endif]-->
<!--[if !mso]><!--><a class="cta" href="https://acme.example/webinar" style="display:inline-block; padding:14px 32px; line-height:20px; color:#ffffff; background-color:#1a2160; text-decoration:none; mso-hide:all">Save my seat</a><!--<![endif]-->
</td></tr></table>
<p class="ink" style="color:#222222; padding-top:16px">See also <a class="link" href="https://acme.example/notes" style="color:#1a2160">the notes of last year</a> before you come.</p>
<table role="presentation" width="100%"><tr>
<td background="dusk.png" bgcolor="#203040" style="padding:32px; background-color:#203040; color:#ffffff">Two hundred seats, and one good habit.</td>
</tr></table>
<p class="ink" style="color:#222222; padding-top:16px">You will get the recording on the morning after, and the slides with it.</p>
<p><a href="https://acme.example/one"><img src="one.png" width="32" height="32" alt="Acme on video"></a>
<a href="https://acme.example/two"><img src="two.png" width="32" height="32" alt="Acme on air"></a></p>
<p class="ink" style="color:#222222; font-size:13px">Acme Ltd, 1 High Street, London, registered in England. <a class="link" style="color:#1a2160" href="https://acme.example/unsubscribe">Unsubscribe</a></p>
</td></tr></table>
</td></tr></table>
</body></html>
"""

DESKS = ("gmail-web", "outlook-web")
BOTH = ("gmail-web", "gmail-ios")
WORD = ("gmail-web", "outlook-windows")
NIGHT = ("samsung-email", "samsung-email-dark")  # as the email's own styles say
PARTIAL = ("gmail-android", "gmail-android-dark")
FULL = ("gmail-ios", "gmail-ios-dark")
VIEWS = tuple(dict.fromkeys((*DESKS, *BOTH, *WORD, *NIGHT, *PARTIAL, *FULL)))

PHONES = "    .h1 { font-size: 26px !important }\n"
DARK = "    .link { color: #9db4ff !important }\n"
JOIN = '<p class="ink" style="color:#222222">Join us'
WHOLE = EMAIL[EMAIL.index(JOIN) : EMAIL.index("\n", EMAIL.index(JOIN))]
TWO = '<p class="ink" style="color:#222222">Two practitioners'
BUTTON = '<a class="cta"'
PADDED = "display:inline-block; padding:14px 32px; line-height:20px;"
GROUND = 'background="dusk.png" bgcolor="#203040" style="padding:32px; background-color:#203040; color:#ffffff"'
HABIT = "Two hundred seats"
TWIN = EMAIL[EMAIL.index("<!--[if mso]>") : EMAIL.index("<!--[if !mso]>")]
OPEN = EMAIL[EMAIL.index("<!--[if !mso]>") : EMAIL.index("<!--<![endif]-->")] + "<!--<![endif]-->\n"
COPY = EMAIL[EMAIL.index('<h1 class="h1 ink"') : EMAIL.index("<p><a href=")]
LOGO = '<img src="logo.png"'
NOTES = '<a class="link" href="https://acme.example/notes" style="color:#1a2160">'


@dataclass(frozen=True)
class Planted:
    """One defect. ``kind``: the same mistake in several forms."""

    kind: str
    code: str
    find: str
    put: str
    views: tuple[str, ...]
    at: str = ""
    also: tuple[str, ...] = ()  # codes of other checks that rightly come with it

    @property
    def build(self) -> str:
        assert EMAIL.count(self.find) == 1, self.find
        return EMAIL.replace(self.find, self.put)

    @property
    def line(self) -> int:
        build = self.build
        return build.count("\n", 0, build.index(self.at or self.put)) + 1


def _logo(outlined: bool, ending: str = "png") -> bytes:
    """Dark strokes on a transparent ground, with or without a light edge."""
    image = Image.new("RGBA", (320, 80), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    for left, top, right, bottom in ((8, 8, 72, 72), (96, 16, 300, 32), (96, 48, 300, 64)):
        if outlined:
            draw.rectangle((left - 4, top - 4, right + 4, bottom + 4), fill="#ffffff")
        draw.rectangle((left, top, right, bottom), fill="#141a44")
    out = BytesIO()
    if ending == "gif":
        flat = Image.new("P", image.size, 0)
        flat.putpalette([255, 0, 255, 20, 26, 68] + [0] * 762)
        flat.paste(1, mask=image.getchannel("A"))
        flat.save(out, "GIF", transparency=0)
    else:
        image.save(out, "PNG")
    return out.getvalue()


def _flat(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 30), colour).save(out, "PNG")
    return out.getvalue()


FILES: dict[str, Any] = {
    "build/logo.png": _logo(outlined=True),
    "build/dark.png": _logo(outlined=False),
    "build/dark.gif": _logo(outlined=False, ending="gif"),
    "build/dark.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='160' height='40'><path fill='#141a44' d='M4 4h32v32h-32z"
    "M48 8h102v8h-102zM48 24h102v8h-102z'/></svg>",
    "build/all.png": picture(1200, 1600, "all"),
    "build/dusk.png": _flat("#182838"),
    "build/noon.png": _flat("#f4ead0"),
    "build/one.png": picture(64, 64, "one"),
    "build/two.png": picture(64, 64, "two"),
}

PLANTED = (
    Planted(
        "call to action hidden on phones",
        "unseen-link",
        PHONES,
        PHONES + "    .cta { display: none !important }\n",
        BOTH,
        at=BUTTON,
    ),
    Planted(
        "call to action hidden on phones",
        "unseen-link",
        PHONES,
        PHONES + "    .cta { font-size: 0 !important; padding: 0 !important; visibility: hidden !important }\n",
        BOTH,
        at=BUTTON,
    ),
    Planted("call to action missing in Outlook", "unseen-link", TWIN, "", WORD, at=BUTTON),
    Planted(
        "call to action missing in Outlook",
        "unseen-link",
        NOTES,
        NOTES.replace('style="', 'style="mso-hide:all; '),
        WORD,
    ),
    Planted("call to action in Outlook alone", "unseen-link", OPEN, "", WORD, at="<v:roundrect"),
    Planted(
        "link hidden in dark mode",
        "unseen-link",
        DARK,
        DARK + "    .cta { display: none !important }\n",
        NIGHT,
        at=BUTTON,
    ),
    Planted(
        "link in the colour of its ground",
        "unseen-link",
        PHONES,
        PHONES + "    .link { color: #ffffff !important }\n",
        BOTH,
        at=NOTES,
    ),
    Planted("passage missing in a view", "unseen-text", TWO, TWO.replace('style="', 'style="mso-hide:all; '), WORD),
    Planted(
        "passage missing in a view",
        "unseen-text",
        PHONES,
        PHONES + "    h1 + p { display: none !important }\n",
        BOTH,
        at=JOIN,
    ),
    Planted(
        "passage missing in a view",
        "unseen-text",
        '<h1 class="h1 ink" style="color:#222222">Move faster in spring</h1>',
        '<!--[if !mso]><!--><h1 class="h1 ink" style="color:#222222">Move faster in spring</h1><!--<![endif]-->',
        WORD,
    ),
    Planted(
        "text over text",
        "overlapping-text",
        TWO,
        TWO.replace('style="', 'style="margin-top:-40px; '),
        NIGHT[:1],
        also=("degraded-feature",),
    ),
    Planted("text over text", "overlapping-text", WHOLE, f'<div style="height:20px">{WHOLE}</div>', NIGHT[:1], at=TWO),
    Planted(
        "text over text",
        "overlapping-text",
        TWO,
        TWO.replace('style="', 'style="position:relative; top:-36px; '),
        NIGHT[:1],
    ),
    Planted(
        "text cut off by its box",
        "cut-off-text",
        WHOLE,
        f'<div style="height:20px; overflow:hidden">{WHOLE}</div>',
        NIGHT[:1],
        at=JOIN,
    ),
    Planted(
        "layout wider than its window",
        "cut-off-layout",
        JOIN,
        JOIN.replace('class="ink" style="', 'class="ink h1" style="white-space:nowrap; width:1100px; '),
        DESKS,
    ),
    Planted(
        "layout wider than its window",
        "cut-off-layout",
        'class="wide card" width="600"',
        'class="wide card" width="1200"',
        DESKS,
    ),
    Planted(
        "copy too small on phones",
        "small-on-phone",
        PHONES,
        PHONES + "    .ink { font-size: 12px !important }\n    .h1.ink { font-size: 26px !important }\n",
        BOTH,
        at=TWO,
    ),
    Planted(
        "copy too small on phones",
        "small-on-phone",
        PHONES,
        PHONES + "    body, .ink { font-size: 10px !important }\n",
        BOTH,
        at=TWO,
    ),
    Planted(
        "some text too small on phones",
        "small-print-on-phone",
        PHONES,
        PHONES + "    h1 + p { font-size: 12px !important }\n",
        BOTH,
        at=JOIN,
    ),
    Planted(
        "some text too small on phones",
        "small-print-on-phone",
        PHONES,
        PHONES + "    p[style*='13px'] { font-size: 9px !important }\n",
        NIGHT[:1],
        at='<p class="ink" style="color:#222222; font-size:13px">',
    ),
    Planted(
        "button too small for a thumb",
        "small-tap-target",
        PADDED,
        "display:inline-block; padding:4px 32px; line-height:20px;",
        BOTH,
        at=BUTTON,
    ),
    Planted(
        "button too small for a thumb",
        "small-tap-target",
        f'style="border-radius:4px">\n{TWIN}<!--[if !mso]><!--><a class="cta" href="https://acme.example/webinar" style="{PADDED}',
        f'style="border-radius:4px; padding:14px 32px">\n{TWIN}<!--[if !mso]><!--><a class="cta" href="https://acme.example/webinar" style="line-height:20px;',
        BOTH,
        at=BUTTON,
    ),
    Planted(
        "linked pictures too close",
        "crowded-links",
        '<img src="one.png" width="32" height="32" alt="Acme on video"></a>\n<a href="https://acme.example/two"><img src="two.png" width="32" height="32"',
        '<img src="one.png" width="16" height="16" alt="Acme on video"></a>\n<a href="https://acme.example/two"><img src="two.png" width="16" height="16"',
        BOTH,
    ),
    Planted("unreadable at night", "unreadable-in-dark-mode", TWO, TWO.replace('class="ink"', 'class="inc"'), NIGHT),
    Planted("unreadable at night", "unreadable-in-dark-mode", DARK, "", NIGHT, at=NOTES),
    Planted(
        "unreadable at night",
        "unreadable-in-dark-mode",
        "    .card { background-color: #1c1c1c !important }\n",
        "",
        NIGHT,
        at='<h1 class="h1 ink"',
    ),
    Planted(
        "unreadable at night",
        "unreadable-in-dark-mode",
        DARK,
        DARK + "    .cta { color: #1a2160 !important }\n",
        NIGHT,
        at=BUTTON,
    ),
    Planted(
        "unreadable at night on a picture",
        "unreadable-in-dark-mode",
        GROUND,
        GROUND.replace("dusk", "noon").replace("#203040", "#f4ead0").replace("#ffffff", "#222222"),
        PARTIAL,
    ),
    Planted(
        "unreadable at night on a picture", "turned-text-on-picture", f"{GROUND}>{HABIT}", f"{GROUND}><p>{HABIT}", FULL
    ),
    Planted("logo lost at night", "lost-in-dark-mode", "logo.png", "dark.png", NIGHT),
    Planted("logo lost at night", "lost-in-dark-mode", "logo.png", "dark.gif", PARTIAL),
    Planted("logo lost at night", "lost-in-dark-mode", "logo.png", "dark.svg", FULL, also=("unsupported-format",)),
    Planted(
        "dark mode not declared",
        "undeclared-colour-scheme",
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">\n',
        "",
        BOTH,
        at="@media (prefers-color-scheme",
    ),
    Planted(
        "no colour like the picture behind it", "no-colour-behind", GROUND, GROUND.replace("#203040", "#ffffff"), BOTH
    ),
    Planted(
        "no colour like the picture behind it", "no-colour-behind", GROUND, GROUND.replace("#203040", "#f4ead0"), BOTH
    ),
    Planted(
        "no colour like the picture behind it",
        "no-colour-behind",
        GROUND,
        'style="padding:32px; background:#ffffff linear-gradient(#203040, #182838); color:#ffffff"',
        BOTH,
    ),
    Planted(
        "words of a picture lost without it",
        "unseen-alt",
        COPY,
        COPY
        + '<p style="background:#101020; margin:0"><img src="all.png" width="552" alt="Save your seat" style="width:100%; color:#202030"></p>\n',
        BOTH,
        at='<img src="all.png"',
    ),
    Planted(
        "nothing but pictures",
        "image-only-email",
        COPY,
        '<a href="https://acme.example/webinar"><img src="all.png" width="552" alt="Save your seat" style="width:100%"></a>\n',
        BOTH,
        at='<img src="all.png"',
    ),
)

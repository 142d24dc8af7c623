"""Pictures that are the approved ones but for a detail, told with their place; renditions pass."""

from io import BytesIO

from PIL import Image, ImageDraw

from qa.testing import picture, run_check
from tests.told import codes

ASKED = {"images": [{"src": "hero.png", "asset": "assets/hero.png"}]}
BUILD = '<p>Hi<img src="hero.png" alt="Speakers"></p>'


def hero(price: str, width: int = 600) -> bytes:
    image = Image.open(BytesIO(picture(1200, 600, "hero"))).convert("RGB")
    pen = ImageDraw.Draw(image)
    pen.rectangle((60, 440, 460, 560), "#20324f")
    pen.text((90, 470), price, "white", font_size=64)
    out = BytesIO()
    image.resize((width, width // 2), Image.Resampling.LANCZOS).save(out, "JPEG", quality=80)
    return out.getvalue()


def test_the_same_picture_smaller_passes() -> None:
    files = {"assets/hero.png": hero("Only €49", 1200), "build/hero.png": hero("Only €49", 571)}
    assert run_check("image-picture", email=ASKED, build=BUILD, files=files).codes == []


def test_another_price_in_the_same_design() -> None:
    files = {"assets/hero.png": hero("Only €49", 1200), "build/hero.png": hero("Only €59", 571)}
    (finding,) = run_check("image-picture", email=ASKED, build=BUILD, files=files).findings
    assert (finding.code, finding.expected, finding.actual) == ("altered-picture", "assets/hero.png", "build/hero.png")
    assert finding.message.endswith("but for a detail: at the bottom on the left, it shows something else.")
    assert codes("image-picture", "image-source", email=ASKED, build=BUILD, files=files) == ["altered-picture"]

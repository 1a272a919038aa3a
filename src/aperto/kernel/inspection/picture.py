"""Pictures, drawn anew: what was hidden in the file (place, camera, scripts) does not come along."""

import warnings
from pathlib import Path

from PIL import Image, ImageOps

from aperto.kernel.inspection.report import MADE, THUMB, WIDEST, Seen, TooLarge

PIXELS = 60_000_000
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
QUALITY = 82


def look(source: Path, target: Path) -> Seen:
    """The first frame. The size stands in the head, so that nothing large is unpacked to learn it."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = PIXELS
    try:
        image = Image.open(source, formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooLarge from error
    with image:
        if image.width * image.height > PIXELS:
            raise TooLarge
        image.draft("RGB", (WIDEST, WIDEST))
        upright = ImageOps.exif_transpose(image)
        write(upright, target, 1)
    return Seen(pages=1, preview=MADE)


def write(image: Image.Image, target: Path, number: int) -> None:
    """As a page, and the first also as a small picture."""
    plain = image.convert("RGBA" if "A" in image.getbands() or image.mode == "P" else "RGB")
    plain.thumbnail((WIDEST, WIDEST * 2))
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    clean.save(target / f"{number}.webp", "WEBP", quality=QUALITY)
    if number == 1:
        clean.thumbnail((THUMB, THUMB))
        clean.save(target / "thumb.webp", "WEBP", quality=QUALITY)

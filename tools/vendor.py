#!/usr/bin/env python3
"""Copies third-party front-end files into the static folder, so that nobody needs Node to run it.

`npm ci --ignore-scripts --prefix frontend && python tools/vendor.py` (needs fonttools and brotli).
`python tools/vendor.py --check` needs neither: it compares the committed files with their checksums.
"""

import hashlib
import io
import json
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "src/aperto/web/static"
VENDOR = STATIC / "vendor"
MANIFEST = VENDOR / "MANIFEST.sha256"
MODULES = ROOT / "frontend/node_modules"

# package → files copied as they are, and its licence file
COPIED = {
    "htmx.org": (["dist/htmx.min.js"], "LICENSE"),
    "sortablejs": (["Sortable.min.js"], "LICENSE"),
    "@tabler/icons": ([], "LICENSE"),
    "inter-ui": ([], "LICENSE.txt"),
    "trix": (["dist/trix.esm.min.js"], "LICENSE"),
}
INSIDE = {"trix": "dompurify"}  # what a package brings within its file, with a licence of its own

# Latin with every letter of the European languages, arrows and marks that our pages draw as text.
LETTERS = [
    *range(0x20, 0x7F), *range(0xA0, 0x180), 0x192, *range(0x218, 0x21C), 0x2C6, 0x2DA, 0x2DC, 0x1E9E,
    *range(0x2010, 0x2028), 0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2122,
    *range(0x2190, 0x2194), 0x21B5, 0x21E7, 0x2212, 0x2318, 0x25B2, 0x25BC,
]  # fmt: skip


def folder(package: str) -> Path:
    """`vendor/<name>-<version>`, the version as the lock file installed it."""
    version = json.loads((MODULES / package / "package.json").read_text())["version"]
    return VENDOR / f"{package.removeprefix('@').replace('/', '-').removesuffix('.org')}-{version}"


def copy_packages() -> None:
    for package, (files, licence) in COPIED.items():
        target = folder(package)
        target.mkdir(parents=True)
        shutil.copyfile(MODULES / package / licence, target / "LICENSE")
        for name in files:
            whole = (MODULES / package / name).read_text()
            kept = [line for line in whole.split("\n") if not line.startswith("//# sourceMappingURL=")]
            (target / Path(name).name).write_text("\n".join(kept))
        if inner := INSIDE.get(package):
            shutil.copyfile(MODULES / inner / "LICENSE", target / f"LICENSE.{inner}")


def write_sprite() -> None:
    """One symbol per name of `frontend/icons.txt`; the stroke comes from the style sheet."""
    names = (ROOT / "frontend/icons.txt").read_text().split("\n")
    symbols = []
    for name in sorted({line for line in names if line and not line.startswith("#")}):
        drawing = (MODULES / f"@tabler/icons/icons/outline/{name}.svg").read_text()
        paths = re.findall(r'<path d="([^"]+)"', drawing)
        shape = "".join(f'<path d="{path}"/>' for path in paths)
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{shape}</symbol>')
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    (STATIC / "icons.svg").write_text(sprite)


def write_font() -> None:
    """Inter with the weights and letters we use: 30 kB in place of 352."""
    # Only whoever writes the font has these; they carry no types.
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415
    from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]  # noqa: PLC0415

    font = TTFont(MODULES / "inter-ui/variable/InterVariable.woff2", recalcTimestamp=False)
    font = instantiateVariableFont(font, {"wght": (400, 400, 700), "opsz": 14})
    font.flavor = None
    whole = io.BytesIO()
    font.save(whole)
    font = TTFont(io.BytesIO(whole.getvalue()), recalcTimestamp=False)
    options = Options(layout_features=["kern", "ccmp", "tnum", "locl"], hinting=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(folder("inter-ui") / "inter.woff2")


def checksums() -> str:
    files = sorted(path for path in VENDOR.rglob("*") if path.is_file() and path != MANIFEST)
    files.append(STATIC / "icons.svg")
    lines = (
        f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(STATIC).as_posix()}" for p in files
    )
    return "\n".join(lines) + "\n"


def main() -> int:
    if "--check" in sys.argv:
        fresh = MANIFEST.read_text() == checksums()
        return 0 if fresh else sys.stderr.write("static/vendor differs from its MANIFEST.sha256.\n") and 1
    shutil.rmtree(VENDOR, ignore_errors=True)
    copy_packages()
    write_sprite()
    write_font()
    MANIFEST.write_text(checksums())
    return 0


if __name__ == "__main__":
    sys.exit(main())

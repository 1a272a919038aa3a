#!/usr/bin/env python3
"""Joins our style sheets into `static/aperto.css` and our ES modules into `static/aperto.js`.

A page then asks for one of each. There is no bundler: what a module imports is put before it and its `import`
and `export` words are dropped, so all modules share one scope; a name declared in two modules is refused.
`--check` compares the committed bundles with their sources and writes nothing.
"""

import re
import sys
from collections import Counter
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "src/aperto/web/static"
LICENCE = "/* Aperto, MPL-2.0. Written by tools/bundle.py from static/{}. */\n"
IMPORT = re.compile(r'^import (?:\{[^}]*\} from )?"\./([\w-]+)\.js";$', re.M)
DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function\*?|class|const|let) (\w+)", re.M)


def style_bundle() -> str:
    """Tokens first, as they state the order of the layers; within a layer no order is needed."""
    sheets = sorted((STATIC / "css").glob("*.css"), key=lambda path: (path.stem != "tokens", path.stem))
    text = "\n".join(path.read_text() for path in sheets)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S).replace('url("../', 'url("')
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s*([{};])\s*", r"\1", text).replace(";}", "}")
    return LICENCE.format("css") + text.replace("}@", "}\n@").strip() + "\n"


def modules_in_order() -> list[Path]:
    """Every module after those that it imports."""
    ordered: dict[Path, None] = {}
    open_now: list[Path] = []

    def visit(path: Path) -> None:
        if path in open_now:
            raise SystemExit(f"{path.name} imports itself through {open_now[-1].name}.")
        open_now.append(path)
        for name in IMPORT.findall(path.read_text()):
            visit(path.with_name(f"{name}.js"))
        open_now.pop()
        ordered[path] = None

    for path in sorted((STATIC / "js").glob("*.js")):
        visit(path)
    return list(ordered)


def script_bundle() -> str:
    sources = [IMPORT.sub("", path.read_text()) for path in modules_in_order()]
    names = Counter(name for source in sources for name in DECLARED.findall(source))
    twice = [name for name, count in names.items() if count > 1]
    if twice:
        raise SystemExit(f"Declared in two modules: {', '.join(twice)}.")
    text = re.sub(r"^export (?=async|function|class|const|let)", "", "\n".join(sources), flags=re.M)
    text = re.sub(r"^\s*/\*\*.*?\*/\s*$", "", text, flags=re.M | re.S)
    lines = (line.strip() for line in text.split("\n"))
    return LICENCE.format("js") + "\n".join(x for x in lines if x and not x.startswith("// ")) + "\n"


def main() -> int:
    bundles = {STATIC / "aperto.css": style_bundle(), STATIC / "aperto.js": script_bundle()}
    stale = [path for path, text in bundles.items() if not path.is_file() or path.read_text() != text]
    if "--check" in sys.argv:
        names = ", ".join(path.name for path in stale)
        return (
            sys.stderr.write(f"Run tools/bundle.py: {names} differs from its sources.\n") and 1
            if stale
            else 0
        )
    for path in stale:
        path.write_text(bundles[path])
    return 0


if __name__ == "__main__":
    sys.exit(main())

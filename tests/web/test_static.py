"""The committed front end: bundles are fresh, vendored files whole, icons there, colours legible."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from aperto.kernel.objects.registry import registry
from aperto.web.templatetags.aperto_icons import icon, known

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "src/aperto/web/static"
TOKEN = re.compile(r"--([\w-]+):\s*light-dark\((#\w+), (#\w+)\)")
GROUNDS = ("paper", "canvas", "raised", "sunken", "accent-soft")
HUES = ("slate", "blue", "violet", "pink", "red", "amber", "green", "teal")
PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-2", "accent", "bad", "warn", "good") for ground in GROUNDS[:3]),
    *((ink, ground) for ink in ("ink-2", "ink-3") for ground in GROUNDS),
    *((f"hue-{hue}", f"hue-{hue}-soft") for hue in HUES),
    *((tone, f"{tone}-soft") for tone in ("good", "warn", "bad", "info")),
    ("accent-ink", "accent"), ("accent", "accent-soft"),
    ("inverse-ink", "inverse"), ("inverse-accent", "inverse"),
]  # fmt: skip


@pytest.mark.parametrize("tool", ["bundle", "vendor"])
def test_committed_files_are_fresh(tool: str) -> None:
    command = [sys.executable, str(ROOT / f"tools/{tool}.py"), "--check"]

    assert subprocess.run(command, capture_output=True, text=True, check=False).stderr == ""


def test_every_icon_is_in_the_sprite() -> None:
    sources = [*(ROOT / "src").rglob("*.html"), *(ROOT / "src").rglob("*.py")]
    texts = (path.read_text(encoding="utf-8") for path in sources)
    named = {name for text in texts for name in re.findall(r'(?:{% icon |\bicon\()"([a-z0-9-]+)"', text)}
    declared = {each.icon for each in registry}

    assert (named | declared) - known() == set()


def test_unknown_icon_is_drawn_as_a_circle() -> None:
    assert str(icon('"><script>')) == str(icon("circle"))


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_is_legible(theme: int, ink: str, ground: str) -> None:
    colours = {name: pair[theme] for name, *pair in TOKEN.findall((STATIC / "css/tokens.css").read_text())}

    lighter, darker = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)

    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

import pytest

from tests.tools.conftest import Write
from tools import manners

BROKEN = {
    "manager outside the kernel": ("src/aperto/crm/a.py", "Deal.objects.all()\n", manners.managers),
    "hidden manager": ("src/aperto/web/a.py", "Deal._default_manager.get()\n", manners.managers),
    "colour in a style sheet": ("src/aperto/web/a.css", "b { color: #ff0000; }\n", manners.colours),
    "colour as a function": ("src/aperto/web/a.css", "b { color: rgb(1 2 3); }\n", manners.colours),
    "script in a page": ("src/aperto/web/a.html", "<script>alert(1)</script>\n", manners.inline),
    "style in a page": ("src/aperto/web/a.html", '<b style="top: 0">x</b>\n', manners.inline),
    "handler in a page": ("src/aperto/web/a.html", '<b onclick="go()">x</b>\n', manners.inline),
    "drawer": ("src/aperto/kernel/utils.py", "\n", manners.drawers),
    "message made of parts": ("src/aperto/web/a.py", 'gettext(f"{count} deals")\n', manners.placeholders),
    "placeholder without a name": ("src/aperto/web/a.py", '_("%s deals")\n', manners.placeholders),
}
SOUND = {
    "manager in the kernel": ("src/aperto/kernel/a.py", "Deal.objects.all()\n", manners.managers),
    "bookkeeping of a door": (
        "src/aperto/api/a.py",
        "Key.objects.get()  # not a record: keys of requests\n",
        manners.managers,
    ),
    "colour among the tokens": ("src/aperto/web/tokens.css", "b { color: #ff0000; }\n", manners.colours),
    "link to a place": ("src/aperto/web/a.html", '<a href="#main">x</a>\n', manners.colours),
    "entity": ("src/aperto/web/a.html", "&#8217;\n", manners.colours),
    "script of our own": (
        "src/aperto/web/a.html",
        '<script type="module" src="x.js"></script>\n',
        manners.inline,
    ),
    "named placeholder": ("src/aperto/web/a.py", '_("%(count)s deals")\n', manners.placeholders),
}


@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_broken_rule_is_found(case: str, checkout: Write) -> None:
    name, text, rule = BROKEN[case]
    path = checkout(name, text)

    assert [(found, line) for found, line, _problem in rule()] == [(path, 1)]


@pytest.mark.parametrize("case", SOUND, ids=str)
def test_sound_source_passes(case: str, checkout: Write) -> None:
    name, text, rule = SOUND[case]
    checkout(name, text)

    assert list(rule()) == []


def test_unfinished_work_is_found(checkout: Write, capsys: pytest.CaptureFixture[str]) -> None:
    checkout("src/aperto/web/a.py", "# TO" + "DO: later\n")

    assert manners.main() == 1
    assert capsys.readouterr().out.startswith("src/aperto/web/a.py:1: unfinished")

"""The needs as the page and the printed list show them: each with its answer and what answers it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aperto.kernel.errors import Invalid, Message
from aperto.kernel.fields.base import text_of
from aperto.kernel.needs.catalogue import Need, groups, needs
from aperto.kernel.needs.definitions import PRIORITIES
from aperto.packs import packs, serving
from aperto.packs.answers import Answer, Answers
from aperto.web.people import settings_nav


@dataclass(frozen=True)
class Way:
    """A part of the product, and the page of the settings where it is set up."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Line:
    key: str
    label: str
    help: str
    ways: list[Way]
    priority: str
    remark: str


@dataclass(frozen=True)
class Section:
    title: str
    lines: list[Line]


def by_group(answers: Answers) -> list[Section]:
    return [Section(text_of(each.label), [_line(need, answers) for need in each.needs]) for each in groups()]


def by_priority(answers: Answers) -> list[Section]:
    """What nobody has answered stands at the end, so that the list is whole."""
    lines = [_line(each, answers) for each in needs().values()]
    order: list[tuple[str, Message]] = [*PRIORITIES.items(), ("", _("Not answered"))]
    found = [
        Section(text_of(label), [each for each in lines if each.priority == key]) for key, label in order
    ]
    return [each for each in found if each.lines]


def _line(need: Need, answers: Answers) -> Line:
    answer = answers.get(need.key, Answer())
    ways = list(_ways(need))
    return Line(need.key, text_of(need.label), text_of(need.help), ways, answer.priority, answer.remark)


def _ways(need: Need) -> Iterable[Way]:
    yield from (Way(label) for label in serving.labels_of(need))
    if need.pack:
        name = packs.get(need.pack, get_language()).name
        yield Way(_("Pack: %(name)s") % {"name": name}, reverse("configuration_pack", args=[need.pack]))
    for name in need.pages:
        if page := settings_nav.page(name):
            yield Way(text_of(page.label), reverse(name))


def sent(post: QueryDict, held: Answers) -> Mapping[str, Answer]:
    """The answers of the form; Invalid for a priority that there is none of. What was answered once and is
    empty now is emptied."""
    found = {}
    for key in needs():
        priority, remark = post.get(f"need-{key}", ""), post.get(f"remark-{key}", "").strip()
        if priority and priority not in PRIORITIES:
            raise Invalid({"": [_("There is no such priority.")]})
        if priority or remark or key in held:
            found[key] = Answer(priority, remark)
    return found

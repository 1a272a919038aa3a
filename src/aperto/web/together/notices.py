"""A person's notices: the bell's number, its panel, the page, and marking as read."""

from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aperto.kernel.fields.base import text_of
from aperto.kernel.ids import key_of
from aperto.kernel.notices import reading
from aperto.kernel.notices.reading import Told
from aperto.kernel.notices.sorts import SORTS
from aperto.kernel.objects.registry import registry
from aperto.web.door import person_page
from aperto.web.records.nearby import near_moment
from aperto.web.request import Request
from aperto.web.saying import say
from aperto.web.shell import is_partial, render

LENGTH, FEW = 40, 10


@dataclass(frozen=True)
class Line:
    """One notice: `words` is plain text."""

    id: UUID
    icon: str
    words: str
    excerpt: str
    at: str
    url: str
    unread: bool


@dataclass
class Group:
    """What happened to one record, newest first; of no record, a group without a title."""

    title: str = ""
    icon: str = "bell"
    url: str = ""
    record: UUID | None = None
    lines: list[Line] = field(default_factory=list)

    @property
    def unread(self) -> bool:
        return any(line.unread for line in self.lines)


@require_GET
@person_page
def index(request: Request) -> HttpResponse:
    """All of them, page by page; `?unread=1` those that were not read."""
    return _page(request, "together/notices.html", LENGTH, request.GET.get("unread") == "1")


@require_GET
@person_page
def menu(request: Request) -> HttpResponse:
    """The newest, for the panel under the bell."""
    return _page(request, "together/parts/notices_menu.html", FEW, False)


@require_GET
@person_page
def count(request: Request) -> JsonResponse:
    return JsonResponse({"count": reading.unread(request.actor)})


@require_POST
@person_page
def read(request: Request) -> HttpResponse:
    """`all`, those about a `record`, or single ones (`id`); what is not the person's stays as it is."""
    post = request.POST
    everything = post.get("all") == "1"
    record, ids = (
        key_of(post.get("record", "")),
        [key for text in post.getlist("id") if (key := key_of(text))],
    )
    done = 0
    if everything or record or ids:
        done = reading.mark_read(request.actor, ids=ids[:LENGTH], record=record, all=everything)
    if is_partial(request):
        return HttpResponse(status=204, headers={"HX-Trigger": "notices-changed"})
    if done:
        say(request, _("Marked as read."), "")
    return HttpResponseRedirect("/notices")


def _page(request: Request, template: str, length: int, only_unread: bool) -> HttpResponse:
    before = key_of(request.GET.get("before", ""))
    found = reading.page(request.actor, before, length, only_unread=only_unread)
    more = f"/notices?before={found.next}" + ("&unread=1" if only_unread else "") if found.next else ""
    context = {
        "groups": grouped(request, found.told),
        "following": more,
        "only_unread": only_unread,
        "older": bool(before),
    }
    return render(request, template, context, part="list")


def grouped(request: Request, told: list[Told]) -> list[Group]:
    """By record, in the order of the newest of each."""
    groups: dict[UUID | None, Group] = {}
    for each in told:
        key = each.record.id if each.record else None
        group = groups.setdefault(key, _group(each))
        group.lines.append(_line(request, each))
    return list(groups.values())


def _group(told: Told) -> Group:
    if told.record is None:
        return Group(title=_("Aperto"))
    declaration = registry.get(told.record.object)
    title = told.record.title or text_of(declaration.label)
    return Group(title, declaration.icon, f"/{told.record.object}/{told.record.id}", told.record.id)


def _line(request: Request, told: Told) -> Line:
    notice, sort = told.notice, SORTS.get(told.notice.sort)
    return Line(
        notice.pk,
        sort.icon if sort else "bell",
        told.sentence,
        told.excerpt,
        near_moment(notice.at, request.actor.viewer),
        told.url,
        notice.read_at is None,
    )

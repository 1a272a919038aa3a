"""The lines of the table: what is asked for, how often, and what we ask of ourselves."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from urllib.parse import quote, urlencode
from uuid import UUID

import orjson
from django.db import connection

from aperto.kernel import records
from aperto.kernel.access import actors
from aperto.kernel.access.actor import Actor
from aperto.kernel.fields.base import Ref
from aperto.kernel.query import views
from aperto.kernel.query.views import SavedView
from bench.client import Ask
from bench.office import Office
from bench.people import People, contact_form, some

FORM = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
PART = {"HX-Request": "true"}
TYPED = ("verm", "verme", "vermeulen", "jans", "silv", "silva co", "marti", "brig", "fiel", "van d")
PASTED = ("emails", "phones", "birthday", "website", "no_email")
MISTYPED = ("vermeuln", "jansen", "pembrton", "galagher", "fairbnks", "schoten", "hendrix", "wilems")

type Visit = Callable[[], list[Ask]]


@dataclass(frozen=True)
class Line:
    """`visit` gives the requests of one visit, which count together. Targets of 0 are for information only;
    `floor` names the line whose CPU this one is divided by, and `most` how much that may be."""

    group: str
    name: str
    visit: Visit
    target_ms: float = 0
    target_rate: float = 0
    is_api: bool = False
    floor: str = ""
    most: float = 0


FLOOR = "floor: raw rows and orjson"


def lines(office: Office) -> list[Line]:
    actor = actors.of_user(office.user)
    return [*_pages(office, actor), *_search(), *_api(actor)]


def _pages(office: Office, actor: Actor) -> Iterator[Line]:
    contains = urlencode({"q": 'last_name ~ "berg"', "sort": "job_title"}, quote_via=quote)
    contact = _turning(f"/contact/{key}" for key in busy_contacts(actor))
    yield Line("web", "contact list, default sort", _same("/contact"), 15, 150)
    yield Line("web", "  its next 50 rows", _next_rows(actor))
    yield Line("web", "  its count, which follows", _same("/contact/count", **PART))
    yield Line("web", "last name contains, other sort", _same(f"/contact?{contains}"), 20, 100)
    yield Line("web", "contact's page, timeline, related", contact, 15, 120)
    yield Line("web", "pipeline board", _same("/deal/board"), 20, 100)
    yield Line("web", "  its sums, which follow", _same("/deal/board/sums", **PART))
    yield Line("web", "contacts in groups", _same("/contact?group=status"), 300)
    yield Line("web", "contacts in groups by month", _same("/contact?group=created_at:month"), 300)
    yield Line(
        "web", "deals by month, with median", _same("/deal/groups/heads?group=close_date:month", **PART), 300
    )
    yield Line("web", "contacts in groups by week", _same("/contact?group=created_at:week"), 300)
    yield Line("web", "chart of contacts by status", _same("/contact/chart?by=status"), 300)
    yield Line("web", "chart of contacts by week", _same("/contact/chart?by=created_at:week"), 300)
    by_month = "by=created_at:month&split=status"
    yield Line("web", "chart of contacts by month and status", _same(f"/contact/chart?{by_month}"), 300)
    month = "/calendar?mode=month&day=2026-11-15&who=all&show=call,meeting"
    yield Line("web", "calendar, a month of 5,000 entries", _same(month), 200)
    yield Line("web", "calendar, one's own week", _same("/calendar?mode=week&day=2026-11-18&who=me&show="))
    yield Line("web", "home", _same("/"), 20, 150)
    yield Line("web", "create a contact, duplicates looked for", _creating(actor), 15, 150)
    yield Line("web", "paste 1,000 × 10 cells, looked at first", _pasting(actor), 3_000)


def _search() -> Iterator[Line]:
    asks = [f"/palette?q={quote(text)}" for text in TYPED]
    wrong = [f"/palette?q={quote(text)}" for text in MISTYPED]
    yield Line("search", "search as one types", _turning(asks + wrong, PART), 12, 150)
    yield Line("search", "  of it, mistyped names", _turning(wrong, PART))


def _api(actor: Actor) -> Iterator[Line]:
    team = actor.team_id.hex if actor.team_id else ""
    yield Line("api", FLOOR, _same(f"/api/bench/floor?team={team}"), is_api=True)
    yield Line("api", "API list of 50", _same("/api/v1/contact"), 5, 320, True, FLOOR, 2)
    listed = "title,company,job_title,emails,phones,status,owner,last_activity"
    yield Line("api", "  of the columns of the list", _same(f"/api/v1/contact?fields={listed}"), is_api=True)
    yield Line("api", "API create", _api_creating(actor), 8, 200, True)


# -- visits ------------------------------------------------------------------------------------------


def _same(path: str, **headers: str) -> Visit:
    asks = [Ask(path, headers=headers)]
    return lambda: asks


def _turning(paths: Iterator[str] | Sequence[str], headers: dict[str, str] | None = None) -> Visit:
    """One after the other, so that no answer is measured that is still warm from the last time."""
    asks = [[Ask(path, headers=headers or {})] for path in paths]
    place = iter(range(10**9))
    return lambda: asks[next(place) % len(asks)]


def _next_rows(actor: Actor) -> Visit:
    page = records.visible(actor, "contact").page(columns=("title",), limit=50)
    return _same(f"/contact/rows?cursor={quote(page.next or '')}", **PART)


def _creating(actor: Actor) -> Visit:
    """The question for duplicates that the form asks once all is typed, and the form itself."""
    people, companies = People(3), some(actor, "company", ("title",), 50)

    def visit() -> list[Ask]:
        company = Ref("company", people.chance.choice(companies).id)
        values = contact_form(people.next(), company)
        asked = urlencode(values).encode()
        sent = urlencode(values | {"in_dialog": "1"}).encode()
        return [
            Ask("/contact/duplicates", "POST", FORM, asked),
            Ask("/contact/new", "POST", FORM, sent, status=204),
        ]

    return visit


def _pasting(actor: Actor) -> Visit:
    """A block over ten columns: the preview, then the change; each time with other values."""
    columns = ["first_name", "last_name", "job_title", "department", "status"]
    view = views.save_view(actor, SavedView(object="contact", name="Paste", columns=[*columns, *PASTED]))
    rows = records.visible(actor, "contact").page(columns=("title",), limit=500)
    rest = records.visible(actor, "contact").page(columns=("title",), limit=500, after=rows.next)
    ids = ",".join(str(row.id) for row in [*rows.rows, *rest.rows])
    turn = count()

    def visit() -> list[Ask]:
        number = next(turn)
        status, quiet = (("lead", "yes"), ("customer", "no"))[number % 2]
        lines = [
            f"Ada {number}\tBloom {line}\tBuyer {number}\tSales {number}\t{status}"
            f"\tada{line}.{number}@bloom.example\t+3110{5_000_000 + line}\t2001-02-0{number % 8 + 1}\thttps://bloom{number}.example\t{quiet}"
            for line in range(1_000)
        ]
        sent = {"rows": ids, "column": columns[0], "text": "\n".join(lines)}
        address = f"/contact/paste?view={view.pk}"
        return [
            Ask(address, "POST", FORM, urlencode(sent).encode()),
            Ask(address, "POST", FORM, urlencode(sent | {"apply": "1"}).encode(), status=204),
        ]

    return visit


def _api_creating(actor: Actor) -> Visit:
    people, companies = People(5), some(actor, "company", ("title",), 50)

    def visit() -> list[Ask]:
        each = people.next()
        body = {
            "first_name": each["first_name"],
            "last_name": each["last_name"],
            "job_title": each["job_title"],
            "company": str(people.chance.choice(companies).id),
            "emails": [{"address": each["email"], "type": "work"}],
            "phones": [{"number": each["phone"], "type": "mobile"}],
        }
        sent = {"Content-Type": "application/json"}
        return [Ask("/api/v1/contact", "POST", sent, orjson.dumps(body), status=201)]

    return visit


def busy_contacts(actor: Actor) -> list[str]:
    """People with a long past: each page shows a full timeline, and most have deals."""
    condition = "object = 'contact' GROUP BY record HAVING COUNT(*) >= 12 ORDER BY 1 LIMIT 4000"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT record FROM kernel_timeline WHERE {condition}")
        found = [UUID(str(row[0])) for row in cursor.fetchall()]
    mine = records.visible(actor, "contact").only(found).ids(40)
    if not mine:
        raise RuntimeError("no contact of the measured user has a past")
    return [str(key) for key in mine]

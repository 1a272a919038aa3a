"""The board: lanes, cards and their marks, sums, and what each person sees of them."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from aperto.kernel import changes
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.pipelines import stages
from tests.company import Staff
from tests.queries import counted
from tests.web.lists.conftest import HTMX, Browse, deal


def steps() -> list[stages.Step]:
    found = stages.of_object("deal")
    return [step for step in found if step.pipeline == found[0].pipeline]


def page(client: Client, url: str = "/deal/board", status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.content[:400]
    return answer.content.decode()


def lanes(html: str) -> dict[str, list[str]]:
    """Titles of the cards by the name of their lane."""
    sections = re.findall(r'<section class="lane.*?</section>', html, re.DOTALL)
    named = {re.search(r'aria-label="([^"]+)"', one)[1]: one for one in sections}  # type: ignore[index]
    return {unescape(name): re.findall(r"<h3><a [^>]*>([^<]*)</a>", one) for name, one in named.items()}


def age(record: Record, **values: Any) -> None:
    """Puts derived moments where time alone would."""
    registry.get("deal").model.objects.filter(pk=record.pk).update(**values)


def euros(amount: int) -> dict[str, str]:
    return {"amount": str(amount), "currency": "EUR"}


def test_cards_stand_in_the_lane_of_their_stage(staff: Staff, browse: Browse) -> None:
    first, second = steps()[:2]
    deal(staff.owner, "One", stage=first.id)
    deal(staff.owner, "Two", stage=second.id)

    shown = lanes(page(browse("owner")))

    assert list(shown) == [step.name for step in steps()]
    assert (shown[first.name], shown[second.name]) == (["One"], ["Two"])


def test_an_outsider_sees_the_lanes_without_the_cards(staff: Staff, browse: Browse) -> None:
    deal(staff.owner, "Secret", amount=euros(1234))

    html = page(browse("outsider"))

    assert "Secret" not in html
    assert "1.234" not in page(browse("outsider"), "/deal/board/sums")
    assert "1.234" in page(browse("owner"), "/deal/board/sums")


def test_a_reader_cannot_drag(staff: Staff, browse: Browse) -> None:
    deal(staff.owner)

    assert "data-move-url" not in page(browse("reader"))
    assert "/deal/new" not in page(browse("reader"))
    assert "data-move-url" in page(browse("owner"))


def test_naughty_names_are_escaped(staff: Staff, browse: Browse) -> None:
    deal(staff.owner, '<img src=x onerror=alert(1)>"')

    assert "<img src=x" not in page(browse("owner"))


def test_cards_come_in_portions(staff: Staff, browse: Browse) -> None:
    expected = {deal(staff.owner, f"Deal {n:02}").title for n in range(45)}
    client = browse("owner")

    html = page(client)
    seen = lanes(html)[steps()[0].name]
    assert len(seen) == 20
    while found := re.search(r'data-next="([^"]+)"', html):
        html = page(client, unescape(found[1]))
        seen += re.findall(r"<h3><a [^>]*>([^<]*)</a>", html)

    assert len(seen) == 45 and set(seen) == expected


def test_sums_and_worth(staff: Staff, browse: Browse) -> None:
    first, second = steps()[:2]
    deal(staff.owner, stage=first.id, amount=euros(1000))
    deal(staff.owner, stage=first.id, amount=euros(500))
    deal(staff.owner, stage=second.id, amount=euros(2000))
    weighted = (1500 * first.probability + 2000 * second.probability) / 100

    html = page(browse("owner"), "/deal/board/sums")

    head = html.partition(f'id="lane-{first.id}"')[2].partition("</header>")[0]
    assert '<span class="count">2</span>' in head and "1.500,00" in head
    written = f"{weighted:,.2f}".translate(str.maketrans(",.", ".,"))
    assert written in html and "3.500,00" in html


@pytest.mark.parametrize(
    ("planned", "words"),
    [
        (None, "No next step"),
        (timedelta(days=-2), "2 days late"),
        (timedelta(days=400), "due"),
    ],
)
def test_marks_of_the_next_step(staff: Staff, browse: Browse, planned: timedelta | None, words: str) -> None:
    record = deal(staff.owner)
    age(record, next_activity=planned and datetime.now(UTC) + planned)

    assert words in page(browse("owner")).partition("</article>")[0]


def test_a_card_that_stands_too_long_is_marked(staff: Staff, browse: Browse) -> None:
    step = next(step for step in steps() if step.ageing_days)
    assert step.ageing_days
    record = deal(staff.owner, stage=step.id)
    client = browse("owner")
    assert "days here" not in page(client)

    age(record, stage_since=datetime.now(UTC) - timedelta(days=step.ageing_days + 1))
    assert 'class="card aging"' in page(client)

    age(record, stage_since=datetime.now(UTC) - timedelta(days=3 * step.ageing_days))
    assert 'class="card rotten"' in page(client)


def test_closed_lanes_have_no_next_step(staff: Staff, browse: Browse) -> None:
    won = next(step for step in steps() if step.kind == "won")
    deal(staff.owner, stage=won.id, amount=euros(1), close_date="2026-01-01")

    assert "No next step" not in page(browse("owner"))


def test_filters_and_views_hold_on_the_board(staff: Staff, browse: Browse) -> None:
    deal(staff.owner, "Small", amount=euros(10))
    deal(staff.owner, "Big", amount=euros(10_000))
    client = browse("owner")

    assert "Small" not in page(client, "/deal/board?q=amount > 1000")
    answer = client.get("/deal/board?add=amount > 1000")
    assert answer.headers["Location"].startswith("/deal/board?q=amount")
    assert "Small" in page(client, "/deal/board?q=amount >", 422) or "cannot be used" in page(
        client, "/deal/board?q=amount >", 422
    )
    saved = client.post("/deal/views/new?q=amount > 1000&layout=board", {"name": "Big"}, headers=HTMX)
    assert saved.headers["HX-Redirect"].startswith("/deal/board?view=")
    assert "Small" not in page(client, saved.headers["HX-Redirect"])


def test_another_pipeline_can_be_chosen(staff: Staff, browse: Browse) -> None:
    pipeline = changes.create(
        staff.admin, "pipeline", {"name": "Renewals", "of_object": "deal", "position": 9}, via="test"
    )
    changes.create(
        staff.admin,
        "stage",
        {"name": "Ask", "pipeline": pipeline.pk, "kind": "open", "position": 0},
        via="test",
    )
    stages.forget()
    client = browse("owner")

    assert "Renewals" in page(client)
    assert list(lanes(page(client, f"/deal/board?pipeline={pipeline.pk}"))) == ["Ask"]
    assert list(lanes(page(client, "/deal/board?pipeline=nonsense"))) == [step.name for step in steps()]


@pytest.mark.parametrize(
    "url", ["/company/board", "/company/board/sums", "/unicorn/board", "/deal/board/lane?lane=x"]
)
def test_what_has_no_board_is_not_there(browse: Browse, url: str) -> None:
    assert browse("owner").get(url).status_code == 404


def test_the_layout_of_the_address_leads_to_the_board(browse: Browse) -> None:
    answer = browse("owner").get("/deal?layout=board&q=amount > 1")

    assert unquote(answer.headers["Location"]) == "/deal/board?q=amount > 1"


@pytest.mark.usefixtures("steady")
@pytest.mark.parametrize("cards", [1, 3, 30])
def test_the_number_of_queries_does_not_depend_on_cards_or_lanes(
    staff: Staff, browse: Browse, cards: int
) -> None:
    client, every = browse("owner"), steps()
    for n in range(cards):
        deal(staff.owner, f"Deal {n}", stage=every[n % 3].id, amount=euros(n))
    page(client)

    with counted("web board deal without companies"):
        page(client)
    with counted("web board sums"):
        page(client, "/deal/board/sums")


def test_words_of_a_card_stand_above_its_title(staff: Staff, browse: Browse) -> None:
    changes.create(staff.owner, "lead", {"last_name": "Post", "company_name": "Post en Zonen"}, via="test")

    html = browse("owner").get("/lead/board").content.decode()

    assert html.index('<span class="clip">Post en Zonen</span>') < html.index(">Post</a></h3>")

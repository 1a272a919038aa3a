"""Set-up by needs: what follows is shown, applied as one, undone as one, and printed."""

import re
from typing import Any

import pytest

from aperto.kernel import records
from aperto.kernel.configuration.export import as_yaml
from aperto.kernel.layouts.modules import modules
from aperto.kernel.needs.catalogue import needs
from aperto.kernel.objects.registry import registry
from aperto.kernel.shape.build import may_hide
from aperto.packs import packs
from aperto.web.people import settings_nav
from tests.snapshot import digests
from tests.web.office import Office

NEEDS = "/settings/needs"
FEW = {"need-leads": "not", "need-files": "not", "need-products": "not", "need-birthdays": "not",
       "need-companies": "must", "remark-companies": "Some 40 of them", "need-wholesale": "nice"}  # fmt: skip


def post(office: Office, path: str, told: dict[str, str], who: str = "admin") -> Any:
    return office.client(getattr(office, who)).post(f"{NEEDS}/{path}", told)


def rail(office: Office) -> str:
    page: str = office.client().get("/").content.decode()
    return page[page.index('<nav class="rail"') :].partition("</nav>")[0]


def test_table_names_what_there_is() -> None:
    """Each line's modules, objects, fields, packs and pages exist, and each field can be hidden."""
    for need in needs().values():
        assert set(need.modules) <= set(modules()), need.key
        assert set(need.objects) <= set(registry.declared), need.key
        assert all(settings_nav.page(name) for name in need.pages), need.key
        assert not need.pack or packs.known(need.pack)
        for object_key, _dot, key in (each.partition(".") for each in need.fields):
            declaration = registry.declared[object_key]
            assert key in declaration.fields and may_hide(declaration, key), f"{need.key}: {object_key}.{key}"


def test_review_tells_what_follows_and_changes_nothing(office: Office) -> None:
    before = digests()

    page = post(office, "review", FEW).content.decode()

    for part in ("Gets out of sight", "Leads", "Contacts: Birthday", "Contacts: Files", "Sales", "Wholesale"):
        assert part in page, part
    assert "Some 40 of them" in page
    assert digests() == before


def test_what_is_applied_is_one_change_with_one_way_back(office: Office) -> None:
    company, admin = office.make("company", name="Veldkamp"), office.actor(office.admin)
    client, before = office.client(office.admin), as_yaml(admin)

    answer = client.post(f"{NEEDS}/apply", FEW)
    shown, page = rail(office), office.client().get(f"/company/{company.pk}").content.decode()
    written = as_yaml(admin)

    assert answer["Location"] == NEEDS
    assert not re.search(r">(Leads|Files|Products)<", shown) and ">Deliveries<" in shown
    assert "birthday" not in registry.get("contact").fields and "product" not in registry
    assert ">Files<" not in page
    assert "Some 40 of them" in written and "priority: must" in written
    batch = re.search(r"/undo/batch/([\w-]+)", client.get(NEEDS).content.decode())
    assert batch is not None
    client.post(batch[0])
    assert as_yaml(admin) == before and ">Leads<" in rail(office)


def test_need_that_returns_shows_its_parts_again(office: Office) -> None:
    post(office, "apply", FEW)

    page = post(office, "review", {**FEW, "need-leads": "nice", "need-files": "must"}).content.decode()
    post(office, "apply", {**FEW, "need-leads": "nice", "need-files": "must"})

    assert "Comes back" in page and "Gets out of sight" not in page
    assert re.search(r">Leads<.*>Files<", rail(office), re.S)
    company = office.make("company", name="Veldkamp")
    assert ">Files<" in office.client().get(f"/company/{company.pk}").content.decode()


def test_what_two_needs_name_stays_while_one_is_open(office: Office) -> None:
    from aperto.packs import serving

    hidden = serving.effects(office.actor(office.admin), {"appointments": "not"})
    assert {each.key for each in hidden} == {"meeting", "call"}
    assert serving._wanted(["not", None]) is None
    assert serving._wanted(["not", "nice"]) is True


def test_hidden_activity_is_not_offered_in_the_composer(office: Office) -> None:
    company = office.make("company", name="Veldkamp")

    post(office, "apply", {"need-appointments": "not"})

    page = office.client().get(f"/company/{company.pk}").content.decode()
    assert "/compose/note" in page and "/compose/call" not in page and "/compose/meeting" not in page


def test_answers_are_kept_with_history_and_emptied_again(office: Office) -> None:
    admin = office.actor(office.admin)
    post(office, "apply", {"remark-other": "A cash register"})
    [row] = records.visible(admin, "need").page(columns=["need", "remark"]).rows

    page = office.client(office.admin).get(NEEDS).content.decode()
    post(office, "apply", {})

    assert (row.values["need"], row.values["remark"]) == ("other", "A cash register")
    assert 'value="A cash register"' in page
    assert "A cash register" not in office.client(office.admin).get(NEEDS).content.decode()
    assert "A cash register" in office.client(office.admin).get(f"/need/{row.id}/history").content.decode()


def test_list_prints_as_requirements_in_the_readers_language(office: Office) -> None:
    post(office, "apply", FEW)

    paper = office.client(office.admin).get(f"{NEEDS}/document").content.decode()

    order = [
        paper.index(f"<h2>{each}") for each in ("Must-have", "Nice-to-have", "Not needed", "Not answered")
    ]
    assert order == sorted(order)
    assert "Some 40 of them" in paper and "Pack: Wholesale" in paper and "To be judged" in paper


@pytest.mark.parametrize(
    "told", [{"need-leads": "perhaps"}, {"need-leads": "not", "remark-leads": "x" * 200_000}]
)
def test_refused_answers_change_nothing(office: Office, told: dict[str, str]) -> None:
    before = digests()

    answers = [post(office, path, told) for path in ("review", "apply")]

    assert answers[1].status_code == 422
    assert digests() == before


@pytest.mark.parametrize("path", ["", "/document", "/review", "/apply"])
def test_needs_are_the_administrators(office: Office, path: str) -> None:
    client, before = office.client(), digests()

    answers = [client.get(f"{NEEDS}{path}"), client.post(f"{NEEDS}{path}", FEW)]

    assert {each.status_code for each in answers} <= {404, 405}
    assert {name for name, held in digests().items() if held != before[name]} == set()

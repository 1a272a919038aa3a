"""The menu editor and the switches of modules."""

import json
import re
from typing import Any

from aperto.kernel import changes, records
from aperto.kernel.access import tokens
from aperto.kernel.access.models import Role
from tests.snapshot import unchanged
from tests.web.office import Office

MENU = "/settings/menu"
SALES = {"title": "Sales", "titles": {"nl": "Verkoop"}, "fields": ["deal", "lead"], "columns": 0}
PLANS = {"title": "", "titles": {}, "fields": ["task"], "columns": 0}
PEOPLE = {"title": "Records", "titles": {}, "fields": ["contact", "company"], "columns": 0}


def save(office: Office, panels: Any, path: str = MENU) -> Any:
    return office.client(office.admin).post(path, {"arrangement": json.dumps({"panels": panels})})


def rail(office: Office, who: str = "owner") -> list[str]:
    """What the navigation says, from top to bottom."""
    page = office.client(getattr(office, who)).get("/").content.decode()
    nav = page[page.index('<nav class="rail"') : page.index('class="spacer"')]
    return re.findall(r'(?:class="nav-title"[^>]*>|<span>)([^<]+)<', nav)[1:]


def test_menu_is_as_usual_without_one(office: Office) -> None:
    planned = ["Home", "To do", "Calendar", "Tasks", "Calls", "Meetings"]

    usual = [*planned, "Records", "Contacts", "Companies", "Leads", "Deals"]
    assert rail(office)[: len(usual)] == usual


def test_saved_menu_is_that_of_everybody_until_it_is_reset(office: Office) -> None:
    usual = rail(office)

    save(office, [PLANS, SALES, PEOPLE])
    planned = ["Home", "To do", "Calendar", "Tasks"]
    assert rail(office) == [*planned, "Sales", "Deals", "Leads", "Records", "Contacts", "Companies"]

    save(office, [SALES, PLANS])
    assert rail(office) == ["Home", "To do", "Calendar", "Sales", "Deals", "Leads", "Tasks"]
    office.client(office.admin).post(f"{MENU}/reset")
    assert rail(office) == usual


def test_menu_of_a_role_and_new_objects(office: Office) -> None:
    role = Role.objects.get(key="read_only").pk
    save(office, [PLANS, SALES], f"{MENU}?role={role}")
    boat = {"name": "Boat", "plural": "Boats"}
    changes.create(office.actor(office.admin), "custom_object", boat, via="test")

    assert rail(office, "reader") == [
        "Home",
        "To do",
        "Calendar",
        "Tasks",
        "Sales",
        "Deals",
        "Leads",
        "Boats",
    ]
    assert "Sales" not in rail(office)


def test_editor_shows_what_is_hidden_and_draws_a_preview(office: Office) -> None:
    save(office, [PLANS, SALES])

    page = office.client(office.admin).get(MENU).content.decode()
    shelf = page[page.index("data-shelf") :]
    drawn = save(office, [SALES], f"{MENU}/preview").content.decode()

    assert ('data-key="contact"' in shelf, 'data-key="deal"' in shelf) == (True, False)
    assert drawn.index("Sales") < drawn.index("Deals") < drawn.index("Leads")


def test_refused_menu_says_why(office: Office) -> None:
    with unchanged():
        answers = [save(office, panels) for panels in ([], [SALES, SALES], [{"title": "A"}])]
        empty = office.client(office.admin).post(f"{MENU}/preview")

    assert {answer.status_code for answer in (*answers, empty)} == {422}
    assert "A menu has from 1 to 30 groups." in answers[0].content.decode()


def test_module_is_off_everywhere_and_comes_back(office: Office) -> None:
    crane = office.make("product", name="Crane")
    client, admin = office.client(), office.client(office.admin)
    _token, secret = tokens.create(office.actor(), name="Tool", scopes=["*:read"], expires_at=None)
    key = {"Authorization": f"Bearer {secret}"}
    addresses = ("/product", f"/product/{crane.pk}", "/product/new", "/api/v1/product")
    before = [client.get(address, headers=key).status_code for address in addresses]

    admin.post("/settings/modules/sales")
    after = [client.get(address, headers=key).status_code for address in addresses]
    assert (before, after) == ([200] * 4, [404] * 4)
    assert "Products" not in rail(office)
    assert "/product/new" not in client.get("/deal").content.decode()

    admin.post("/settings/modules/sales")
    assert client.get(f"/product/{crane.pk}").status_code == 200
    assert records.visible(office.actor(office.admin), "module_switch").count().number == 1


def test_unknown_module_is_not_there(office: Office) -> None:
    assert office.client(office.admin).post("/settings/modules/kernel").status_code == 404

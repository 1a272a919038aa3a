"""Saved views and columns: what they keep, whom they are shown to, and who may change them."""

import re

import pytest
from django.test import Client

from aperto.kernel.access import roles
from aperto.kernel.query import views
from aperto.kernel.query.views import SavedView
from tests.company import Staff
from tests.web.lists.conftest import HTMX, Browse, contact


def save(client: Client, query: str = "q=status=lead", **sent: str) -> str:
    answer = client.post(f"/contact/views/new?{query}", {"name": "Leads", **sent}, headers=HTMX)
    assert answer.status_code == 204, answer.content.decode()
    return answer.headers["HX-Redirect"]


def menu(client: Client, url: str = "/contact") -> str:
    return client.get(url).content.decode().partition('id="views-menu"')[2].partition("</div>\n")[0]


def test_a_saved_view_keeps_filter_sort_and_columns(staff: Staff, browse: Browse) -> None:
    contact(staff.owner, "Lead", status="lead")
    contact(staff.owner, "Customer", status="customer")
    client = browse("owner")
    client.post("/contact/columns", {"columns": ["title", "status"], "pinned": "1"}, headers=HTMX)

    url = save(client, "q=status=lead&sort=-title")
    html = client.get(url).content.decode()

    assert "Leads" in html and ">Lead<" in html and "Customer</a>" not in html
    assert re.findall(r'data-field="(\w+)"', html) == ["title", "status"]
    assert 'data-field="title" class="pin" aria-sort="descending"' in html


@pytest.mark.parametrize(
    ("share", "saver", "seen_by"),
    [
        ("mine", "owner", {"owner"}),
        ("team", "owner", {"owner", "colleague", "admin"}),
        ("role", "admin", {"admin", "manager"}),
        ("everyone", "admin", {"owner", "colleague", "outsider", "admin", "manager", "reader"}),
    ],
)
def test_a_view_is_shown_to_whom_it_is_shared_with(
    staff: Staff, browse: Browse, share: str, saver: str, seen_by: set[str]
) -> None:
    manager = roles.ensure_ready_roles()["manager"]
    chosen = {"team": str(staff.teams[0]), "role": f"role:{manager.pk}"}.get(share, share)
    url = save(browse(saver), share=chosen)

    for name in staff.users:
        assert ("Leads" in menu(browse(name))) == (name in seen_by), name
        assert browse(name).get(url).status_code == (200 if name in seen_by else 404), name


@pytest.mark.parametrize("share", ["everyone", "foreign team", "role"])
def test_sharing_more_widely_than_one_may_is_refused(staff: Staff, browse: Browse, share: str) -> None:
    held = f"role:{roles.ensure_ready_roles()['user'].pk}"
    chosen = {"foreign team": str(staff.teams[1]), "role": held}.get(share, share)
    sent = {"name": "Leads", "share": chosen}

    answer = browse("owner").post("/contact/views/new", sent, headers=HTMX)

    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("colleague", 422), ("outsider", 404), ("admin", 422)])
def test_others_may_not_change_or_delete_a_view(staff: Staff, browse: Browse, who: str, status: int) -> None:
    save(browse("owner"), share=str(staff.teams[0]))
    [view] = views.visible_views(staff.owner, "contact")
    client = browse(who)

    changed = client.post(f"/contact/views/{view.pk}", {"name": "Stolen", "share": "mine"}, headers=HTMX)
    removed = client.post(f"/contact/views/{view.pk}/delete", headers=HTMX)

    assert changed.status_code == status
    assert removed.status_code == (403 if status == 422 else 404)
    assert [each.name for each in views.visible_views(staff.owner, "contact")] == ["Leads"]


def test_a_view_is_renamed_and_opens_first(browse: Browse, staff: Staff) -> None:
    client = browse("owner")
    save(client)
    [view] = views.visible_views(staff.owner, "contact")

    client.post(
        f"/contact/views/{view.pk}", {"name": "Warm", "share": "mine", "is_default": "on"}, headers=HTMX
    )

    html = client.get("/contact").content.decode()
    assert "<title>Warm" in html
    assert "Remove the filter Status" in html
    assert "Remove the filter" not in client.get("/contact?view=all").content.decode()


def test_a_deleted_view_comes_back(staff: Staff, browse: Browse) -> None:
    client = browse("owner")
    url = save(client)
    [view] = views.visible_views(staff.owner, "contact")

    client.post(f"/contact/views/{view.pk}/delete", headers=HTMX)
    html = client.get("/contact?view=all").content.decode()
    undo = re.search(r'data-undo="([^"]+)"', html)
    assert undo and not views.visible_views(staff.owner, "contact")
    assert browse("owner").post("/contact/views/restore/forged").status_code == 404
    client.post(undo[1], headers=HTMX)

    assert client.get(url).status_code == 200
    assert views.visible_views(staff.owner, "contact")[0].filter == view.filter


def test_the_present_list_goes_into_its_view(staff: Staff, browse: Browse) -> None:
    client = browse("owner")
    key = save(client).partition("view=")[2]

    client.post(f"/contact/views/new?view={key}&q=status=customer", {"how": "change"}, headers=HTMX)

    [view] = views.visible_views(staff.owner, "contact")
    assert view.filter["values"] == ["customer"]
    assert view.name == "Leads"


@pytest.mark.parametrize("view", ["nonsense", "0190a1b2-0000-7000-8000-000000000000"])
def test_an_unknown_view_is_not_there(browse: Browse, view: str) -> None:
    assert browse("owner").get(f"/contact?view={view}").status_code == 404


# -- columns -----------------------------------------------------------------------------------------


def heads(client: Client, url: str = "/contact") -> list[tuple[str, str]]:
    html = client.get(url).content.decode()
    widths = re.findall(r'<col width="(\d+)">', html)[1:]
    return list(zip(re.findall(r'<th [^>]*data-field="(\w+)"', html), widths, strict=True))


def test_dragged_columns_are_kept_for_oneself(staff: Staff, browse: Browse) -> None:
    contact(staff.owner)
    client, before = browse("owner"), heads(browse("colleague"))

    assert client.post("/contact/columns", {"widths": "title:300"}, headers=HTMX).status_code == 204
    assert client.post("/contact/columns", {"order": "title,status,company"}, headers=HTMX).status_code == 204

    assert heads(client)[:3] == [("title", "300"), ("status", "140"), ("company", "200")]
    assert len(heads(client)) == len(before)
    assert heads(browse("colleague")) == before
    assert "contact</" not in menu(client)


def test_columns_of_a_view_that_is_not_ones_own_are_kept_too(staff: Staff, browse: Browse) -> None:
    contact(staff.owner, status="lead")
    url = save(browse("admin"), share="everyone")
    client = browse("owner")

    client.post(url.replace("/contact?", "/contact/columns?"), {"widths": "title:300"}, headers=HTMX)

    assert heads(client, url)[0] == ("title", "300")
    assert heads(browse("admin"), url)[0] == ("title", "240")


def test_the_choice_of_fields(staff: Staff, browse: Browse) -> None:
    contact(staff.owner)
    client = browse("owner")

    html = client.get("/contact/columns").content.decode()
    assert 'value="company" checked' in html and 'value="birthday">' in html

    sent = {"columns": ["birthday", "title", "nosuch", "birthday"], "pinned": "2"}
    client.post("/contact/columns", sent, headers=HTMX)
    assert [key for key, _width in heads(client)] == ["birthday", "title"]

    answer = client.post("/contact/columns", {"columns": ["nosuch"]}, headers=HTMX)
    assert answer.status_code == 422
    assert "at least one field" in answer.content.decode()

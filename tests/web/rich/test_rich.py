"""Formatted text: nothing of it runs, its links ask for rights, and plain text stays what it was."""

from html.parser import HTMLParser
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from aperto.kernel.access import people, roles
from aperto.kernel.fields import RichText
from aperto.kernel.fields.base import Ref
from tests.queries import counted
from tests.web.office import Office

CORPUS = (
    "<script>alert(1)</script>",
    "<p>a<img src=x onerror=alert(1)></p>",
    "<svg/onload=alert(1)>b",
    "<a href='javascript:alert(1)'>c</a>",
    "<a href='JaVa\tScRiPt:alert(1)'>c</a>",
    "<a href='&#106;avascript:alert(1)'>c</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>c</a>",
    "<a href='vbscript:x'>c</a>",
    "<p style='background:url(//x)'>d</p>",
    "<style>*{display:none}</style>d",
    "<iframe src='//evil.example'></iframe>e",
    "<object data=x></object>f",
    "<embed src=x>g",
    "<form action=//evil.example><input name=q><button>h</button></form>",
    "<p onclick=alert(1) onmouseover=alert(1)>i</p>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>j",
    "<svg><style><img/src=x onerror=alert(1)></style>k",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>l",
    "<template><script>alert(1)</script></template>m",
    "<a id=x name=y class=btn href='//evil.example' target=_top>n</a>",
    "<base href='//evil.example'>o",
    "<meta http-equiv=refresh content=0>p",
    "<link rel=stylesheet href=//evil.example>q",
    "<p hx-get='/bin' hx-trigger=load data-dialog>r</p>",
    "<a href='/x' hx-post='/x' data-post>s</a>",
    "<details open ontoggle=alert(1)>t",
    "<video><source onerror=alert(1)>u",
    "<b><a href='java&#x0A;script:alert(1)'>v</a></b>",
    '<div data-trix-attachment=\'{"content":"<img src=x onerror=alert(1)>"}\'>w</div>',
    "<!--><img src=x onerror=alert(1)>-->x",
)
ACTIVE = {"script", "style", "iframe", "img", "svg", "object", "embed", "form", "input", "video"}
ACTIVE |= {"math", "base", "meta", "link", "template", "button"}
HARMLESS = {"href", "rel", "class", "colspan", "rowspan"}
SCHEMES = ("http:", "https:", "mailto:", "tel:", "/")


class Reader(HTMLParser):
    """Collects what a browser could act on."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        active = {
            "script",
            "style",
            "iframe",
            "img",
            "svg",
            "object",
            "embed",
            "form",
            "input",
            "video",
            "math",
        }
        self.bad += [tag] if tag in active | {"base", "meta", "link", "template", "button"} else []
        self.bad += [name for name, _value in attrs if name not in HARMLESS]
        self.bad += [v or "" for name, v in attrs if name == "href" and not (v or "").startswith(SCHEMES)]


@pytest.mark.parametrize("markup", CORPUS)
def test_nothing_of_formatted_text_runs(office: Office, markup: str) -> None:
    note = office.make("note", body=f"<p>words</p>{markup}")
    viewer = office.actor().viewer

    page = office.client().get(f"/note/{note.pk}").content.decode()
    inside = page.partition('<div class="rich">')[2].partition("</dd>")[0]

    for html in (inside, RichText("x").display(f"<p>words</p>{markup}", viewer)):
        reader = Reader()
        reader.feed(html)
        assert "words" in html and reader.bad == []


def test_a_link_is_one_for_those_who_see_its_record(office: Office) -> None:
    lead = office.make("lead", last_name="Secret")
    company = office.make("company", name="Acme")
    person = office.owner
    body = f'See <a href="/lead/{lead.pk}">the lead</a>, <a href="/user/{person.pk}">@Olga</a>'
    note = office.make("note", body=body, about=[Ref("company", company.pk)])
    grants = {"company": {"read": "all"}, "note": {"read": "all"}}
    role = roles.create(office.actor(office.admin), "No leads", grants)
    people.set_roles(office.actor(office.admin), office.outsider, [role.pk])

    for path in (f"/company/{company.pk}", f"/note/{note.pk}"):
        own = office.client().get(path).content.decode()
        foreign = office.client(office.outsider).get(path).content.decode()
        assert f'<a class="chip" href="/lead/{lead.pk}">the lead</a>' in own
        assert '<span class="mention">@Olga</span>' in own
        assert "the lead" in foreign and "<span" in foreign and f"/lead/{lead.pk}" not in foreign


def test_links_are_offered_for_what_one_sees(office: Office) -> None:
    company = office.make("company", name="Zeppelin")

    offered = office.client().get("/rich/links?sign=%23&q=zepp").content.decode()

    assert f'data-href="/company/{company.pk}" data-label="Zeppelin"' in offered
    people_ = office.client().get("/rich/links?sign=@&q=ada").content.decode()
    assert f'data-href="/user/{office.admin.pk}"' in people_
    for asked in ("", "sign=%23&q=", "sign=%23&q=%00", "sign=x&q=zzzzzz", "sign=@&q=%3Cscript%3E"):
        assert office.client().get(f"/rich/links?{asked}").content == b"", asked


def test_a_timeline_with_links_costs_no_statement_per_note(office: Office) -> None:
    company = office.make("company", name="Acme")
    client, about = office.client(), [Ref("company", company.pk)]
    body = f'<p>See <a href="/company/{company.pk}">Acme</a></p>'
    office.make("note", body=body, about=about)
    client.get(f"/company/{company.pk}/timeline")

    with counted("web timeline with links"):
        client.get(f"/company/{company.pk}/timeline")
    for _n in range(3):
        office.make("note", body=body, about=about)
    with counted("web timeline with links"):
        client.get(f"/company/{company.pk}/timeline")


def test_plain_text_keeps_its_lines_and_signs(office: Office) -> None:
    note = office.make("note", body="a < b & c\nTom\u00a0& <x")

    page = office.client().get(f"/note/{note.pk}/edit").content.decode()

    assert "a &amp;lt; b &amp;amp; c&lt;br&gt;Tom" in page and "data-rich" in page
    assert 'id="rich-toolbar"' in page and "<trix-editor" not in page


def test_notes_of_before_become_markup(office: Office) -> None:
    note = office.make("note", body="x")
    stored = apps.get_model("crm", "Note")._default_manager.filter(pk=note.pk)
    stored.update(body="1 < 2\n<b>not bold</b>")

    migration = import_module("aperto.crm.migrations.0008_formatted_notes")
    migration.to_markup(apps, SimpleNamespace(connection=connection))

    assert stored.get().body == "1 &lt; 2<br>&lt;b&gt;not bold&lt;/b&gt;"
    assert ">1 &lt; 2<br>&lt;b&gt;not bold" in office.client().get(f"/note/{note.pk}").content.decode()

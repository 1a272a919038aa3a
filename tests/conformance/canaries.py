"""A world with words that some people may never see: in records of others, and in fields that roles hide.

It holds an object and fields that were made in the browser beside the declared ones.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from aperto.kernel import changes
from aperto.kernel.access import people, roles, tokens
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import search
from tests import firm
from tests.conformance.world import CANARY, World, made

HIDDEN = "Qwxhiddenword"  # in fields that the restricted role hides, of records that it sees
OTHER = "Aaahiddenword"  # what stands there the second time: another order, another count
VERBS = ("read", "create", "edit", "delete", "assign", "export", "import", "bulk", "share")
FIELDS = {"contact": ("job_title", "own_word"), "boat": ("own_word",)}
ROLES = ("anonymous", "own", "member", "manager", "administrator", "restricted", "narrow")
UNSEEN = {"anonymous": (CANARY, HIDDEN), "own": (CANARY, HIDDEN), "member": (CANARY, HIDDEN),
          "narrow": (CANARY, HIDDEN), "restricted": (HIDDEN,)}  # fmt: skip


@dataclass
class Matrix:
    world: World
    shown: dict[str, list[Record]]  # records that hold the hidden word, by object
    addresses: list[str]

    def user(self, role: str) -> Any:
        name = {"member": "outsider", "administrator": "admin", "narrow": "owner"}.get(role, role)
        return self.world.staff.users[name]

    def token(self, role: str) -> dict[str, str]:
        """The headers of a call by this role; the narrow token opens another object alone."""
        if role == "anonymous":
            return {}
        scopes = ["product:read"] if role == "narrow" else ["*:*"]
        actor = firm.actor(self.user(role))
        return {
            "Authorization": f"Bearer {tokens.create(actor, name=role, scopes=scopes, expires_at=None)[1]}"
        }

    def alter(self, role: str) -> None:
        """Changes what the role may not see: hidden values, past history, and records of others, which are
        more the second time."""
        for object_key, kept in self.shown.items():
            declaration = registry.get(object_key)
            for place, record in enumerate(kept):
                row: Any = declaration.model.objects.get(pk=record.pk)
                for key in FIELDS[object_key]:
                    declaration.fields[key].set(row, OTHER if place else None)
                row.save()
                search.index(declaration, [row])
        foreign = self.world.staff.owner
        if role == "restricted":  # sees the records of all
            return
        for object_key, values in (("contact", {"last_name": CANARY}), ("boat", {"name": CANARY})):
            changes.create(foreign, object_key, values | {"own_word": CANARY}, via="test")


def matrix(addresses: Callable[[World], list[str]]) -> Matrix:
    world = made()
    staff = world.staff
    _shape(staff.admin)
    shown = {
        "contact": [_contact(staff.owner, name, word) for name, word in (("Abel", HIDDEN), ("Zola", "Mmm"))],
        "boat": [_boat(staff.owner, name, word) for name, word in (("Alk", HIDDEN), ("Zeehond", "Mmm"))],
    }
    boat = changes.create(staff.owner, "boat", {"name": CANARY, "own_word": CANARY}, via="test")
    world.records["boat"] = boat
    note = {"body": CANARY, "about": [Ref("contact", world.records["contact"].pk)]}
    changes.create(staff.owner, "note", note, via="test")
    _people(world)
    return Matrix(world, shown, [*addresses(world), *_questions(shown)])


def _shape(admin: Any) -> None:
    changes.create(admin, "custom_object", {"name": "Boat", "plural": "Boats"}, via="test")
    for object_key in FIELDS:
        given = {"name": "Own word", "key": "own_word", "kind": "text", "of_object": object_key}
        changes.create(admin, "custom_field", given | {"searchable": True}, via="test")


def _contact(owner: Any, name: str, word: str) -> Record:
    record = changes.create(owner, "contact", {"last_name": name, "job_title": word}, via="test")
    changes.save(owner, record, {"own_word": word, "job_title": f"{word} chief"}, via="test")
    return record


def _boat(owner: Any, name: str, word: str) -> Record:
    return changes.create(owner, "boat", {"name": name, "own_word": word}, via="test")


def _people(world: World) -> None:
    staff = world.staff
    north = staff.teams[0]
    hidden = {object_key: dict.fromkeys(keys, "hidden") for object_key, keys in FIELDS.items()}
    for name, scope, fields in (("own", "own", {}), ("restricted", "all", hidden)):
        user = staff.users[name] = firm.user(f"{name}@nordwijk.example", password=None)
        people.set_teams(firm.SYSTEM, user, [north], north, via="test")
        role = roles.create(staff.admin, name, {"*": dict.fromkeys(VERBS, scope)}, field_rights=fields)
        people.set_roles(staff.admin, user, [role.pk])
        user.refresh_from_db()


PAGES = (
    "/{o}?q={h}~{w}", "/{o}?q={h}!~{w}", "/{o}?sort={h}", "/{o}?sort=-{h}", "/{o}?q={w}",
    "/{o}/rows?sort={h}", "/{o}/calendar?q={h}~{w}&placed=created_at", "/{o}/calendar?placed={h}",
    "/{o}/count?q={h}~{w}", "/{o}/footer?q={h}~{w}", "/{o}/export?columns=all", "/{o}/export?q={h}~{w}",
    "/{o}/complete?q={h}~&at=9", "/{o}/complete?q=own&at=3", "/{o}/filter?q={h}~{w}", "/{o}/pick?q={w}",
    "/{o}/board?q={h}~{w}", "/{o}/board/sums?q={h}~{w}", "/{o}/bulk/editor?field={h}", "/{o}/columns",
    "/{o}/filter/values/{o}?q={w}", "/pick/{o}?q={w}", "/palette?q={w}", "/{o}/{r}", "/{o}/{r}/history",
    "/{o}/{r}/timeline", "/{o}/{r}/edit", "/{o}/{r}/field/{h}", "/{o}/cell/{r}/{h}", "/{o}/new?{h}={w}",
    "/bin?object={o}",
)  # fmt: skip
CALLS = (
    "/{o}", "/{o}?filter={h}~{w}", "/{o}?filter={h} is empty", "/{o}?sort={h}", "/{o}?sort=-{h}",
    "/{o}?fields=id,{h}", "/{o}?include={h}", "/{o}?count=exact&filter={h}~{w}", "/{o}?count=exact",
    "/{o}/{r}", "/{o}/{r}/history", "/objects", "/objects/{o}", "/search?q={w}", "/changes?since=0",
)  # fmt: skip


def _questions(shown: dict[str, list[Record]]) -> Iterator[str]:
    """Each way to ask about a hidden field, with the word in it and with one that is nowhere."""
    forms = [*PAGES, *(f"/api/v1{form}" for form in CALLS), "/api/openapi.json", "/api/"]
    for object_key, keys in FIELDS.items():
        for form in forms:
            for word in (HIDDEN, CANARY, OTHER) if "{w}" in form else ("",):
                for key in keys if "{h}" in form else ("",):
                    record = shown[object_key][0].pk
                    yield form.format(o=object_key, h=key, w=word, r=record)

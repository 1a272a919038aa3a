"""Everything that may refuse a write, before anything is written.

Each function looks at all works of one write at once, so that a batch of a thousand costs as many
queries as a single record.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from aperto.kernel.access import rules
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.access.models import User
from aperto.kernel.access.rules import Owned
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes import conditional
from aperto.kernel.changes.draft import Occasion, Work
from aperto.kernel.changes.keys import hash_of
from aperto.kernel.changes.models import Change, UniqueValue
from aperto.kernel.changes.outline import outline_of
from aperto.kernel.errors import Conflict, FieldError, Missing, Refused
from aperto.kernel.fields.base import Field
from aperto.kernel.files import usable
from aperto.kernel.files.pictures import check_pictures
from aperto.kernel.files.versions import once_held
from aperto.kernel.money.fill import complete
from aperto.kernel.objects import one_of
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.engines.expressions import among_keys
from aperto.kernel.query.readable import readable
from aperto.kernel.query.statements import fetch
from aperto.kernel.records import visible


def rights(occasion: Occasion, works: Sequence[Work]) -> None:
    """Absent and forbidden look alike: a row that cannot be read is Missing, not Refused."""
    actor, declaration = occasion.actor, occasion.declaration
    rows = [Owned.of(work.record) for work in works if not work.created]
    seen = rules.allowed(actor, declaration, Verb.READ, rows)
    reached = rules.allowed(actor, declaration, Verb.EDIT, rows)
    for work in works:
        if work.created:
            if not actor.may(declaration, Verb.CREATE):
                work.refusal = Refused(Verb.CREATE)
        elif work.record.pk not in seen:
            work.refusal = Missing(work.record.pk)
        elif work.record.pk not in reached:
            work.refusal = Refused(Verb.EDIT)


def versions(occasion: Occasion, works: Sequence[Work]) -> None:
    """Optimistic locking: fields that nobody else touched merge by themselves, the others conflict."""
    late = [w for w in works if not w.created and w.draft.if_version not in (None, w.record.version)]
    for work in late:
        meanwhile = Change.objects.filter(record=work.record.pk, version__gt=work.draft.if_version)
        theirs = {
            key: pair[1]
            for diff in meanwhile.order_by("id").values_list("diff", flat=True)
            for key, pair in diff.items()
        }
        fields = occasion.declaration.fields
        mine = {key: fields[key].to_json(value) for key, value in work.values.items()}
        clash = {key: value for key, value in theirs.items() if key in mine and mine[key] != value}
        if clash or occasion.strict:
            work.refusal = Conflict(work.record.version, {key: mine[key] for key in clash}, clash)


def values(work: Work) -> None:
    """Cleans the draft's values; unknown and read-only fields are refused, not ignored. What a role hides
    from the writer is unknown."""
    fields = readable(work.occasion.actor, work.occasion.declaration)
    for key, raw in work.draft.values.items():
        field = fields.get(key)
        if field is None:
            work.refuse(key, _("There is no such field."))
        elif field.readonly:
            work.refuse(key, _("This field cannot be written."))
        else:
            try:
                work.values[key] = raw if work.draft.clean else field.clean(raw)
            except FieldError as error:
                work.refuse(key, error.message)


def defaults(work: Work) -> None:
    """Fills what a new record has from the start: each field's default, owner and team."""
    if not work.created:
        return
    for field in outline_of(work.occasion.declaration).defaulted:
        if work.values.get(field.key) is None and field.key not in work.errors:
            given = field.default() if callable(field.default) else field.default
            work.values[field.key] = field.clean(given)
    actor, fields = work.occasion.actor, work.occasion.declaration.fields
    if work.values.get("owner") is None and "owner" not in work.draft.values and actor.user_id:
        work.values["owner"] = fields["owner"].clean(actor.user_id)
    if work.values.get("team") is None and "team" not in work.draft.values and actor.team_id:
        work.values["team"] = fields["team"].clean(actor.team_id)


def required(work: Work) -> None:
    for field in outline_of(work.occasion.declaration).needed:
        key = field.key
        if key in work.errors or key in work.unasked or not (work.created or key in work.values):
            continue
        if work.value(key) in (None, "", []):
            work.refuse(key, _("This field is required."))


def one_of_several(work: Work) -> None:
    """Said of the field that was written, so that it stands where somebody emptied it."""
    declaration, keys = work.occasion.declaration, work.occasion.declaration.one_of
    touched = work.created or not work.values.keys().isdisjoint(keys)
    if touched and one_of.is_missing(declaration, work.value) and work.errors.keys().isdisjoint(keys):
        key = next((key for key in keys if key in work.draft.values), keys[0])
        work.refuse(key, one_of.sentence(for_actor(work.occasion.actor, declaration)))


def assignment(occasion: Occasion, works: Sequence[Work]) -> None:
    """Owner and team decide who has access, so giving a record away needs a right of its own."""
    actor, declaration = occasion.actor, occasion.declaration
    for work in works:
        owner, team = work.values.get("owner"), work.values.get("team")
        if work.changes("owner") and not rules.may_assign(actor, declaration, owner.id if owner else None):
            work.refuse("owner", _("You may not assign records to this person."))
        given = team if work.changes("team") else None
        if given is not None and not rules.may_assign_team(actor, declaration, given.id):
            work.refuse("team", _("You may not assign records to this team."))


def references(occasion: Occasion, works: Sequence[Work]) -> None:
    """Every record pointed at exists and may be read; an unchanged pointer is not asked again."""
    pointed: dict[str, dict[UUID, list[tuple[Work, str]]]] = defaultdict(lambda: defaultdict(list))
    pointing = outline_of(occasion.declaration).pointing
    for work in works:
        for key, field in pointing.items():
            if work.values.get(key) is None or not (work.created or work.changes(key)):
                continue
            for object_key, target in field.references(work.values[key]):
                pointed[object_key][target].append((work, key))
    for object_key, targets in pointed.items():
        found = _existing(occasion, object_key, list(targets))
        if object_key == "stored_file":
            found |= _held_before({key: places for key, places in targets.items() if key not in found})
        for target, places in targets.items():
            if target not in found:
                for work, key in places:
                    work.refuse(key, _("There is no such record, or you may not see it."))


def _existing(occasion: Occasion, object_key: str, targets: list[UUID]) -> set[UUID]:
    if object_key == "user":
        mine = {target for target in targets if target == occasion.actor.user_id}
        return mine | _users([target for target in targets if target not in mine])
    if object_key == "stored_file":
        return usable(occasion.actor, targets)
    if object_key not in registry:
        return set()
    return set(visible(_reader(occasion.actor, object_key), object_key).titles(targets))


def _held_before(targets: Mapping[UUID, Sequence[tuple[Work, str]]]) -> set[UUID]:
    """A file that the same field of the same record held once may come back, whoever sent it."""
    return {
        target
        for target, places in targets.items()
        if all(not work.created and once_held(work.record.pk, [key], [target]) for work, key in places)
    }


def _reader(actor: Actor, object_key: str) -> Actor:
    """What everybody reads, such as stages and teams, may be pointed at with a token that cannot list it:
    else a token for contacts alone could make none, because a new one belongs to a team."""
    declaration = registry.get(object_key)
    if actor.narrowed is None or declaration.closed or not declaration.administered:
        return actor
    held = actor.kept.get(_reader)
    if held is None:
        held = actor.kept[_reader] = replace(actor, narrowed=None)
    assert isinstance(held, Actor)
    return held


def _users(targets: list[UUID]) -> set[UUID]:
    if not targets:
        return set()
    rows = fetch(
        User,
        ("existing",),
        [among_keys("pk", targets)],
        lambda given: User.objects.filter(*given).order_by().values_list("pk"),
    )
    return {key for (key,) in rows}


def uniqueness(occasion: Occasion, works: Sequence[Work]) -> None:
    """Values that only one record may hold, compared with the table and with each other."""
    wanted: dict[tuple[str, str], Work] = {}
    for work in works:
        for field in unique_fields(work):
            for form in field.match_keys(work.values.get(field.key)):
                place = (field.key, hash_of(form))
                if wanted.setdefault(place, work) is not work:
                    work.refuse(field.key, _("Another record of this write has the same value."))
    if not wanted:
        return
    held = UniqueValue.objects.filter(
        object=occasion.declaration.key, hash__in={digest for _key, digest in wanted}
    ).values_list("field", "hash", "record")
    for key, digest, record in held:
        rival = wanted.get((key, digest))
        if rival is not None and rival.record.pk != record:
            rival.refuse(key, _("Another record has this value already."))


def unique_fields(work: Work) -> Iterable[Field]:
    fields = work.occasion.declaration.fields
    return (fields[key] for key in work.values if fields[key].unique)


def rules_of_object(occasion: Occasion, works: Sequence[Work]) -> None:
    for work in works:
        for rule in occasion.declaration.rules:
            rule(work)


def linked_once(occasion: Occasion, works: Sequence[Work]) -> None:
    """A relation's own rule asks the table; here the works of one write are compared with each other."""
    ends = occasion.declaration.ends
    seen: set[tuple[UUID, ...]] = set()
    for work in works if ends else ():
        refs = [work.value(key) for key in ends]
        if None in refs or not any(work.changes(key) for key in ends):
            continue
        pair = tuple(ref.id for ref in refs)
        if pair in seen:
            work.refuse(ends[-1], _("Another record of this write has the same value."))
        seen.add(pair)


def all_of(occasion: Occasion, works: Sequence[Work]) -> None:
    """The order matters: who may, what is meant, what follows from it, whether it fits with the rest."""
    rights(occasion, works)
    live = [work for work in works if work.refusal is None]
    for work in live:
        values(work)
        defaults(work)
    versions(occasion, live)
    live = [work for work in live if work.refusal is None]
    rules_of_object(occasion, live)
    linked_once(occasion, live)
    for work in live:
        complete(work)
    conditional.check(occasion, live)
    for work in live:
        required(work)
        one_of_several(work)
    assignment(occasion, live)
    references(occasion, live)
    check_pictures(occasion.declaration, live)
    uniqueness(occasion, live)

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from aperto.kernel.access import actors, people, tokens
from aperto.kernel.access.actor import ANONYMOUS
from aperto.kernel.access.models import ApiToken, User
from aperto.kernel.access.scopes import Scope, Verb
from aperto.kernel.access.team import Team
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Invalid, Missing, Refused
from tests import firm


def made(user: User, *scopes: str, days: int | None = None) -> tuple[ApiToken, str]:
    expires = timezone.now() + timedelta(days=days) if days else None
    return tokens.create(firm.actor(user), name="Export", scopes=scopes or ("*:read",), expires_at=expires)


def test_secret_is_kept_as_a_hash(colleague: User) -> None:
    token, secret = made(colleague)

    row = ApiToken.objects.get(pk=token.pk)
    history = Change.objects.get(object="token")

    assert secret.startswith("apt_") and len(secret) == 47
    assert secret not in str(row.__dict__) + str(history.__dict__)
    assert row.prefix == secret[:12]


def test_find_opens_by_the_whole_secret_only(colleague: User) -> None:
    token, secret = made(colleague)

    assert tokens.find(secret) == token
    assert tokens.find(secret[:-1]) is None
    assert tokens.find(secret.removeprefix("apt_")) is None
    assert tokens.find(token.hash) is None


def test_expired_token_opens_nothing(colleague: User) -> None:
    _token, secret = made(colleague, days=30)

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert tokens.find(secret) is None


def test_revoked_token_opens_nothing(colleague: User) -> None:
    token, secret = made(colleague)

    tokens.revoke(firm.actor(colleague), token.pk)

    assert tokens.find(secret) is None


def test_only_its_owner_revokes_a_token(colleague: User, admin: User) -> None:
    token, secret = made(colleague)

    with pytest.raises(Missing):
        tokens.revoke(firm.actor(admin), token.pk)

    assert tokens.find(secret) == token


def test_token_of_a_deactivated_user_opens_nothing(colleague: User, admin: User) -> None:
    token, secret = made(colleague)

    people.deactivate(firm.actor(admin), colleague)
    people.reactivate(firm.actor(admin), colleague)

    assert tokens.find(secret) is None
    assert ApiToken.objects.get(pk=token.pk).revoked_at is not None


def test_actor_is_cut_to_the_scopes(admin: User) -> None:
    _token, secret = made(admin, "team:read")
    found = tokens.find(secret)
    assert found is not None

    actor = tokens.actor_of(found)

    assert actor.kind == "token"
    assert actor.scope(Team.declares, Verb.READ) is Scope.ALL
    assert actor.scope(Team.declares, Verb.EDIT) is Scope.NONE
    assert actors.of_user(admin).scope(Team.declares, Verb.EDIT) is Scope.ALL


def test_narrow_token_of_an_administrator_does_not_administer(admin: User, colleague: User) -> None:
    _token, secret = made(admin, "*:read", "*:edit")
    found = tokens.find(secret)
    assert found is not None

    with pytest.raises(Refused):
        people.deactivate(tokens.actor_of(found), colleague)

    colleague.refresh_from_db()
    assert colleague.is_active


def test_token_makes_no_token(admin: User) -> None:
    _token, secret = made(admin, "*:*")
    found = tokens.find(secret)
    assert found is not None

    with pytest.raises(Refused):
        tokens.create(tokens.actor_of(found), name="Child", scopes=["*:*"], expires_at=None)

    assert ApiToken.objects.count() == 1


def test_visitor_makes_no_token(db: None) -> None:
    with pytest.raises(Refused):
        tokens.create(ANONYMOUS, name="x", scopes=["*:read"], expires_at=None)


@pytest.mark.parametrize("scopes", [[], ["contact"], ["*:fly"], ["nothing:read"], ["*:read", "x"]])
def test_unknown_scopes_are_refused(colleague: User, scopes: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        tokens.create(firm.actor(colleague), name="Export", scopes=scopes, expires_at=None)

    assert list(refused.value.errors) == ["scopes"]
    assert not ApiToken.objects.exists()


def test_use_is_written_at_most_once_a_minute(colleague: User) -> None:
    token, secret = made(colleague)
    start = timezone.now()

    seen = []
    for seconds in (0, 30, 61):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False):
            found = tokens.find(secret)
            assert found is not None
            tokens.touch(found)
            seen.append(ApiToken.objects.get(pk=token.pk).last_used_at)

    assert seen[0] == seen[1]
    assert seen[2] == start + timedelta(seconds=61)

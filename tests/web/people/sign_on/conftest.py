"""A provider in another process for all tests of this folder, and its row in ours."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest

from aperto.kernel.access import roles, sign_ons
from aperto.kernel.access.models import Role, User
from aperto.kernel.access.sign_on_models import SignOn
from aperto.kernel.access.sign_ons import Access
from tests import firm
from tests.identity.provider import Provider, running
from tests.identity.site import CLIENT, SECRET

SLUG = "house"
DOMAIN = "nordwijk.example"
ANN = {"email": f"ann@{DOMAIN}", "email_verified": True, "name": "Ann Vos", "groups": ["staff"]}


@pytest.fixture(scope="session")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    folder = tmp_path_factory.mktemp("provider")
    with running(folder, f"http://testserver/sign-on/{SLUG}/callback/") as provider:
        yield provider


@pytest.fixture
def provider(process: Provider, settings: Any) -> Provider:
    settings.REACH_PRIVATE_NETWORK = True
    process.knows(ann=ANN)
    return process


def role(key: str) -> Role:
    return roles.ensure_ready_roles()[key]


type Offer = Callable[..., SignOn]


@pytest.fixture
def offer(admin: User, provider: Provider) -> Offer:
    """Makes the provider known to us; what is named replaces the usual."""

    def make(**changed: Any) -> SignOn:
        values = {
            "name": "House", "enabled": True, "issuer": provider.issuer, "client_id": CLIENT,
            "secret": SECRET,
            "groups_claim": "groups", "vouches_email": False, "vouches_factor": False,
        } | {key: value for key, value in changed.items() if key not in ACCESS}  # fmt: skip
        access: dict[str, Any] = {"domains": (DOMAIN,), "groups": {"staff": role("user").pk}}
        access |= {key: value for key, value in changed.items() if key in ACCESS}
        made = sign_ons.create(firm.SYSTEM, "oidc", values, Access(**access), via="test")
        SignOn.objects.filter(pk=made.pk).update(slug=SLUG)  # the provider knows this address of ours
        made.refresh_from_db()
        return made

    return make


ACCESS = {"domains", "groups", "role", "team"}


def roles_of(email: str) -> set[str | None]:
    return set(User.objects.get(email=email).roles.values_list("key", flat=True))


def pk(key: str) -> UUID:
    return role(key).pk

"""What a person holds besides a password: an authenticator app, passkeys, recovery codes."""

from dataclasses import dataclass, field
from datetime import datetime

from allauth.mfa.models import Authenticator

from aperto.kernel.access.models import User


@dataclass(frozen=True)
class Passkey:
    id: int
    name: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass
class Factors:
    """`codes_left` is None when there are no recovery codes at all."""

    app: bool = False
    passkeys: list[Passkey] = field(default_factory=list)
    codes_left: int | None = None

    def __bool__(self) -> bool:
        """Whether signing in by password asks for more; recovery codes alone do not."""
        return self.app or bool(self.passkeys)


def of_user(user: User) -> Factors:
    found = Factors()
    for row in Authenticator.objects.filter(user_id=user.pk).order_by("created_at"):
        if row.type == Authenticator.Type.TOTP:
            found.app = True
        elif row.type == Authenticator.Type.WEBAUTHN:
            found.passkeys.append(Passkey(row.pk, row.wrap().name, row.created_at, row.last_used_at))
        else:
            found.codes_left = len(row.wrap().get_unused_codes())
    return found


def remove_all(user: User) -> int:
    """How many there were."""
    removed, _rows = Authenticator.objects.filter(user_id=user.pk).delete()
    return int(removed)

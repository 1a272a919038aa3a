"""Notifications: the one way to tell people that something happened.

    from aperto.kernel.notices import notify

    notify("reminder", [user.pk], event=uuid5(meeting.pk, "15 minutes before"),
           about=Ref("meeting", meeting.pk), text=_("Begins at 15:00"))

`sort` is one of `notices.sorts` (add your own by `sorts.add(Sort(…))` where your app starts): people choose
for each sort whether they hear of it on the page, by e-mail (at once or in a digest) and on their devices.
`event` is the key of what happened: telling it again, as a repeated job or event may, tells nobody twice.
Nobody is told of their own doing (`by`), of a record that they may not see at this moment, or of `fields`
that their roles hide; whoever sees none of the fields is not told at all. Deactivated people are not told.
`text` is plain and must name no value that somebody may not see; write it in the language of the recipient.

Notices keep no titles: what is shown is read when it is shown, under the rights of that moment. Delivery is
the work of a job a moment later (`delivery`), so telling is two or three statements and never waits for mail.
"""

from collections.abc import Iterable
from uuid import UUID

from aperto.kernel.fields.base import Ref
from aperto.kernel.notices.tell import Telling, known, tell

__all__ = ["Telling", "notify", "tell"]


def notify(
    sort: str,
    to: Iterable[UUID],
    *,
    event: UUID,
    about: Ref | None = None,
    by: UUID | None = None,
    by_name: str = "",
    fields: tuple[str, ...] = (),
    text: str = "",
    url: str = "",
) -> int:
    """Tells these users; says how many were told now. `url` is a path of ours, for what is no record."""
    told = Telling(
        known(sort), event, frozenset(to), about, by=by, by_name=by_name, fields=fields, text=text, url=url
    )
    return tell([told])

"""The sorts of events that people choose ways for. Other modules add theirs by `add`."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from aperto.kernel.errors import Message

NOW, DIGEST, NEVER = "now", "digest", ""
MAILS = (NEVER, NOW, DIGEST)


@dataclass(frozen=True)
class Ways:
    """How something is told: on the page, by e-mail (NOW, DIGEST or NEVER) and on devices."""

    page: bool = True
    mail: str = NEVER
    push: bool = False


@dataclass(frozen=True)
class Sort:
    """`said` is the sentence, with %(who)s, %(fields)s and %(count)s; blank where each notice brings its own
    words. `ways` hold for whoever has chosen nothing."""

    key: str
    label: Message
    said: Message = ""
    icon: str = "bell"
    ways: Ways = Ways()


SORTS: dict[str, Sort] = {}


def add(sort: Sort) -> Sort:
    SORTS[sort.key] = sort
    return sort


MENTION = add(
    Sort("mention", _("Somebody mentions me"), _("%(who)s mentioned you"), "at", Ways(mail=NOW, push=True))
)
ANSWER = add(
    Sort(
        "answer",
        _("Somebody answers in a thread of mine"),
        _("%(who)s answered in your thread"),
        "message-circle",
        Ways(mail=NOW, push=True),
    )
)
ASSIGNED = add(
    Sort(
        "assigned",
        _("A record becomes mine"),
        _("%(who)s made you the owner"),
        "user-plus",
        Ways(mail=NOW, push=True),
    )
)
COMMENT = add(
    Sort(
        "comment",
        _("Comments on what I follow"),
        _("%(who)s wrote a comment"),
        "message",
        Ways(mail=DIGEST),
    )
)
STAGE = add(
    Sort(
        "stage",
        _("Another stage or owner of what I follow"),
        _("%(who)s changed %(fields)s"),
        "arrow-right",
        Ways(mail=DIGEST),
    )
)
CHANGE = add(
    Sort("change", _("Other changes of what I follow"), _("%(who)s changed %(fields)s"), "pencil", Ways())
)
MANY = add(
    Sort(
        "many",
        _("Changes of many records at once"),
        _("%(who)s changed many records that you follow: %(count)s"),
        "pencil",
        Ways(),
    )
)
REMINDER = add(Sort("reminder", _("Reminders"), "", "clock", Ways(mail=NOW, push=True)))

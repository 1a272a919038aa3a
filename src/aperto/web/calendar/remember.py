"""How somebody last looked at the calendar of activities: kept with the session."""

from aperto.web.calendar.marks import OBJECT
from aperto.web.calendar.period import MODES, WEEK
from aperto.web.calendar.whose import ME
from aperto.web.request import Request

KEPT = "calendar"
USUAL = {"mode": WEEK, "who": ME, "show": "", "colour": OBJECT}
LONGEST = 1_000


def kept(request: Request) -> dict[str, str]:
    """What the address says, else what was last chosen, else what is usual."""
    held: dict[str, str] = USUAL | request.session.get(KEPT, {})
    return held | _asked(request)


def _asked(request: Request) -> dict[str, str]:
    """Ticked colleagues come one by one."""
    asked = {key: request.GET[key] for key in USUAL if key in request.GET}
    if "with" in request.GET:
        asked["who"] = ",".join(request.GET.getlist("with"))
    return {key: value[:LONGEST] for key, value in asked.items()}


def remember(request: Request, mode: str) -> None:
    """Keeps the choice where it is another one; nothing is written through another's eyes."""
    chosen = _asked(request)
    if mode in MODES and "mode" in chosen:
        chosen["mode"] = mode
    held = request.session.get(KEPT, {})
    if request.actor.behind is None and held != held | chosen:
        request.session[KEPT] = held | chosen

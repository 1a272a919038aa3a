"""`aperto up --pack`: a pack for an installation in use now, for a fresh one on its first page."""

from aperto.config.console import Refusal, Steps
from aperto.kernel.access import organisation, setup
from aperto.kernel.access.actor import system
from aperto.kernel.configuration.document import Unfit
from aperto.kernel.shape import current
from aperto.packs import beginning, packs


def require(key: str) -> None:
    """Before anything is begun: a name that no pack has is a slip of the finger."""
    if key and not packs.known(key):
        raise Refusal(f"There is no pack {key!r}; choose {', '.join(packs.keys())}.")


def bring(key: str, steps: Steps) -> None:
    """A fresh installation has no language yet to speak to its people; its first page offers the pack."""
    if setup.needed():
        steps.line(f"The first page has the pack {key} chosen")
        return
    current.refresh()
    try:
        count = beginning.bring(system("aperto up --pack"), key, organisation.current().language)
    except Unfit as unfit:
        told = " ".join(str(problem) for problem in unfit.problems)
        raise Refusal(f"The pack {key} does not fit, so nothing of it was brought in: {told}") from unfit
    steps.line(f"The pack {key} brought {count} entries" if count else f"The pack {key} is here already")

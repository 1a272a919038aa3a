"""What came of an import, as its page tells it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aperto.kernel import jobs
from aperto.kernel.fields.formats.numbers import write_number
from aperto.kernel.jobs import Job, State
from aperto.kernel.objects.registry import registry
from aperto.kernel.viewer import Viewer
from aperto.transfer.models import ImportRun

RUNNING = (ImportRun.STARTED, ImportRun.UNDOING)


@dataclass(frozen=True)
class Progress:
    """`stuck`: the job was given up after several attempts, or cancelled before it began."""

    done: int
    total: int
    waiting: bool
    stopping: bool
    stuck: bool


def job_of(run: ImportRun) -> Job | None:
    return jobs.find_all().filter(pk=run.job).first() if run.job else None


def progress_of(run: ImportRun) -> Progress:
    job = job_of(run)
    if job is None:
        return Progress(run.read, run.rows, False, False, True)
    done = run.read if run.state == ImportRun.STARTED else job.progress_done
    return Progress(
        done=done,
        total=run.rows,
        waiting=job.state == State.WAITING and not job.attempts,
        stopping=job.cancel_requested,
        stuck=job.state in (State.DEAD, State.CANCELLED, State.DONE),
    )


def counts_of(run: ImportRun, viewer: Viewer) -> list[tuple[str, str, str]]:
    """(words, number, look); together the first five are the rows of the file."""
    listed = [
        (_("Created"), run.created, "good"),
        (_("Updated"), run.updated, ""),
        (_("Unchanged"), run.unchanged, ""),
        (_("Left as they are"), run.skipped, ""),
        (_("Refused"), run.failed, "bad" if run.failed else ""),
    ]
    return [(words, write_number(number, viewer), look) for words, number, look in listed]


def sum_of(run: ImportRun, viewer: Viewer) -> str:
    parts = [run.created, run.updated, run.unchanged, run.skipped, run.failed]
    written = " + ".join(write_number(part, viewer) for part in parts)
    return _("%(parts)s = %(rows)s rows") % {"parts": written, "rows": write_number(run.read, viewer)}


def remarks_of(run: ImportRun) -> list[str]:
    """Sentences beside the counts."""
    found = []
    if run.linked:
        found.append(
            ngettext(
                "%(n)s record that the rows name was made as well.",
                "%(n)s records that the rows name were made as well.",
                run.linked,
            )
            % {"n": run.linked}
        )
    if run.alike:
        found.append(
            ngettext(
                "%(n)s new record shares an e-mail address or number with another and may be a duplicate.",
                "%(n)s new records share an e-mail address or number with others and may be duplicates.",
                run.alike,
            )
            % {"n": run.alike}
        )
    return found


def undone_sentence(run: ImportRun) -> str:
    text = ngettext("%(n)s change was taken back.", "%(n)s changes were taken back.", run.undone) % {
        "n": run.undone
    }
    if not run.kept:
        return text
    kept = ngettext(
        "%(n)s record stays, because somebody has worked on it since or you may not remove it.",
        "%(n)s records stay, because somebody has worked on them since or you may not remove them.",
        run.kept,
    )
    return f"{text} {kept % {'n': run.kept}}"


def plural_of(run: ImportRun) -> str:
    return str(registry.get(run.object).plural)

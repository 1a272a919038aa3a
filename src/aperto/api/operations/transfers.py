"""Imports and exports: the same work as in the pages, with the rights of the token.

What a job does, it does with the rights of the person; so a token of narrower scope gets what can be done at
once, and is refused what would need a job.
"""

from dataclasses import replace
from typing import Any, cast

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from aperto.api.http import Call, Problem, key_of, respond
from aperto.api.operation import Operation, Parameter
from aperto.api.operations.records import KEY
from aperto.api.represent import chosen as chosen_fields
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import FieldError, Missing, Refused
from aperto.kernel.query.parse import parse
from aperto.kernel.query.sorting import keys_of
from aperto.transfer import commands, export, export_run, failures, trial, undoing, uploads
from aperto.transfer import run as runs
from aperto.transfer.choices import Choices, Mode
from aperto.transfer.models import ExportRun, ImportRun
from aperto.transfer.reading import Unreadable
from aperto.transfer.writers.base import Wanted
from aperto.transfer.writers.table import WRITERS

AT_ONCE = 1_000  # rows that a token of narrow scope may bring in: no job takes them over
SHOWN = 50
MODES = tuple(str(mode) for mode in Mode)


def begin_import(call: Call) -> HttpResponseBase:
    """Takes a file in; with `trial` it is tried, else it is imported by what was guessed and said."""
    if not (call.request.content_type or "").startswith("multipart/form-data"):
        raise Problem(415, _("Unsupported media type"), _("Send multipart/form-data."))
    try:
        sent = call.request.FILES.get("file")
    except MultiPartParserError as error:
        raise Problem(400, _("Not readable"), str(error)) from None
    if not isinstance(sent, UploadedFile):
        raise Problem(422, _("Not accepted"), errors={"file": [_("Send the file as multipart field file.")]})
    mode = call.choice("mode", MODES)
    match = tuple(commands.named(call.object, word) for word in call.parameter("match").split(",") if word)
    try:
        run = runs.begin(call.actor, call.object, cast("Any", sent.file), sent.name or "", sent.size or 0)
    except Unreadable as problem:
        raise Problem(422, _("Not accepted"), errors={"file": [str(problem)]}) from None
    guessed = Choices.from_json(run.choices)
    run.choices = replace(guessed, mode=Mode(mode), match=match or guessed.match).to_json()
    run.save(update_fields=["choices"])
    if not guessed.mapping:
        uploads.discard(run)
        run.delete()
        raise Problem(422, _("Not accepted"), errors={"file": [_("No column was recognised.")]})
    return respond(_run(_carried_out(call.actor, run, call.choice("trial", ("no", "yes")) == "yes")), 202)


def _carried_out(actor: Actor, run: ImportRun, only_try: bool) -> ImportRun:
    if not _is_narrow(actor):
        if only_try:
            trial.start_trial(actor, run)
        else:
            runs.start(actor, run)
        return run
    if run.rows > AT_ONCE:
        raise Refused(Verb.IMPORT)
    if only_try:
        run.trial = trial.tried(actor, run)
        run.save(update_fields=["trial"])
    else:
        runs.carry_out_here(actor, run, lambda done, total: None)
    return run


def _is_narrow(actor: Actor) -> bool:
    return actor.narrowed is not None and "*:*" not in actor.narrowed


def _run(run: ImportRun) -> dict[str, Any]:
    mapping = {run.header[int(place)]: target for place, target in run.choices.get("mapping", {}).items()}
    counts = {name: getattr(run, name) for name in (*runs.COUNTS, "linked")}
    refused = [{"row": each.number, "reasons": each.reasons} for each in failures.first(run, SHOWN)]
    told = {"id": str(run.pk), "object": run.object, "name": run.name, "state": run.state, "rows": run.rows}
    return told | {"mapping": mapping, "counts": counts, "refused": refused, "trial": run.trial}


def read_import(call: Call) -> HttpResponseBase:
    return respond(_run(runs.find(call.actor, key_of(call.record))))


def undo_import(call: Call) -> HttpResponseBase:
    run = runs.find(call.actor, key_of(call.record))
    if _is_narrow(call.actor):
        raise Refused(Verb.IMPORT)
    if not undoing.start_undo(call.actor, run):
        raise Problem(409, _("Not undone"), _("This import cannot be undone any more."))
    return respond(_run(run), 202)


# -- exports -----------------------------------------------------------------------------------------


def _wanted(call: Call) -> Wanted:
    selection = export.selection(call.actor, call.object.key).matching(parse(call.parameter("filter")))
    sort = call.parameter("sort")
    keys_of(sort, call.object, call.actor)
    text = call.parameter("fields")
    keys = chosen_fields(call.actor, call.object, text) if text else None
    return Wanted(selection, export_run.columns_in(_writer(call), call.actor, call.object, keys), sort)


def _writer(call: Call) -> Any:
    try:
        return export_run.writer_for(call.object, call.parameter("format", "csv"))
    except Missing:
        raise FieldError(_("There is no such format for these records.")) from None


def read_export(call: Call) -> HttpResponseBase:
    """The file at once; above ten thousand records a job has to write it."""
    wanted, writer = _wanted(call), _writer(call)
    if wanted.chosen.count().number > export_run.AT_ONCE:
        raise Problem(409, _("Too many records"), _("Ask for this export by POST; a job writes it."))
    return StreamingHttpResponse(writer.write(wanted), content_type=writer.content_type)


def begin_export(call: Call) -> HttpResponseBase:
    wanted, writer = _wanted(call), _writer(call)
    if _is_narrow(call.actor):
        raise Refused(Verb.EXPORT)
    run = export_run.begin(
        call.actor, call.object.key, writer, filter=parse(call.parameter("filter")), columns=wanted.keys,
        sort=wanted.sort, total=wanted.chosen.count().number,
    )  # fmt: skip
    return respond(_exported(run), 202)


def _exported(run: ExportRun) -> dict[str, Any]:
    told = {"id": str(run.pk), "object": run.object, "format": run.format, "state": run.state}
    return told | {"rows": run.rows, "size": run.size}


def export_state(call: Call) -> HttpResponseBase:
    return respond(_exported(export_run.find(call.actor, key_of(call.record))))


def export_file(call: Call) -> HttpResponseBase:
    run = export_run.find(call.actor, key_of(call.record))
    if not run.place:
        raise Problem(409, _("Not ready"), _("The file is not written yet."))
    writer = WRITERS[run.format]
    return FileResponse(default_storage.open(run.place), content_type=writer.content_type)


FORMAT = Parameter("format", lazy("The format of the file."), {"type": "string", "enum": [*WRITERS]})
CHOSEN = (
    FORMAT,
    Parameter("fields", lazy("Keys of the wanted fields, separated by commas; all without it.")),
    Parameter("filter", lazy("A condition in the filter language.")),
    Parameter("sort", lazy("Field keys, separated by commas; a minus sign sorts downwards.")),
)
HOW = (
    Parameter(
        "mode", lazy("What becomes of rows whose record is there."), {"type": "string", "enum": [*MODES]}
    ),
    Parameter("match", lazy("Fields that tell existing records, separated by commas.")),
    Parameter("trial", lazy("Only tries: nothing is written."), {"type": "string", "enum": ["no", "yes"]}),
    KEY,
)
REFUSED = (400, 401, 403, 404, 409, 429)
OPERATIONS = (
    Operation("import", "POST", "/{object}/import", begin_import, lazy("Import a file"), Verb.IMPORT,
              "import_run", 202, body="upload", parameters=HOW, writes=True,
              refusals=(400, 401, 403, 404, 413, 415, 422, 429)),
    Operation("export", "GET", "/{object}/export", read_export, lazy("Export records"), Verb.EXPORT,
              "table", parameters=CHOSEN, refusals=REFUSED),
    Operation("begin_export", "POST", "/{object}/export", begin_export, lazy("Export many records by a job"),
              Verb.EXPORT, "export_run", 202, parameters=(*CHOSEN, KEY), writes=True, refusals=REFUSED),
    Operation("import_run", "GET", "/imports/{id}", read_import, lazy("How far an import is"), None,
              "import_run", tag="transfers", refusals=(401, 404, 429)),
    Operation("undo_import", "POST", "/imports/{id}/undo", undo_import, lazy("Undo an import"), None,
              "import_run", 202, parameters=(KEY,), writes=True, tag="transfers", refusals=REFUSED),
    Operation("export_run", "GET", "/exports/{id}", export_state, lazy("How far an export is"), None,
              "export_run", tag="transfers", refusals=(401, 404, 429)),
    Operation("exported_file", "GET", "/exports/{id}/file", export_file, lazy("The file of an export"), None,
              "content", tag="transfers", refusals=(401, 404, 409, 429)),
)  # fmt: skip

"""One run: the server is started, the chosen lines are measured, and the table is printed."""

import argparse
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from bench import browser, importing, load, processes
from bench.client import Client
from bench.command import say
from bench.lines import Line, lines
from bench.office import Office, opened
from bench.place import Place

GROUPS = ("web", "search", "api")


@dataclass
class Row:
    """One line of the table. `values` by column; `target` in words; `passed` is None without a target."""

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    target: str = ""
    passed: bool | None = None


def run(place: Place, chosen: argparse.Namespace) -> int:
    wanted = chosen.command
    rows: list[Row] = []
    with opened() as office:
        at_rest = office_memory(office)
        if wanted in (*GROUPS, "all", "memory"):
            rows += measured_lines(office, chosen, GROUPS if wanted in ("all", "memory") else (wanted,))
        if wanted in ("page", "all"):
            rows += browser_rows(office)
        if wanted in ("import", "all", "memory"):
            rows.append(import_row(place, office))
        if wanted in ("memory", "all"):
            rows.append(memory_row(at_rest, office_memory(office)))
    show(place, rows, as_json=chosen.json)
    return 0 if all(row.passed is not False for row in rows) else 1


def office_memory(office: Office) -> dict[str, float]:
    web, worker = office.web_processes(), office.worker_processes()
    return {"web": processes.memory(web), "worker": processes.memory(worker)}


# -- rows --------------------------------------------------------------------------------------------


def measured_lines(office: Office, chosen: argparse.Namespace, groups: tuple[str, ...]) -> Iterator[Row]:
    floors: dict[str, float] = {}
    for line in lines(office):
        if line.group in groups and (chosen.only in line.name or line.name.startswith("floor")):
            say(line.name.strip())
            yield line_row(office, chosen, line, floors)


def line_row(office: Office, chosen: argparse.Namespace, line: Line, floors: dict[str, float]) -> Row:
    headers = office.api_headers if line.is_api else office.page_headers
    connect: Callable[[], Client] = lambda: Client(office.port, headers)  # noqa: E731 - it is passed on
    found = load.measure(
        line.visit, connect, office.web_processes(), office.database, chosen.times, chosen.seconds
    )
    floors[line.name] = found.cpu_ms + found.database_ms
    row = Row(line.name, {key: value for key, value in asdict(found).items() if key != "errors"})
    if line.floor in floors and floors[line.floor]:
        row.values["floor"] = (found.cpu_ms + found.database_ms) / floors[line.floor]
    if found.errors:
        row.values["errors"] = found.errors
        row.passed = False
    if line.target_ms:
        ratio = f", {line.most:g} × floor" if line.most else ""
        row.target = f"{line.target_ms:g} ms, {line.target_rate:g}/s{ratio}"
        fast = found.median_ms <= line.target_ms and found.rate >= line.target_rate
        row.passed = fast and row.values.get("floor", 0) <= (line.most or 1e9) and not found.errors
    return row


def browser_rows(office: Office) -> Iterator[Row]:
    say("first and second visit in Chromium")
    first, second = browser.visits(office)
    good = first.requests <= 10 and first.kilobytes <= 100 and first.seconds <= 0.5
    yield Row("first visit, empty cache", asdict(first), "10 requests, 100 kB, 0.5 s", good)
    yield Row("second visit", asdict(second), "20 kB", second.kilobytes <= 20)


def import_row(place: Place, office: Office) -> Row:
    say("import of 10,000 contacts")
    found = importing.measure(place, office)
    return Row("CSV import of 10,000, duplicate check", found, "5 s", found["seconds"] <= 5)


def memory_row(at_rest: dict[str, float], after: dict[str, float]) -> Row:
    values = {f"{name}_at_rest": value for name, value in at_rest.items()}
    values |= {f"{name}_after_load": value for name, value in after.items()}
    return Row("memory of web and worker after load", values, "300 MB", sum(after.values()) <= 300)


# -- the table ---------------------------------------------------------------------------------------


def show(place: Place, rows: list[Row], as_json: bool) -> None:
    loads = [round(each, 1) for each in os.getloadavg()]
    if as_json:
        told = [asdict(row) for row in rows]
        answer = {"data": place.name, "processors": os.cpu_count(), "load": loads, "rows": told}
        print(json.dumps(answer, indent=2))
        return
    print(f"\n{place.name}; {os.cpu_count()} processors, load {loads}\n")
    print(f"{'line':<42}{'median':>8}{'p95':>8}{'of 8':>8}{'CPU':>8}{'kB':>7}{'floor':>7}  target")
    for row in rows:
        print(f"{row.name:<42}{_numbers(row.values)}  {row.target}{_verdict(row)}")


def _numbers(values: dict[str, Any]) -> str:
    if "median_ms" not in values:
        told = [f"{_number(value)} {key.replace('_', ' ')}" for key, value in values.items()]
        return "  " + ", ".join(told)
    floor = f"{values['floor']:.2f}" if "floor" in values else ""
    cpu = values["cpu_ms"] + values["database_ms"]
    numbers = f"{values['median_ms']:8.1f}{values['p95_ms']:8.1f}{values['rate']:7.0f}/s{cpu:8.2f}"
    return f"{numbers}{values['kilobytes']:7.1f}{floor:>7}"


def _number(value: Any) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def _verdict(row: Row) -> str:
    if row.passed is None:
        return ""
    return "  ok" if row.passed else "  MISSED"

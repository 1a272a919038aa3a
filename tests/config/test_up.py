"""`aperto up` as a whole, in processes of its own."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

WITHIN = 60
APERTO = (sys.executable, "-m", "aperto.config.command")


@dataclass
class Running:
    process: subprocess.Popen[str]
    data: Path
    port: int

    def get(self, path: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers={"Accept-Encoding": "br"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer

    def family(self) -> list[int]:
        """The processes of the tree, the parent first."""
        listed = subprocess.run(
            ["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True
        ).stdout
        pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
        found = [self.process.pid]
        for parent in found:
            found += [pid for pid, above in pairs if above == parent]
        return found


def environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("APERTO_", "DJANGO_"))}
    return {**kept, "HOME": str(data), "PYTHONPATH": "src"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(data: Path) -> Running:
    port = free_port()
    command = [*APERTO, "up", "--data", str(data), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment(data.parent))
    wait_for_line(process, "Stop with Ctrl-C.")
    return Running(process, data, port)


def stop(running: Running, name: signal.Signals) -> int:
    running.process.send_signal(name)
    code = running.process.wait(5)
    assert running.process.stdout
    running.process.stdout.close()
    return code


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that was started once; its copies start quickly."""
    data = tmp_path_factory.mktemp("up") / "data"
    assert stop(start(data), signal.SIGINT) == 0
    return data


@pytest.fixture(scope="module")
def running(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    started = start(Path(shutil.copytree(prepared, tmp_path_factory.mktemp("running") / "data")))
    yield started
    stop(started, signal.SIGTERM)


def wait_for_line(process: subprocess.Popen[str], expected: str) -> None:
    assert process.stdout
    printed = []
    for line in process.stdout:
        printed.append(line)
        if expected in line:
            return
    raise AssertionError("".join(printed))


def refused(*words: str, data: Path) -> tuple[int, str]:
    done = subprocess.run(
        [*APERTO, *words], capture_output=True, text=True, env=environment(data), check=False
    )
    return done.returncode, done.stderr


def test_first_page_is_served(running: Running) -> None:
    assert running.get("/health").status == 200
    assert running.get("/").status in {200, 302}


def test_static_files_are_compressed_and_kept_for_ever(running: Running) -> None:
    hashed = next(path for path in (running.data / "static").rglob("*.*.css.br"))
    name = hashed.relative_to(running.data / "static").with_suffix("")

    answer = running.get(f"/static/{name}")

    assert (answer.status, answer.getheader("Content-Encoding")) == (200, "br")
    assert answer.getheader("Cache-Control") == "max-age=315360000, public, immutable"


def test_second_start_on_the_same_data_is_refused(running: Running) -> None:
    code, sentence = refused("up", "--data", str(running.data), "--port", str(free_port()), data=running.data)

    assert code == 1
    assert sentence == (
        f"Aperto already runs on {running.data} (process {running.process.pid});"
        " stop it or choose another --data.\n"
    )


def test_port_in_use_is_refused(running: Running, tmp_path: Path) -> None:
    code, sentence = refused("up", "--data", str(tmp_path), "--port", str(running.port), data=tmp_path)

    assert code == 1
    assert sentence == (
        f"Port {running.port} on 127.0.0.1 cannot be used (Address already in use); choose another --port.\n"
    )


def test_dead_children_are_replaced(running: Running) -> None:
    before = running.family()
    for pid in before[1:3]:
        os.kill(pid, signal.SIGKILL)

    deadline = time.monotonic() + WITHIN
    while len(running.family()) < len(before) or set(before[1:3]) & set(running.family()):
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_all_processes_end_with_the_parent(name: signal.Signals, prepared: Path, tmp_path: Path) -> None:
    running = start(Path(shutil.copytree(prepared, tmp_path / "data")))
    family = running.family()

    code = stop(running, name)

    assert code == (-9 if name == signal.SIGKILL else 0)
    assert len(family) == 6  # up, web with two workers, worker and live
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{pid}").exists() for pid in family[1:]):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_stream_process_stands_beside_it(running: Running) -> None:
    beside = Running(running.process, running.data, running.port + 1)

    assert beside.get("/live/health").status == 200
    assert beside.get("/live/events?ticket=x").status == 403

"""The supervisor that outlives its clients: found, started, replaced, and gone when nobody needs it."""

import contextlib
import json
import os
import pathlib
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time

import pytest

from flaxen_supervisor import daemon, status
from flaxen_supervisor.server import Server
from flaxen_supervisor.test_support import (
    RESULT,
    SOURCES,
    Client,
    command,
    find,
    make_run,
    submission,
    wait_for,
)

WAITING = "open('here', 'w')\nwhile not os.path.exists('go'): time.sleep(0.01)\n" + RESULT


@pytest.fixture
def root():
    """A root with a path short enough for a socket, whose daemons are gone when the test is over."""
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="flaxen-") as folder:
        root = pathlib.Path(folder, "runs")
        yield root
        if told := find(root):
            kill(told["pid"])


@pytest.fixture
def start(root):
    """Does what a client does first; returns what is printed."""

    def start(root=root, **variables):
        with launch(root, **variables) as process:
            return json.loads(process.communicate(timeout=30)[0])

    return start


@pytest.fixture
def connect():
    """Makes clients of a socket, which hang up when the test is over."""
    with contextlib.ExitStack() as stack:

        def connect(told):
            client = Client(told["socket"])
            stack.callback(client.close)
            return client

        yield connect


def launch(root, **variables):
    """`start` as a process."""
    environment = os.environ | {"FLAXEN_SUPERVISOR_IDLE": "20"} | variables
    arguments = command("start", "--root", root, "--home", root.parent / "home")
    return subprocess.Popen(arguments, cwd=SOURCES, env=environment, stdout=subprocess.PIPE)


def kill(pid):
    """Kills a daemon and waits until it is gone."""
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: is_gone(pid))


def daemons(root):
    """Pids of all that serve a root."""
    found = []
    for path in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (path / "cmdline").read_bytes().split(b"\0")
            if {b"daemon", os.fsencode(root)} <= set(words):
                found.append(int(path.name))
    return found


def is_gone(pid):
    """Whether a process has ended."""
    return status.processes.start_time(pid) is None


def ending(folder):
    """Waits for the last event of a run."""

    def look():
        lines = (folder / "attempt-1" / "events.jsonl").read_text().splitlines()
        last = json.loads(lines[-1]) if lines else {}
        return last if last.get("type") == "run.ended" else None

    return wait_for(look)


def knock(told):
    """A socket that has connected."""
    client = socket.socket(socket.AF_UNIX)
    client.connect(told["socket"])
    return client


def is_greeted(client):
    """Whether a socket that has just connected hears something soon."""
    client.settimeout(1)
    try:
        return bool(client.recv(100))
    except TimeoutError:
        return False


def processor_time(pid):
    """Seconds of processor that a process has used."""
    return int(pathlib.Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def mode(path):
    """Who may do what."""
    return oct(pathlib.Path(path).stat().st_mode & 0o777)


def test_it_is_started_once_and_found_after_that(root, start, connect):
    told = start()
    assert told.keys() == {"socket", "identity", "pid"}
    assert start() == told
    assert find(root) == told | status.supervisor() | {
        "pid": told["pid"],
        "startTime": status.processes.start_time(told["pid"]),
    }
    assert connect(told).identity == told["identity"]
    folder = pathlib.Path(told["socket"]).parent
    assert folder == root / f".supervisor-{told['identity'][7:19]}"
    assert (mode(folder), mode(told["socket"]), mode(folder / "lock")) == ("0o700", "0o600", "0o600")
    assert os.getsid(told["pid"]) == told["pid"]
    assert str(pathlib.Path(f"/proc/{told['pid']}/fd/0").readlink()) == os.devnull
    assert pathlib.Path(f"/proc/{told['pid']}/fd/1").readlink() == folder / "daemon.log"


def test_two_who_start_it_at_once_get_the_same(root, connect):
    with launch(root) as one, launch(root) as other, launch(root) as third:
        told = [json.loads(process.communicate(timeout=30)[0]) for process in (one, other, third)]
    assert told[0] == told[1] == told[2]
    wait_for(lambda: daemons(root) == [told[0]["pid"]])
    assert connect(told[0]).ask("ping")[0]["ok"]


def test_one_that_was_killed_is_replaced(start, connect):
    first = start()
    kill(first["pid"])
    second = start()
    assert second["pid"] != first["pid"]
    assert second["socket"] == first["socket"]
    assert connect(second).ask("ping")[0]["ok"]


def test_a_root_with_a_long_path_has_its_socket_elsewhere(tmp_path, start, connect):
    far = tmp_path / ("x" * 100) / "runs"
    first = start(far)
    folder = pathlib.Path(first["socket"]).parent
    assert not folder.is_relative_to(tmp_path)
    assert (mode(folder), mode(first["socket"])) == ("0o700", "0o600")
    assert start(far) == first
    assert connect(first).ask("ping")[0]["ok"]
    kill(first["pid"])
    second = start(far)
    assert connect(second).ask("ping")[0]["ok"]
    assert not folder.exists()
    os.kill(second["pid"], signal.SIGTERM)
    wait_for(lambda: is_gone(second["pid"]))
    assert not pathlib.Path(second["socket"]).parent.exists()


def test_unused_it_ends_and_leaves_no_socket(start, connect):
    told = start(FLAXEN_SUPERVISOR_IDLE="0.3")
    client = connect(told)
    time.sleep(0.6)
    assert client.ask("ping")[0]["ok"]
    client.close()
    began = time.monotonic()
    wait_for(lambda: is_gone(told["pid"]))
    assert 0.2 < time.monotonic() - began < 5
    assert sorted(path.name for path in pathlib.Path(told["socket"]).parent.iterdir()) == ["daemon.log", "lock"]
    assert (pathlib.Path(told["socket"]).parent / "daemon.log").read_text() == ""


def test_a_detached_run_outlives_its_client_and_keeps_the_daemon(root, start, connect):
    told = start(FLAXEN_SUPERVISOR_IDLE="0.3")
    folder = make_run(root, "r_1", WAITING)
    client = connect(told)
    assert client.ask("submit", **submission(folder))[0] == {"id": 1, "ok": True, "run": "r_1", "attempt": 1}
    client.close()
    wait_for((folder / "program" / "here").exists)
    time.sleep(0.6)
    later = connect(told)
    assert later.ask("life", run="r_1")[0]["alive"]
    later.close()
    (folder / "program" / "go").touch()
    assert ending(folder)["reason"] == "completed"
    wait_for(lambda: is_gone(told["pid"]))


def test_a_run_that_is_attached_to_a_connection_ends_with_it_alone(root, start, connect):
    told = start()
    kept, left = make_run(root, "r_1", WAITING), make_run(root, "r_2", WAITING)
    client = connect(told)
    client.ask("submit", **submission(kept, slots=2))
    client.ask("submit", **submission(left, slots=2, detached=False))
    wait_for(lambda: all((folder / "program" / "here").exists() for folder in (kept, left)))
    client.close()
    assert ending(left)["reason"] == "abandoned"
    (kept / "program" / "go").touch()
    assert ending(kept)["reason"] == "completed"


def test_a_log_is_read_while_it_is_written_and_to_its_end(root, start, connect):
    program = "for number in range(50):\n    emit('warning', code='x', text=str(number))\n    time.sleep(0.01)\n"
    client = connect(start())
    folder = make_run(root, "r_1", program + RESULT)
    client.ask("submit", **submission(folder))
    heard = b""
    while b'"run.ended"' not in heard:
        asked = {"run": "r_1", "file": "attempt-1/events.jsonl", "offset": len(heard), "wait": 20}
        heard += client.ask("read", **asked)[1]
    assert heard == (folder / "attempt-1" / "events.jsonl").read_bytes()
    wait_for(lambda: client.ask("life", run="r_1")[0]["cause"] == "is done with it")


def test_a_request_reaches_the_run_through_the_wire(root, start, connect):
    client = connect(start())
    folder = make_run(root, "r_1", WAITING)
    client.ask("submit", **submission(folder))
    request = {"id": "c_cancel", "verb": "cancel", "arguments": {}}
    assert client.ask("control", run="r_1", request=request)[0] == {"id": 2, "ok": True}
    assert client.ask("control", run="r_1", request=request)[0]["ok"]
    assert ending(folder)["reason"] == "cancelled"
    log = (folder / "attempt-1" / "events.jsonl").read_text()
    assert log.count('"type":"control"') == 1


def test_a_run_outside_of_the_root_is_refused(root, tmp_path, start, connect):
    client = connect(start())
    folder = make_run(tmp_path, "r_1", RESULT)
    assert client.ask("submit", **submission(folder))[0]["code"] == "bad-request"
    assert client.ask("submit", **submission(root / "r_9"))[0]["code"] == "refused"
    assert not (folder / "attempt-1").exists()


def test_a_new_one_knows_that_the_killed_one_is_dead(root, start, connect):
    first = start()
    folder = make_run(root, "r_1", WAITING)
    connect(first).ask("submit", **submission(folder))
    wait_for((folder / "program" / "here").exists)
    kill(first["pid"])
    client = connect(start())
    life = client.ask("life", run="r_1")[0]
    assert (life["alive"], life["status"]["state"]) == (False, "running")
    assert str(first["pid"]) in life["cause"]
    assert [run["alive"] for run in client.ask("runs")[0]["runs"]] == [False]


def test_one_that_hangs_is_told_and_not_replaced(root, start, connect):
    told = start()
    os.kill(told["pid"], signal.SIGSTOP)
    program = "import pathlib, sys; from flaxen_supervisor import daemon; daemon.PATIENCE, daemon.GREETING = 1, 0.2;"
    program += "daemon.start(*map(pathlib.Path, sys.argv[1:]))"
    ran = subprocess.run([sys.executable, "-c", program, root, root.parent / "home"], cwd=SOURCES, capture_output=True)
    assert f"(process {told['pid']}) does not answer" in ran.stderr.decode()
    os.kill(told["pid"], signal.SIGCONT)
    assert connect(told).ask("ping")[0]["ok"]


def test_why_it_cannot_start_is_told(tmp_path):
    (tmp_path / "taken").write_text("")
    with launch(tmp_path / "taken" / "runs") as process:
        told = json.loads(process.communicate(timeout=30)[0])
    assert process.returncode == 1
    assert "taken" in told["error"]
    with launch(tmp_path / "runs", FLAXEN_SUPERVISOR_IDLE="soon") as process:
        told = json.loads(process.communicate(timeout=30)[0])
    assert process.returncode == 1
    assert "could not convert string to float: 'soon'" in told["error"]


def test_a_folder_that_was_laid_out_by_another_is_refused(root):
    root.mkdir()
    daemon.place(root).rmdir()
    elsewhere = root.parent / "elsewhere"
    elsewhere.mkdir()
    (root / f".supervisor-{daemon.identity()[7:19]}").symlink_to(elsewhere)
    with pytest.raises(daemon.StartError, match="not a folder of this user"):
        daemon.place(root)


def test_without_descriptors_it_waits_for_some(start, connect):
    told = start()
    resource.prlimit(told["pid"], resource.RLIMIT_NOFILE, (20, 4096))
    clients = [knock(told)]
    while is_greeted(clients[-1]):
        clients.append(knock(told))
    assert len(clients) > 2
    before = processor_time(told["pid"])
    time.sleep(1)
    assert processor_time(told["pid"]) - before < 0.05
    for client in clients:
        client.close()
    assert connect(told).ask("ping")[0]["ok"]


def test_a_client_that_says_nothing_any_more_is_taken_for_gone(tmp_path):
    server = Server(tmp_path / "home", root=tmp_path, detached=True)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
        listener.listen()
        door = daemon.Door(server, listener, idle=60)
        server.add(door)
        clients = [knock({"socket": str(tmp_path / "socket")}) for _ in range(2)]
        for _ in clients:
            door._open()
        silent, talking = server.connections[1:]
        now = time.monotonic() + daemon.SILENCE
        talking.heard = now
        door.tick(now + 1)
        assert server.connections == [door, talking]
        assert (silent.closed, server.closing) == (True, False)
        talking.close()
        door.tick(now + 59)
        assert not server.closing
        door.tick(now + 62)
        assert server.closing
        for client in clients:
            client.close()

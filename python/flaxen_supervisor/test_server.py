"""The supervisor as a process: what it answers, and that one run's fault is no other's."""

import contextlib
import json
import pathlib
import shutil
import signal
import subprocess
import sys
import time

import pytest

SOURCES = pathlib.Path(__file__).parents[1]
WORKER = """
import json, os, sys, time
def emit(type, **fields):
    os.write(int(os.environ["FLAXEN_EVENTS_FD"]), json.dumps({"type": type, **fields}).encode() + b"\\n")
"""
RESULT = 'emit("_result", reason="completed", step=0, epoch=None, bestEpoch=None, metrics={})'


@pytest.fixture
def supervisor(tmp_path):
    """A running one; `submit` and `events` act on its runs."""
    command = [sys.executable, "-m", "flaxen_supervisor", "--home", str(tmp_path / "home")]
    with subprocess.Popen(command, cwd=SOURCES, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield process
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()


def prepare(tmp_path, name, program):
    """A run's folder whose worker is the given program."""
    folder = tmp_path / name
    package = folder / "program" / "flaxen"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "worker.py").write_text(WORKER + program)
    job = {"run": name, "document": "d", "program": "p", "environment": "base", "metrics": []}
    (folder / "job.json").write_text(json.dumps(job))
    return folder


def submit(process, folder):
    """Returns the answer."""
    request = {"verb": "submit", "folder": str(folder), "interpreter": sys.executable}
    process.stdin.write(json.dumps(request).encode() + b"\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def ended(folder):
    """Waits for the last event of a run."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        lines = (folder / "attempt-1" / "events.jsonl").read_text().splitlines()
        if lines and json.loads(lines[-1])["type"] == "run.ended":
            return json.loads(lines[-1])
        time.sleep(0.02)
    raise AssertionError("the run does not end")


def wait_for(path):
    """Until a file is there."""
    deadline = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_run_that_cannot_be_accepted_is_refused_and_others_go_on(supervisor, tmp_path):
    answer = submit(supervisor, tmp_path / "nowhere")
    assert answer["refused"] == str(tmp_path / "nowhere")
    assert not answer["full"]
    folder = prepare(tmp_path, "r_1", RESULT)
    assert submit(supervisor, folder) == {"accepted": str(folder)}
    assert ended(folder)["reason"] == "completed"
    assert "refused" in submit(supervisor, folder)


def test_a_fault_in_one_run_ends_that_run_only(supervisor, tmp_path):
    waiting = "open('here', 'w')\ntime.sleep(1)\n"
    broken, sound = (prepare(tmp_path, name, waiting + RESULT) for name in ("r_1", "r_2"))
    submit(supervisor, broken)
    submit(supervisor, sound)
    wait_for(broken / "program" / "here")
    shutil.rmtree(broken / "control")
    end = ended(broken)
    assert (end["reason"], end["failure"]["code"]) == ("failed", "supervisor-fault")
    assert "FileNotFoundError" in end["failure"]["traceback"]
    assert ended(sound)["reason"] == "completed"


@pytest.mark.parametrize("how", ["sigterm", "end of input"])
def test_it_ends_with_its_runs_when_asked_or_left(supervisor, tmp_path, how):
    folder = prepare(tmp_path, "r_1", "open('here', 'w')\ntime.sleep(60)")
    submit(supervisor, folder)
    wait_for(folder / "program" / "here")
    if how == "sigterm":
        supervisor.send_signal(signal.SIGTERM)
    else:
        supervisor.stdin.close()
    assert supervisor.wait(2) == 0
    assert ended(folder)["reason"] == "abandoned"
    status = json.loads((folder / "status.json").read_text())
    assert (status["state"], status["reason"], status["supervisor"]["pid"]) == ("ended", "abandoned", supervisor.pid)


def test_an_interrupt_from_the_terminal_is_not_its_affair(supervisor, tmp_path):
    folder = prepare(tmp_path, "r_1", "open('here', 'w')\ntime.sleep(0.3)\n" + RESULT)
    submit(supervisor, folder)
    wait_for(folder / "program" / "here")
    supervisor.send_signal(signal.SIGINT)
    assert ended(folder)["reason"] == "completed"

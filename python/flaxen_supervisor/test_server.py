"""The supervisor as a process: what it answers, how its runs end, and that one run's fault is no other's."""

import contextlib
import shutil
import signal

import pytest

from flaxen_supervisor import status
from flaxen_supervisor.test_attached import (
    HERE,
    WAIT,
    Attached,
    ask,
    children,
    ended,
    is_gone,
    is_here,
    marked,
    read,
    told,
    types,
)
from flaxen_supervisor.test_support import RESULT, Client, daemon, make_run, submission, wait_for


@pytest.fixture
def supervisor(tmp_path):
    """A running one."""
    running = Attached(tmp_path / "home")
    yield running
    running.close()


def test_a_run_that_cannot_be_accepted_is_refused_and_others_go_on(supervisor, tmp_path):
    refused = supervisor.submit(tmp_path / "nowhere")
    assert (refused["ok"], refused["code"]) == (False, "refused")
    assert supervisor.submit("relative")["code"] == "bad-request"
    folder = supervisor.start("r_1", RESULT)
    assert ended(folder)["reason"] == "completed"


@pytest.mark.parametrize(
    "fields",
    [
        {"device": "tpu"},
        {"slots": 0},
        {"maxSeconds": -1},
        {"retries": True},
        {"variables": {"A": 1}},
        {"variables": {"A": "\ud800"}},
        {"environment": 1},
    ],
)
def test_nonsense_is_refused_before_anything_is_written(supervisor, tmp_path, fields):
    folder = make_run(tmp_path, "r_1", RESULT)
    assert supervisor.submit(folder, **fields)["code"] == "bad-request"
    assert not (folder / "attempt-1").exists()


def test_a_folder_that_is_submitted_twice_is_one_run(supervisor):
    folder = supervisor.start("r_1", HERE + "time.sleep(0.2)\n" + RESULT)
    assert supervisor.submit(folder)["attempt"] == 1
    assert ended(folder)["reason"] == "completed"
    wait_for(lambda: told(folder)["state"] == "ended")
    assert supervisor.submit(folder) | {"id": 0} == {"id": 0, "ok": True, "run": "r_1", "attempt": 1}
    assert types(read(folder)).count("run.started") == 1


def test_a_fault_in_one_run_ends_that_run_only(supervisor):
    program = HERE + "time.sleep(1)\n" + RESULT
    broken, sound = (supervisor.start(name, program, slots=2) for name in ("r_1", "r_2"))
    is_here(broken)
    shutil.rmtree(broken / "control")
    end = ended(broken)
    assert (end["reason"], end["failure"]["code"]) == ("failed", "supervisor-fault")
    assert "FileNotFoundError" in end["failure"]["traceback"]
    assert ended(sound)["reason"] == "completed"


@pytest.mark.parametrize("how", ["sigterm", "end of input"])
def test_it_ends_with_its_runs_when_asked_or_left(supervisor, how):
    folder = supervisor.start("r_1", HERE + "time.sleep(60)")
    is_here(folder)
    worker = told(folder)["worker"]
    if how == "sigterm":
        supervisor.process.send_signal(signal.SIGTERM)
    else:
        supervisor.client.close()
    assert supervisor.process.wait(2) == 0
    assert ended(folder)["reason"] == "abandoned"
    assert is_gone(worker)
    left = told(folder)
    assert (left["state"], left["reason"], left["supervisor"]["pid"]) == ("ended", "abandoned", supervisor.process.pid)


def test_an_interrupt_from_the_terminal_is_not_its_affair(supervisor):
    folder = supervisor.start("r_1", HERE + "time.sleep(0.3)\n" + RESULT)
    is_here(folder)
    supervisor.process.send_signal(signal.SIGINT)
    assert ended(folder)["reason"] == "completed"


def test_the_status_says_what_a_run_does_and_who_would_know(supervisor):
    folder = supervisor.start("r_1", WAIT)
    is_here(folder)
    known = told(folder)
    assert (known["run"], known["attempt"], known["state"], known["detached"]) == ("r_1", 1, "running", False)
    assert known["supervisor"]["pid"] == supervisor.process.pid
    assert status.death(known) is None
    assert not is_gone(known["worker"])
    assert status.death(known | {"supervisor": known["supervisor"] | {"bootId": "another"}})
    assert status.death(known | {"supervisor": known["supervisor"] | {"startTime": "1"}})
    supervisor.process.kill()
    wait_for(lambda: status.death(known))
    wait_for(lambda: is_gone(known["worker"]))


def test_a_run_that_takes_too_long_is_timed_out(supervisor):
    step = 'emit("steps", first=0, count=1, metrics={"loss": [1.0]})\n'
    folder = supervisor.start("r_1", step + WAIT, maxSeconds=0.5)
    assert ended(folder)["reason"] == "timed-out"
    assert ended(folder)["step"] == 1


def test_a_device_that_is_not_there_is_an_ending_of_its_own(supervisor):
    facts = '{"asked": os.environ["FLAXEN_DEVICE"], "found": "cpu"}'
    words = '"code": "device-mismatch", "type": "DeviceError", "message": "", "traceback": "", "frames": []'
    failure = f'{{{words}, "data": {facts}}}'
    end = ended(supervisor.start("r_1", f'emit("_failure", failure={failure})\nsys.exit(1)', device="gpu"))
    assert end["reason"] == "device-mismatch"
    assert end["failure"]["data"] == {"asked": "gpu", "found": "cpu"}


def test_a_worker_that_was_killed_is_tried_again_as_often_as_was_asked(supervisor):
    dies = HERE + "os.kill(os.getpid(), 9)"
    folder = supervisor.start("r_1", dies, retries=1)
    end = ended(folder, attempt=2)
    assert (end["reason"], end["failure"]["code"]) == ("failed", "worker-killed")
    final = read(folder)[-1]
    assert [final[name] for name in ("type", "exit", "signal", "retry")] == ["attempt.ended", None, "SIGKILL", True]
    second = read(folder, 2)
    assert [(event["att"], event["seq"]) for event in second] == [(2, seq) for seq in range(len(second))]
    assert second[-2]["retry"] is False
    assert told(folder)["attempt"] == 2
    assert not list(folder.glob("attempt-*/.reserve"))


@pytest.mark.parametrize(("program", "fields"), [("sys.exit(3)", {"retries": 1}), ("os.kill(os.getpid(), 9)", {})])
def test_what_failed_by_itself_or_was_not_to_be_retried_is_not(supervisor, program, fields):
    folder = supervisor.start("r_1", program, **fields)
    assert ended(folder)["reason"] == "failed"
    assert [event["retry"] for event in read(folder) if event["type"] == "attempt.ended"] == [False]


def test_a_run_whose_supervisor_was_killed_is_started_again_as_its_next_attempt(supervisor, tmp_path):
    program = "subprocess = __import__('subprocess').Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    folder = supervisor.start("r_1", program + "open('child', 'w').write(str(subprocess.pid))\n" + HERE + WAIT)
    is_here(folder)
    ask(folder, "stop", "q1")
    wait_for(lambda: "control" in types(read(folder)))
    other = Attached(tmp_path / "home")
    with contextlib.closing(other):
        refused = other.submit(folder)
        assert refused["code"] == "refused"
        assert "not proven dead" in refused["message"]
        supervisor.process.kill()
        supervisor.process.wait()
        child = int((folder / "program" / "child").read_text())
        (folder / "program" / "flaxen" / "worker.py").write_text("sys = __import__('sys'); sys.exit(7)")
        assert other.submit(folder)["attempt"] == 2
        assert ended(folder, 2)["failure"]["code"] == "worker-exited"
        assert "control" not in types(read(folder, 2))  # it was answered already
        assert "run.ended" not in types(read(folder))
        wait_for(lambda: is_gone(child))
        assert other.submit(folder)["attempt"] == 2


def test_detached_runs_outlive_the_connections_that_began_them(tmp_path):
    root = tmp_path / "runs"
    waits = HERE + "while not os.path.exists('go'): time.sleep(0.01)\n" + RESULT
    detached, attached = (make_run(root, run, waits) for run in ("r_1", "r_2"))
    with daemon(root, FLAXEN_SUPERVISOR_IDLE=20) as (process, path):
        client, other = Client(path), Client(path)
        assert client.ask("submit", **submission(detached, slots=2, warm=False))[0]["ok"]
        assert client.ask("submit", **submission(attached, slots=2, warm=False, detached=False))[0]["ok"]
        is_here(detached)
        is_here(attached)
        client.close()
        assert ended(attached)["reason"] == "abandoned"
        assert (told(detached)["state"], told(detached)["detached"]) == ("running", True)
        assert other.ask("life", run="r_1")[0]["alive"]
        outside = make_run(tmp_path, "r_3", RESULT)
        assert other.ask("submit", **submission(outside))[0]["code"] == "bad-request"
        (detached / "program" / "go").touch()
        assert ended(detached)["reason"] == "completed"
        other.close()
        assert process.poll() is None


def test_what_is_left_of_a_supervisor_that_was_killed_is_ended_by_the_next(supervisor, tmp_path):
    program = "import subprocess\nleft = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    folder = supervisor.start("r_1", program + "open('left', 'w').write(str(left.pid))\n" + WAIT)
    is_here(folder)
    left = int((folder / "program" / "left").read_text())
    supervisor.process.kill()
    supervisor.process.wait()
    assert not is_gone(left)
    next_one = Attached(tmp_path / "home")
    wait_for(lambda: is_gone(left))
    next_one.close()


def test_what_a_program_leaves_behind_ends_with_it(supervisor):
    program = """
import subprocess
for options in ({}, {"start_new_session": True}):
    child = "import os, signal, time\\nsignal.signal(15, signal.SIG_IGN)\\nif os.fork() == 0: time.sleep(60)"
    subprocess.run([sys.executable, "-c", child], **options)
if os.fork() == 0:
    os.setsid()
    if os.fork():
        os._exit(0)
    os.close(0)
    time.sleep(60)
"""
    folder = supervisor.start("r_1", program + RESULT)
    assert ended(folder)["reason"] == "completed"
    assert marked(folder) == []
    wait_for(lambda: not children(supervisor.process.pid))


@pytest.mark.parametrize(
    ("program", "reason", "message"),
    [
        (
            'emit("_failure", failure={"code": "exception", "type": "ValueError", "message": "\\ud800 is half a letter"'
            ', "traceback": "", "frames": [], "data": {}})\n',
            "failed",
            "\ud800 is half a letter",
        ),
        ('emit("steps", nonsense=True)\n', "failed", "Python ended with exit code 0 before the training did"),
        (
            'emit("steps", nonsense=True)\nemit("_result", step=3, epoch=None, bestEpoch=None, metrics={})\n',
            "failed",
            "Python ended with exit code 0 before the training did",
        ),
        ('emit("_result", reason="wonderful")\n', "failed", "Python ended with exit code 0 before the training did"),
        ('emit("_failure", failure="no idea")\n', "failed", "Python ended with exit code 0 before the training did"),
    ],
)
def test_whatever_a_worker_says_its_run_has_an_end(supervisor, program, reason, message):
    end = ended(supervisor.start("r_1", program))
    assert (end["reason"], end["failure"] and end["failure"]["message"]) == (reason, message)
    assert ended(supervisor.start("r_2", RESULT))["reason"] == "completed"


def test_half_a_letter_in_a_request_is_an_unknown_verb(supervisor):
    folder = supervisor.start("r_1", HERE + WAIT + RESULT)
    is_here(folder)
    ask(folder, "\ud800")
    assert "unknown-verb" in [event["outcome"] for event in wait_for(lambda: told_of(folder, "control"))]
    ask(folder, "cancel", "q2")
    assert ended(folder)["reason"] == "cancelled"


def told_of(folder, type):
    """Events of a type so far."""
    return [event for event in read(folder) if event["type"] == type]


def test_a_run_that_was_told_to_stop_is_not_tried_again(supervisor):
    program = HERE + "sys.stdin.readline()\nos.kill(os.getpid(), 11)\n"
    folder = supervisor.start("r_1", program, retries=1)
    is_here(folder)
    ask(folder, "stop")
    assert (ended(folder)["reason"], (folder / "attempt-2").exists()) == ("failed", False)


def test_a_copied_folder_is_no_run(tmp_path):
    root = tmp_path / "runs"
    with daemon(root) as (_, socket):
        client = Client(socket)
        make_run(root, "r_1", RESULT).rename(root / "r_2")
        refused, _ = client.ask("submit", **submission(root / "r_2"))
        assert (refused["ok"], refused["code"]) == (False, "bad-request")
        client.close()

"""Processes that serve several runs: which run gets which, when one is ended, and that none outlives its supervisor."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest

from flaxen_supervisor import leftovers, pool
from flaxen_supervisor.place import REPEAT
from flaxen_supervisor.server import Server
from flaxen_supervisor.submission import Submission
from flaxen_supervisor.test_attached import (
    HERE,
    WAIT,
    Attached,
    ask,
    children,
    ended,
    is_gone,
    is_here,
    read,
    told,
    types,
)
from flaxen_supervisor.test_support import RESULT, make_run, wait_for
from flaxen_supervisor.worker_process import Recipe

# A worker as flaxen's own is one: it tells that it waits, and runs what it is asked to next.
KEEPS = """
times = 0
while True:
    times += 1
    here = {"times": times, "pid": os.getpid(), "run": os.environ["FLAXEN_RUN"], "folder": os.getcwd()}
    here |= {"gpu": os.environ.get("CUDA_VISIBLE_DEVICES"), "keep": os.environ.get("FLAXEN_KEEP")}
    emit("warning", code="here", text=json.dumps(here))
    BODY
    print("printed in", times, flush=True)
    emit("_result", reason="completed", step=times, epoch=None, bestEpoch=None, metrics={})
    emit("_idle", rss=RSS)
    print("late in", times, flush=True)
    line = sys.stdin.readline()
    if not line:
        os._exit(1)
    request = json.loads(line)
    if os.environ.get("DIES_READING"):
        os.kill(os.getpid(), 9)
    emit("_taken")
    os.environ.update(request["variables"])
    os.chdir(request["folder"] + "/program")
"""


def keeps(body="pass", rss="1"):
    """That worker, with something to do in each run."""
    return KEEPS.replace("BODY", body).replace("RSS", rss)


@pytest.fixture(scope="session")
def bare(tmp_path_factory):
    """An environment with nothing in it: its spare is ready at once."""
    folder = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    return folder / "bin" / "python"


@pytest.fixture
def supervisor(tmp_path, bare):
    """A running one; its runs use the bare environment and may be kept warm."""
    running = Attached(tmp_path / "home")
    running.defaults = {"warm": True, "interpreter": str(bare), "slots": 1}
    yield running
    running.close()


def finish(folder):
    """Waits for a run's end; returns what its worker said of itself."""
    assert ended(folder)["reason"] == "completed"
    (said,) = [json.loads(event["text"]) for event in read(folder) if event["type"] == "warning"]
    assert (said["run"], said["folder"]) == (str(folder), str(folder / "program"))
    return said


class Holder:
    """One that has a place."""

    def __init__(self, submission):
        self.submission = submission


def spare(supervisor):
    """Waits for a spare; returns its pid."""
    found = wait_for(lambda: [pid for pid in children(supervisor.process.pid) if b"--spare" in words(pid)])
    assert len(found) == 1
    return found[0]


def words(pid):
    """A process's command line."""
    try:
        return pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


def test_a_program_that_was_run_before_is_run_by_the_same_process(supervisor):
    first = finish(supervisor.start("r_1", keeps(), known="p"))
    folder = supervisor.start("r_2", keeps(), known="p")
    second = finish(folder)
    assert (second["times"], second["pid"]) == (2, first["pid"])
    assert not any(variable.startswith(b"FLAXEN_RUN=") for variable in leftovers.variables(first["pid"]))
    events = read(folder)
    assert types(events)[-2:] == ["attempt.ended", "run.ended"]
    assert [events[-2][name] for name in ("exit", "signal", "retry")] == [None, None, False]
    printed = [event["text"] for event in events if event["type"] == "log"]
    assert [text for text in printed if text != "late in 2"] == ["printed in 2"]
    assert told(folder)["worker"] is None


def test_memory_comes_in_large_pages(supervisor):
    worker = finish(supervisor.start("r_1", keeps(), known="p"))
    assert b"GLIBC_TUNABLES=glibc.malloc.hugetlb=1" in leftovers.variables(worker["pid"])


def test_another_program_gets_the_spare_and_never_a_used_process(supervisor):
    first = finish(supervisor.start("r_1", keeps(), known="p"))
    waiting = spare(supervisor)
    second = finish(supervisor.start("r_2", keeps(), known="q"))
    assert second["pid"] == waiting != first["pid"]
    assert second["times"] == 1
    wait_for(lambda: is_gone(first["pid"]))  # one place, so one process waits for its program


def test_a_spare_is_not_paid_for_before_a_run_has_ended(supervisor):
    folder = supervisor.start("r_1", HERE + "sys.stdin.readline()\n" + RESULT)
    is_here(folder)
    assert children(supervisor.process.pid) == [told(folder)["worker"]]
    time.sleep(2 * pool.SPARE_DELAY)
    assert children(supervisor.process.pid) == [told(folder)["worker"]]
    ask(folder, "stop")
    ended(folder)
    assert spare(supervisor)


def test_one_can_be_asked_for(supervisor, bare):
    answer, _ = supervisor.client.ask("prepare", environment={"name": "base"}, interpreter=str(bare), variables={})
    assert answer["ok"]
    waiting = spare(supervisor)
    assert finish(supervisor.start("r_1", keeps()))["pid"] == waiting


def test_variables_are_part_of_what_a_process_is(supervisor):
    first = finish(supervisor.start("r_1", keeps(), known="p", variables={"XLA_FLAGS": ""}))
    second = finish(supervisor.start("r_2", keeps(), known="p", variables={"XLA_FLAGS": "--other"}))
    assert first["pid"] != second["pid"]


def test_nothing_is_kept_of_a_run_that_does_not_want_it(supervisor):
    folder = supervisor.start("r_1", 'emit("warning", code="", text=os.environ.get("FLAXEN_KEEP", "no"))', warm=False)
    ended(folder)
    assert next(event["text"] for event in read(folder) if event["type"] == "warning") == "no"
    time.sleep(2 * pool.SPARE_DELAY)
    assert children(supervisor.process.pid) == []


@pytest.mark.parametrize("body", ["sys.exit(1)", "raise ValueError('no')"])
def test_a_process_in_which_something_failed_serves_nobody_else(supervisor, body):
    folder = supervisor.start("r_1", keeps(body), known="p")
    ended(folder)
    said = next(json.loads(event["text"]) for event in read(folder) if event["type"] == "warning")
    assert finish(supervisor.start("r_2", keeps(), known="p"))["pid"] != said["pid"]


def test_a_cancelled_process_serves_nobody_else(supervisor):
    cancelled = "emit('warning', code='', text='x'); open('here', 'w').close(); sys.stdin.readline()"
    folder = supervisor.start("r_1", keeps(cancelled), known="p")
    is_here(folder)
    worker = told(folder)["worker"]
    ask(folder, "cancel")
    assert ended(folder)["reason"] in ("completed", "cancelled")
    wait_for(lambda: is_gone(worker))


def test_a_process_that_grows_is_ended(supervisor):
    rss = "1 if times == 1 else 10**9"
    first, second = (finish(supervisor.start(run, keeps(rss=rss), known="p")) for run in ("r_1", "r_2"))
    assert first["pid"] == second["pid"]
    wait_for(lambda: is_gone(first["pid"]))


def test_a_changed_environment_ends_what_was_started_in_it(supervisor, bare):
    first = finish(supervisor.start("r_1", keeps(), known="p"))
    (packages,) = bare.parent.parent.glob("lib/python*/site-packages")
    (packages / f"new-{time.time_ns()}").mkdir()
    second = finish(supervisor.start("r_2", keeps(), known="p"))
    assert first["pid"] != second["pid"]
    wait_for(lambda: is_gone(first["pid"]))


def test_what_a_program_leaves_behind_ends_though_its_process_stays(supervisor):
    body = """
    import subprocess
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    if os.fork() == 0:
        if os.fork() == 0:
            os.setsid()
            time.sleep(60)
        os._exit(0)
    os.wait()
"""
    said = finish(supervisor.start("r_1", keeps(body.strip()), known="p"))
    waiting = spare(supervisor)
    wait_for(lambda: sorted(children(supervisor.process.pid)) == sorted([said["pid"], waiting]))


@pytest.mark.parametrize("when", ["before it is asked", "before it hears"])
def test_a_process_that_dies_while_it_waits_costs_no_run(supervisor, when):
    first = finish(supervisor.start("r_1", keeps(), known="p"))
    if when == "before it hears":
        os.kill(first["pid"], signal.SIGSTOP)
        folder = supervisor.start("r_2", keeps(), known="p")
        wait_for(lambda: told(folder)["worker"] == first["pid"])
        os.kill(first["pid"], signal.SIGKILL)
    else:
        os.kill(first["pid"], signal.SIGKILL)
        folder = supervisor.start("r_2", keeps(), known="p")
    assert finish(folder)["pid"] != first["pid"]
    assert types(read(folder)).count("run.started") == 1


def test_a_process_that_dies_with_a_run_in_its_hands_that_it_has_not_begun_costs_no_run(supervisor):
    first = finish(supervisor.start("r_1", keeps("os.environ['DIES_READING'] = 'yes'"), known="p"))
    folder = supervisor.start("r_2", keeps(), known="p")
    assert finish(folder)["pid"] != first["pid"]
    assert types(read(folder)).count("run.started") == 1


@pytest.mark.parametrize("how", ["SIGKILL", "end of input"])
def test_what_waits_ends_with_the_supervisor(supervisor, how):
    said, waiting = finish(supervisor.start("r_1", keeps(), known="p")), spare(supervisor)
    if how == "SIGKILL":
        supervisor.process.kill()
    else:
        supervisor.client.close()
    supervisor.process.wait(5)
    wait_for(lambda: is_gone(said["pid"]) and is_gone(waiting))


def test_each_run_has_a_gpu_of_its_own_and_another_program_frees_its_memory_first(supervisor):
    gpus = {"variables": {"CUDA_VISIBLE_DEVICES": "3,5"}, "slots": None, "device": "gpu"}
    waits = "open('here', 'w').close()\n    time.sleep(0.3)"
    both = [supervisor.start(run, keeps(waits), known=run, **gpus) for run in ("r_1", "r_2")]
    queued = supervisor.start("r_3", keeps(), known="r_3", **gpus)
    first, second = map(finish, both)
    assert [first["gpu"], second["gpu"]] == ["3", "5"]
    third = finish(queued)
    reasons = [event["reason"] for event in read(queued) if event["type"] == "run.queued"]
    assert reasons[0] == "2 of 2 places are taken by r_1, r_2"
    assert third["gpu"] in ("3", "5")
    holder = first if third["gpu"] == "3" else second
    assert is_gone(holder["pid"])
    again = finish(supervisor.start("r_4", keeps(), known="r_3", **gpus))
    assert (again["pid"], again["times"], again["gpu"]) == (third["pid"], 2, third["gpu"])


def test_runs_wait_for_a_place_in_their_order_and_say_for_what(supervisor):
    first = supervisor.start("r_1", WAIT)
    is_here(first)
    second, third, fourth = (supervisor.start(f"r_{number}", RESULT) for number in (2, 3, 4))
    wait_for(lambda: types(read(fourth))[-1] == "run.queued")
    assert told(second)["state"] == "queued"
    assert types(read(second)) == ["attempt.started", "env.ready", "run.queued"]
    assert read(second)[-1]["reason"] == "1 of 1 places is taken by r_1"
    ask(third, "cancel")
    assert ended(third)["reason"] == "cancelled"
    assert "run.started" not in types(read(third))
    ask(first, "cancel")
    assert ended(first)["reason"] == "cancelled"
    assert ended(second)["reason"] == "completed"
    assert ended(fourth)["reason"] == "completed"
    assert read(fourth)[2]["t"] <= ended(second)["t"] <= ended(fourth)["t"]
    events = read(second)
    started = next(event for event in events if event["type"] == "run.started")
    assert started["seq"] == len([event for event in events if event["type"] == "run.queued"]) + 2


def test_who_waits_long_says_so_again_and_again(tmp_path):
    server, folder = Server(tmp_path), make_run(tmp_path, "r_1", RESULT)
    server.slots.take(Holder(Submission({"slots": 1}, make_run(tmp_path, "r_0", ""), None)), ())
    attempt = server.submit({"folder": str(folder), "interpreter": sys.executable, "slots": 1}, None)
    now = time.monotonic()
    for later, times in ((0, 1), (REPEAT - 1, 1), (REPEAT + 1, 2), (REPEAT + 2, 2), (2 * REPEAT + 2, 3)):
        attempt.tick(now + later)
        assert types(read(folder)).count("run.queued") == times
    attempt.abandon()
    attempt.tick(now)


def test_waiting_in_the_queue_is_no_part_of_the_longest_duration(supervisor):
    first = supervisor.start("r_1", HERE + "time.sleep(0.6)\n" + RESULT)
    second = supervisor.start("r_2", RESULT, maxSeconds=0.5)
    assert ended(first)["reason"] == ended(second)["reason"] == "completed"


def test_what_waits_too_long_or_ran_too_often_is_ended(tmp_path, bare):
    server = Server(tmp_path)
    server.pool.start_spare(Recipe.of(bare, {}))
    (worker,) = server.pool.workers
    server.pool.tick(time.monotonic() + pool.IDLE / 2)
    assert worker.waits()
    server.pool.tick(time.monotonic() + pool.IDLE + 1)
    assert worker.process.wait(5) == -signal.SIGKILL
    server.pool.tick(time.monotonic())
    wait_for(lambda: (server.pool.tick(time.monotonic()), server.pool.workers == [])[1])

"""Builders in processes of their own: several at once, and killed at any stage of their work."""

import os
import pathlib
import time

import pytest

from flaxen_supervisor.environment.build import ensure, find_ready
from flaxen_supervisor.environment.conftest import silent, told

STAGES = ["Making a Python environment", "Checking that everything"]


@pytest.fixture
def hold(tiny, tmp_path):
    """A file that keeps builders at their last stage while it is there."""
    path = tmp_path / "hold"
    path.touch()
    wait = "import pathlib, time, tiny\nwhile pathlib.Path({!r}).exists(): time.sleep(0.02)\n"
    tiny.check(wait.format(str(path)))
    return path


@pytest.fixture
def start(tiny):
    """Starts builders; none survives the test."""
    started = []

    def start():
        started.append(tiny.start())
        return started[-1]

    yield start
    for builder in started:
        builder.kill()
        builder.wait()
        builder.stdout.close()


def kill(builder):
    """SIGKILL, and nothing of it is left."""
    builder.kill()
    builder.wait()


def working_in(folder):
    """Pids of processes that were started with an interpreter, or with an argument, in the folder."""
    sign, found = str(folder).encode(), []
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and int(entry.name) != os.getpid() and sign in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:
            pass
    return found


def eventually(holds, seconds=5):
    """Whether it holds within some time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


@pytest.mark.parametrize("stage", STAGES)
def test_what_a_killed_builder_left_is_built_anew_and_what_stands_is_not_touched(tiny, hold, start, stage):
    hold.unlink()
    stands = ensure(tiny.wanted, tiny.home, silent)
    before = pathlib.Path(stands["python"]).parents[1].stat()
    tiny.lock(f"# changed\n{(tiny.locks / 'tiny-py311.txt').read_text()}")
    key, _ = find_ready(tiny.wanted, tiny.home)
    hold.touch()
    builder = start()
    told(builder, stage)
    kill(builder)
    assert find_ready(tiny.wanted, tiny.home)[1] is None
    assert eventually(lambda: not working_in(tiny.home / "environments"))
    hold.unlink()
    assert ensure(tiny.wanted, tiny.home, silent)["built"]
    assert tiny.environments == sorted([stands["key"], key])
    after = pathlib.Path(stands["python"]).parents[1].stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_two_builders_make_one_environment(tiny, hold, start):
    first = start()
    told(first, "Checking that everything")
    second = start()
    told(second, "Another process is building")
    hold.unlink()
    both = [told(builder)[-1] for builder in (first, second)]
    assert [ready["built"] for ready in both] == [True, False]
    assert both[0]["python"] == both[1]["python"]
    assert tiny.environments == [both[0]["key"]]


def test_who_waits_for_a_builder_that_is_killed_builds_itself(tiny, hold, start):
    first = start()
    told(first, "Checking that everything")
    second = start()
    told(second, "Another process is building")
    kill(first)
    hold.unlink()
    ready = told(second)[-1]
    assert ready["built"]
    assert tiny.environments == [ready["key"]]


@pytest.mark.usefixtures("hold")
def test_a_builder_that_is_asked_to_end_leaves_nothing(tiny, start):
    builder = start()
    told(builder, "Checking that everything")
    builder.terminate()
    assert builder.wait() == 143
    assert tiny.environments == []
    assert eventually(lambda: not working_in(tiny.home / "environments"))

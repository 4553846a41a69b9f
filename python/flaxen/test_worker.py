"""The worker as its supervisor sees it: real pipes, real ends."""

import json
import os
import signal
import subprocess
import sys

import pytest

from conftest import alive, gone, until


def test_what_the_program_prints_is_not_among_the_events(project):
    p = project("diabetes")
    p.edit("train.py", "    with run.open(", '    print(\'{"type":"steps"}\')\n    with run.open(')
    process, events = p.supervised(epochs=1)
    assert [event["type"] for event in events][-1] == "_result"
    assert process.wait() == 0
    assert process.stdout.read() == '{"type":"steps"}\n'


LOAD = "        train, validation = data.load(config)\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "model.py",
            "nnx.relu(self.dense2(x))",
            "nnx.relu(self.dense2(x[:, :-1]))",
            ("exception", "TypeError", "model.py", "self.dense2(x[:, :-1])"),
        ),
        ("model.py", "import nnx", "import nnx)", ("exception", "SyntaxError", "model.py", ")")),
        (
            "train.py",
            "import optax\n",
            "import optax_\n",
            ("exception", "ModuleNotFoundError", "train.py", "import optax_"),
        ),
        (
            "train.py",
            LOAD,
            '        raise MemoryError("16 GB")\n' + LOAD,
            ("oom", "MemoryError", "train.py", 'raise MemoryError("16 GB")'),
        ),
        (
            "train.py",
            LOAD,
            '        raise OSError(28, "No space left on device")\n' + LOAD,
            ("disk-full", "OSError", "train.py", 'raise OSError(28, "No space left on device")'),
        ),
        ("train.py", LOAD, "        sys.exit(3)\n" + LOAD, ("exception", "SystemExit", "train.py", "sys.exit(3)")),
    ],
)
def test_failures_point_into_the_program(project, file, old, new, expected):
    p = project("diabetes")
    p.edit(file, old, new)
    failure, _ = p.failed()
    frame = failure["frames"][-1]
    line = (p.folder / frame["file"]).read_text().splitlines()[frame["line"] - 1]
    place = line[frame["column"] : frame["endColumn"]]
    assert (failure["code"], failure["type"], frame["file"], place) == expected
    assert "/jax/" not in failure["traceback"]
    assert failure["type"] in failure["traceback"]


def test_bad_data_fails_before_anything_is_compiled(project):
    p = project("diabetes")
    p.config["data"]["features"]["patient"][0] = "agee"
    failure, events = p.failed()
    assert failure["code"] == "unknown-column"
    assert failure["message"] == 'diabetes.csv has no column "agee"; did you mean "age"?'
    assert failure["data"]["column"] == "agee"
    assert [event["type"] for event in events] == ["device.info"]


def test_stop_keeps_what_was_learnt(project):
    p = project("diabetes")
    process, events = p.supervised(epochs=100_000, early_stopping=None)
    until(events, "epoch")
    process.stdin.write('{"verb":"stop"}\n')
    process.stdin.flush()
    *_, before, last = events
    assert (last["type"], last["reason"]) == ("_result", "stopped")
    assert (before["type"], before["metrics"]) == ("epoch", last["metrics"])
    assert process.wait() == 0
    assert (p.folder / "run" / "artifacts" / "weights.safetensors").exists()


@pytest.mark.parametrize("stage", ["device.info", "compile.started", "steps"])
def test_cancel_at_any_stage(project, stage):
    p = project("diabetes")
    process, events = p.supervised(epochs=100_000, early_stopping=None)
    until(events, stage)
    process.stdin.write('{"verb":"cancel"}\n')
    process.stdin.flush()
    *_, last = events
    assert (last["type"], last["reason"]) == ("_result", "cancelled")
    assert process.wait() == 0
    assert not (p.folder / "run" / "artifacts").exists()


def test_the_end_of_standard_input_ends_it(project):
    process, events = project("diabetes").supervised(epochs=100_000, early_stopping=None)
    until(events, "steps")
    process.stdin.close()
    assert process.wait(2) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is Linux's own")
def test_it_dies_with_its_parent_though_its_pipes_stay_open(project, tmp_path):
    p = project("diabetes")
    run = p.laid_out(epochs=100_000, early_stopping=None)
    parent = tmp_path / "parent.py"
    parent.write_text(
        "import os, subprocess, sys, time\n"
        "env = {'FLAXEN_RUN': sys.argv[1], 'FLAXEN_EVENTS_FD': '3'}\n"
        "command = [sys.executable, '-m', 'flaxen.worker']\n"
        "child = subprocess.Popen(command, cwd=sys.argv[1] + '/program', stdin=0, pass_fds=[3], env=env)\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(100)\n"
    )
    read, write = os.pipe()
    command = f"exec 3>&{write}; exec {sys.executable} {parent} {run}"
    process = subprocess.Popen(
        ["bash", "-c", command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=[write], text=True
    )
    os.close(write)
    child = int(process.stdout.readline())
    with os.fdopen(read) as events:
        assert json.loads(events.readline())["type"] == "device.info"
        assert alive(child)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert gone(child)
    process.stdin.close()
    process.stdout.close()

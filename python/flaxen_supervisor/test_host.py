"""The process of a worker before it has a program: what it imports, how it begins, how it ends."""

import json
import os
import pathlib
import subprocess
import sys
import time

import pytest

HOST = pathlib.Path(__file__).with_name("host.py")
# A package that stands for JAX: importing it is seen, and so is the environment at that time.
JAX = 'import os\nfiltering = os.environ["JAX_TRACEBACK_FILTERING"]\n'
WORKER = """
import json, os, sys
jax = sys.modules.get("jax")
print(json.dumps({
    "cwd": os.getcwd(), "first": sys.path[0], "name": __name__, "run": os.environ["FLAXEN_RUN"],
    "jax": jax and jax.filtering, "host": sys.modules.get("processes") is not None, "rest": os.read(0, 100).decode(),
    "own": [entry for entry in sys.path if entry.endswith("flaxen_supervisor")],
}), flush=True)
"""


@pytest.fixture
def start(tmp_path):
    """Starts a host in an environment whose JAX is a small file."""
    started = []
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "jax.py").write_text(JAX)

    events = (tmp_path / "events").open("wb")

    def host(*arguments, **options):
        command = [sys.executable, str(HOST), *arguments]
        variables = {"PYTHONPATH": str(tmp_path / "packages"), "FLAXEN_EVENTS_FD": str(events.fileno())}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        given = {"env": variables, "pass_fds": [events.fileno()]}
        started.append(subprocess.Popen(command, **given, **pipes, **options))
        return started[-1]

    yield host
    events.close()
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def request_to_run(tmp_path):
    """The line that asks for a run of a program with a worker of its own."""
    package = tmp_path / "run" / "program" / "flaxen"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "worker.py").write_text(WORKER)
    folder = str(tmp_path / "run")
    return json.dumps({"verb": "run", "folder": folder, "variables": {"FLAXEN_RUN": folder}, "run": "r_1"}).encode()


@pytest.mark.parametrize("arguments", [(), ("--spare",)])
def test_the_programs_worker_takes_over(start, request_to_run, tmp_path, arguments):
    process = start(*arguments)
    said, errors = process.communicate(request_to_run + b'\n{"verb":"stop"}\n', timeout=20)
    assert process.returncode == 0, errors
    assert (tmp_path / "events").read_text() == '{"type":"_taken"}\n'
    program = str(tmp_path / "run" / "program")
    assert json.loads(said) == {
        "cwd": program,
        "first": program,
        "name": "__main__",
        "run": str(tmp_path / "run"),
        "jax": "off" if arguments else None,
        "host": False,
        "rest": '{"verb":"stop"}\n',
        "own": [],
    }


@pytest.mark.parametrize("arguments", [(), ("--spare",)])
def test_the_end_of_standard_input_ends_it(start, arguments):
    process = start(*arguments)
    process.stdin.close()
    assert process.wait(20) == 1
    process.stdin = None


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is Linux's own")
def test_it_dies_with_its_parent_though_standard_input_stays_open(tmp_path):
    (tmp_path / "jax.py").write_text("import os\nprint(os.getpid(), flush=True)\n")
    read, write = os.pipe()
    parent = (
        "import subprocess, sys, time\n"
        "subprocess.Popen([sys.executable, sys.argv[1], '--spare'], stdin=0, env={'PYTHONPATH': sys.argv[2]})\n"
        "time.sleep(100)\n"
    )
    command = [sys.executable, "-c", parent, str(HOST), str(tmp_path)]
    process = subprocess.Popen(command, stdin=read, stdout=subprocess.PIPE, text=True)
    os.close(read)
    status = pathlib.Path(f"/proc/{int(process.stdout.readline())}/status")
    process.kill()
    process.wait()
    end = time.monotonic() + 2
    while status.exists() and "\nState:\tZ" not in status.read_text():
        assert time.monotonic() < end
        time.sleep(0.01)
    os.close(write)
    process.stdout.close()

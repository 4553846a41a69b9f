"""A supervisor on standard input and output."""

import contextlib
import os
import pathlib
import subprocess
import sys
import time

import pytest

from flaxen_supervisor import wire
from flaxen_supervisor.test_support import SOURCES, command

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what a process holds is looked up in /proc")


@contextlib.contextmanager
def served(tmp_path):
    """One that has greeted, on two pipes."""
    arguments = command("serve", "--home", tmp_path / "home")
    with subprocess.Popen(arguments, cwd=SOURCES, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"\n"
        assert process.stdout.readline().startswith(b"FLAXEN/1 sha256:")
        yield process
        process.kill()


def test_it_speaks_until_its_input_closes(tmp_path):
    with served(tmp_path) as process:
        process.stdin.write(b"".join(wire.frame({"id": 7, "verb": "ping"})))
        process.stdin.flush()
        assert process.stdout.read(27) == b"".join(wire.frame({"id": 7, "ok": True}))
        process.stdin.close()
        assert process.wait(5) == 0


def test_it_ends_though_nobody_reads_what_it_says(tmp_path):
    with served(tmp_path) as process:
        pings = b"".join(b"".join(wire.frame({"id": id, "verb": "ping"})) for id in range(60_000))
        process.stdin.write(pings)
        process.stdin.flush()
        time.sleep(0.2)
        process.stdin.close()
        assert process.wait(5) == 0


def test_what_it_or_a_child_prints_by_mistake_does_not_get_between_frames(tmp_path):
    with served(tmp_path) as process:
        descriptors = pathlib.Path(f"/proc/{process.pid}/fd")
        assert str((descriptors / "0").readlink()) == os.devnull
        assert (descriptors / "1").readlink() == (descriptors / "2").readlink()
        assert (descriptors / "1").readlink() != pathlib.Path(f"/proc/self/fd/{process.stdout.fileno()}").readlink()

"""What tests of the supervisor share: one that runs, a client of its protocol, runs whose worker is a given program."""

import contextlib
import json
import os
import pathlib
import socket
import subprocess
import sys
import time

from flaxen_supervisor import wire

SOURCES = pathlib.Path(__file__).parents[1]
WORKER = """
import json, os, sys, time
def emit(type, **fields):
    os.write(int(os.environ["FLAXEN_EVENTS_FD"]), json.dumps({"type": type, **fields}).encode() + b"\\n")
"""
RESULT = '\nemit("_result", reason="completed", step=0, epoch=None, bestEpoch=None, metrics={})\n'
PATIENCE = 20  # seconds


class Client:
    """Speaks the protocol over a socket; every wait is bounded."""

    def __init__(self, end):
        self.socket = socket.socket(socket.AF_UNIX) if isinstance(end, str) else end
        if isinstance(end, str):
            self.socket.connect(end)
        self.socket.settimeout(PATIENCE)
        self._frames, self._ids, self._kept = wire.FrameReader(), 0, {}
        self.identity = self._greeting()

    def ask(self, verb, **fields):
        """Sends a request and returns its answer: (fields, bytes)."""
        return self.answer(self.send(verb, **fields))

    def send(self, verb, **fields):
        """Sends a request and returns its id."""
        self._ids += 1
        self.raw(b"".join(wire.frame({"id": self._ids, "verb": verb, **fields})))
        return self._ids

    def raw(self, data):
        """Sends bytes."""
        self.socket.sendall(data)

    def answer(self, id):
        """Waits for the answer to a request, others are kept."""
        while id not in self._kept:
            fields, body = self.next()
            self._kept[fields["id"]] = (fields, body)
        return self._kept.pop(id)

    def next(self):
        """Waits for the next answer to any request."""
        while (message := self._frames.next()) is None:
            data = self.socket.recv(1 << 20)
            if not data:
                raise EOFError
            self._frames.feed(data)
        return message

    def is_closed(self):
        """Waits until the other side closes: whether it does."""
        with contextlib.suppress(ConnectionError):
            while self.socket.recv(1 << 20):
                pass
        return True

    def close(self):
        """Hangs up."""
        self.socket.close()

    def _greeting(self):
        heard = b""
        while heard.count(b"\n") < 2:
            piece = self.socket.recv(1)
            if not piece:
                raise EOFError(heard)
            heard += piece
        return heard.split()[1].decode()


def command(*arguments):
    """`python -m flaxen_supervisor …`."""
    return [sys.executable, "-m", "flaxen_supervisor", *map(str, arguments)]


@contextlib.contextmanager
def daemon(root, **variables):
    """A running one of a root: (process, path of its socket)."""
    arguments = command("daemon", "--root", root, "--home", root.parent / "home")
    environment = os.environ | {name: str(value) for name, value in variables.items()}
    with subprocess.Popen(arguments, cwd=SOURCES, env=environment) as process:
        try:
            yield process, wait_for(lambda: find(root))["socket"]
        finally:
            process.terminate()


def find(root):
    """What the daemon of a root says of itself; None while there is none."""
    for path in root.glob(".supervisor-*/daemon.json"):
        return json.loads(path.read_text())
    return None


def make_run(root, run, program):
    """A run's folder whose worker is the given program."""
    folder = root / run
    package = folder / "program" / "flaxen"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "worker.py").write_text(WORKER + program)
    job = {"run": run, "document": "sha256:d", "program": f"sha256:{run}", "environment": "base", "metrics": []}
    (folder / "job.json").write_text(json.dumps(job))
    return folder


def submission(folder, **fields):
    """Fields of a `submit` whose interpreter is this one."""
    return {"folder": str(folder), "interpreter": sys.executable, "detached": True} | fields


def wait_for(look):
    """Waits until a look finds something; returns it."""
    deadline = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < deadline, "it does not come"
        time.sleep(0.01)
    return found


def resident(pid):
    """Bytes of memory that a process holds (Linux)."""
    return int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

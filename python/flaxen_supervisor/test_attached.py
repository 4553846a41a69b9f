"""What tests of runs share: a supervisor that is attached to its one client, and what its runs have written."""

import contextlib
import json
import socket
import subprocess

from flaxen_supervisor import leftovers, processes
from flaxen_supervisor.test_support import SOURCES, Client, command, make_run, submission, wait_for

HERE = "open('here', 'w').close()\n"
WAIT = HERE + "sys.stdin.read()\n"


class Attached:
    """A supervisor and its one client."""

    def __init__(self, home):
        own, theirs = socket.socketpair()
        with theirs:
            arguments = command("serve", "--home", home)
            self.process = subprocess.Popen(arguments, cwd=SOURCES, stdin=theirs, stdout=theirs)
        self.client = Client(own)
        self.root = home.parent
        self.defaults = {"warm": False}

    def submit(self, folder, **fields):
        """The answer."""
        return self.client.ask("submit", **submission(folder, detached=False) | self.defaults | fields)[0]

    def start(self, run, program, known=None, **fields):
        """Makes a run of a program and starts it; returns its folder. `known`: the program's hash."""
        folder = make_run(self.root, run, program)
        if known:
            job = json.loads((folder / "job.json").read_text())
            (folder / "job.json").write_text(json.dumps(job | {"program": known}))
        assert self.submit(folder, **fields)["ok"]
        return folder

    def close(self):
        """Hangs up and waits for the end."""
        self.client.close()
        self.process.wait(10)


def marked(folder):
    """Processes that were started with a run's variables, and live (Linux)."""
    mark = f"FLAXEN_RUN={folder}".encode()
    return [pid for pid in leftovers.everybody() if not is_gone(pid) and _has(pid, mark)]


def _has(pid, mark):
    with contextlib.suppress(OSError):
        return mark in leftovers.variables(pid)
    return False


def read(folder, attempt=1):
    """The whole lines of a log as events."""
    text = (folder / f"attempt-{attempt}" / "events.jsonl").read_text()
    return [json.loads(line) for line in text.split("\n")[:-1]]


def types(events):
    """Their types, but for the beat of the heart."""
    return [event["type"] for event in events if event["type"] != "heartbeat"]


def last(folder, type, attempt=1):
    """Waits for the last event of a log to be of a type."""

    def look():
        with contextlib.suppress(FileNotFoundError):
            events = read(folder, attempt)
            return events and events[-1]["type"] == type and events[-1]

    return wait_for(look)


def ended(folder, attempt=1):
    """Waits for the end of a run."""
    return last(folder, "run.ended", attempt)


def told(folder):
    """The run's status."""
    return json.loads((folder / "status.json").read_text())


def ask(folder, verb, id="q1"):
    """Puts a request into the inbox."""
    part = folder / "control" / f".{id}.part"
    part.write_text(json.dumps({"id": id, "verb": verb}))
    part.rename(part.with_name(f"{id}.json"))


def is_here(folder):
    """Waits for the program to have begun."""
    wait_for((folder / "program" / "here").exists)


def is_gone(pid):
    """Whether a process has ended."""
    return processes.start_time(pid) is None


def children(pid):
    """Descendants of a process that live (Linux)."""
    return [each for each in leftovers.descendants(pid) if not is_gone(each)]

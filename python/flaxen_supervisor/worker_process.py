"""A process that runs programs, one after another: a spare that waits, a run's worker, an idle one that has run."""

import functools
import itertools
import os
import pathlib
import signal
import time
import typing

from flaxen_supervisor import leftovers, processes
from flaxen_supervisor.child import Child

HOST = pathlib.Path(__file__).with_name("host.py")
NAMES = ("stdout", "stderr", "events")
# XLA on a CPU asks for a step's memory anew at each dispatch: in large pages a few hundred page faults bring it, not a
# hundred thousand. glibc reads this when a process starts and has no call for it; run/memory.py sets what can be set
# later. With that in force, a step of a GPT of 0.8 M parameters takes 101 to 111 ms instead of 145 to 180.
LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
_numbers = itertools.count(1)


class Recipe(typing.NamedTuple):
    """What a process is before it runs anything. `fingerprint` changes when a package comes or goes."""

    python: str
    fingerprint: tuple
    variables: tuple

    @classmethod
    def of(cls, python, variables):
        """The environment as it stands now."""
        return cls(str(python), _fingerprint(pathlib.Path(python)), tuple(sorted(variables.items())))


class Task(typing.NamedTuple):
    """What a process is bound to by its first run: the modules it holds, the device it has opened."""

    program: str
    device: str | None
    gpu: str | None


class WorkerProcess:
    """`task`: None for a spare. `attempt`: whom it runs for, None while it waits. `retired`: it was told to die."""

    batched = True

    def __init__(self, server, recipe, spare):
        self._server, self.recipe, self.task, self.attempt = server, recipe, None, None
        self.runs, self.first_rss, self.since, self.retired = 0, None, time.monotonic(), False
        self._spare = spare
        self.mark = f"{leftovers.own_mark()}-{next(_numbers)}"
        hear = {name: functools.partial(self._hear, name) for name in NAMES}
        own = {} if "GLIBC_TUNABLES" in os.environ else LARGE_PAGES
        variables = own | dict(recipe.variables) | {"PYTHONUNBUFFERED": "1", leftovers.MARK: self.mark}
        command = (recipe.python, str(HOST), *(("--spare",) if spare else ()))
        self.child = Child(self, command, hear, cwd=server.home, env=processes.environment(**variables))

    @property
    def process(self):
        """The process."""
        return self.child.process

    def watch(self, descriptor, readable):
        """Has its pipes watched; a fault in what is heard is its attempt's."""
        self._server.watch(descriptor, readable, owner=self)

    def unwatch(self, descriptor):
        """Ends that."""
        self._server.unwatch(descriptor)

    def waits(self):
        """Whether it could take a run at once."""
        return self.attempt is None and not self.retired and not processes.has_ended(self.process)

    def run(self, attempt, task, folder, variables):
        """Gives it a run: what it says from now on is that attempt's."""
        self.child.drain()  # What came too late for the run before is nobody's.
        self.attempt, self.task = attempt, task
        self.child.tell({"verb": "run", "run": attempt.submission.run, "folder": str(folder), "variables": variables})

    def has_waited(self):
        """Whether it stood before its present run came: it may have been dying by then."""
        return self._spare or self.runs > 0

    def rest(self, rss):
        """Takes the run away that it has ended. `rss`: bytes that it holds."""
        self.attempt, self.since, self.runs = None, time.monotonic(), self.runs + 1
        self.first_rss = self.first_rss or rss

    def retire(self):
        """Ends it, and all that share its group, by force."""
        self.retired = True
        processes.signal_group(self.process, signal.SIGKILL)

    def sweep(self, folder):
        """Kills what the program started and left behind, but not the process itself."""
        marks = (f"{leftovers.MARK}={self.mark}", f"FLAXEN_RUN={folder}")
        leftovers.sweep([mark.encode(errors="surrogateescape") for mark in marks], self.process.pid)

    def crash(self, fault):
        """After a fault of the supervisor's own in hearing it."""
        if self.attempt:
            self.attempt.crash(fault)
        self.retire()

    def _hear(self, name, data):
        if self.attempt:
            self.attempt.hear(name, data)


def _fingerprint(python):
    folders = [python, *sorted(python.parent.parent.glob("lib*/python*/site-packages"))]
    return tuple(folder.stat().st_mtime_ns for folder in folders if folder.exists())

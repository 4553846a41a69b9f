"""The loop: connections, pipes of the children, the clock."""

import contextlib
import hashlib
import os
import pathlib
import signal
import sys
import time
import traceback

from flaxen_supervisor import leftovers, processes, restart
from flaxen_supervisor.attempt import Attempt
from flaxen_supervisor.event_log import FULL
from flaxen_supervisor.pool import Pool
from flaxen_supervisor.slots import Slots
from flaxen_supervisor.submission import Refused, Submission, environment, run_folder, variables
from flaxen_supervisor.watches import Watches
from flaxen_supervisor.worker_process import Recipe

TICK = 0.05  # seconds

__all__ = ["Refused", "Server", "identity"]


class Server:
    """Serves many runs, one thread. A connection has `tick(now)`, `patience()`, in seconds or None for ever, and maybe
    `close()`, which is called after a fault in it.

    `detached`: it outlives its connections, and only `close` or SIGTERM ends it. `root`: the folder of the runs'
    folders; without one any folder may be submitted.
    """

    def __init__(self, home, root=None, detached=False):
        self.home, self.root, self.detached = home.resolve(), root and root.resolve(), detached
        self.attempts, self.connections, self.closing, self._terminated = [], [], False, False
        self.identity = identity()
        self.pool, self.slots = Pool(self), Slots()
        self._watches = Watches()

    def watch(self, descriptor, callback, owner=None, write=False):
        """Calls `callback` whenever the descriptor is readable, or writable. `owner`: whom a fault in it ends."""
        self._watches.watch(descriptor, callback, owner, write)

    def unwatch(self, descriptor, write=False):
        """Ends that."""
        self._watches.unwatch(descriptor, write)

    def add(self, connection):
        """Has it ticked from now on."""
        self.connections.append(connection)

    def drop(self, connection):
        """Ends that."""
        if connection in self.connections:
            self.connections.remove(connection)

    def lost(self, connection):
        """The other side is gone: what is attached to it ends, and with it a server that is."""
        for attempt in self.attempts:
            if attempt.submission.connection is connection:
                self._guarded(attempt.abandon, owner=attempt)
        self.closing = self.closing or not self.detached

    def idle(self):
        """Whether there are no runs."""
        return not self.attempts

    def submit(self, request, connection):
        """Starts the run in a folder and returns its attempt; the one that there is, when it was started already.

        A run whose supervisor is proven dead is started again, as its next attempt.
        """
        folder = run_folder(request, self.root)
        running = next((each for each in self.attempts if each.submission.folder == folder), None)
        if running:
            return running
        if self.closing:
            raise Refused("refused", "the supervisor is ending")
        try:
            submission = Submission(request, folder, connection)
            if self.root and submission.run != folder.name:
                raise Refused("bad-request", f"{folder} holds the job of {submission.run}: a copy is no run")
            past = restart.last_attempt(folder, submission.run)
            if past and past.stage == "ended":
                return past
            if past:
                restart.take_over(past, submission)
            attempt = Attempt(submission, self, submission.first)
        except OSError as error:
            code = "disk-full" if error.errno in FULL else "refused"
            raise Refused(code, f"{type(error).__name__}: {error}") from error
        self._begin(attempt)
        return attempt

    def prepare(self, request):
        """Starts a spare worker of an environment that stands."""
        python = self.pool.python(environment(request), request.get("interpreter"))
        self.pool.start_spare(Recipe.of(python, variables(request)))

    def serve(self):
        """Until the end."""
        self.home.mkdir(parents=True, exist_ok=True)
        processes.adopt_orphans()
        leftovers.sweep_orphans()
        self._listen_to_signals()
        while self.attempts or not self.closing:
            for callback, owner in self._watches.ready(self._patience()):
                self._guarded(callback, owner=owner)
            self._turn(time.monotonic())
        self.pool.close()

    def close(self):
        """Ends every run, and then itself."""
        self.closing = True
        for attempt in self.attempts:
            self._guarded(attempt.abandon, owner=attempt)

    def _turn(self, now):
        if self._terminated:
            self.close()
        own = (process for attempt in self.attempts for process in attempt.processes())
        processes.reap({process.pid: process for process in (*own, *self.pool.processes())})
        self.pool.tick(now)
        for attempt in list(self.attempts):
            self._guarded(attempt.tick, now, owner=attempt)
        ended = [attempt for attempt in self.attempts if attempt.stage == "ended"]
        self.attempts = [attempt for attempt in self.attempts if attempt.stage != "ended"]
        for attempt in ended:
            if attempt.successor:
                self._begin(attempt.successor)
        for connection in list(self.connections):
            self._guarded(connection.tick, now, owner=connection)

    def _begin(self, attempt):
        self.attempts.append(attempt)
        self._watches.hurry()
        self._guarded(attempt.start, owner=attempt)

    def _patience(self):
        if self.slots.stirred() or any(attempt.stage == "closing" for attempt in self.attempts):
            return 0
        own = TICK if self.attempts else self.pool.patience()
        patiences = (own, *(connection.patience() for connection in self.connections))
        return min((patience for patience in patiences if patience is not None), default=None)

    def _listen_to_signals(self):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, self._terminate)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        woken, wake = os.pipe()
        os.set_blocking(woken, False)
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        self.watch(woken, lambda: os.read(woken, 4096))

    def _terminate(self, *_):
        self._terminated = True

    def _guarded(self, call, *arguments, owner=None):
        """A fault in the handling of one run or one connection ends that one and no other."""
        try:
            call(*arguments)
        except Exception:
            fault = _told_fault()
            if owner in self.connections:
                getattr(owner, "close", lambda: None)()
            elif owner is None:
                raise
            else:
                try:
                    owner.crash(fault)
                except Exception:  # Its end cannot be written: the other runs go on all the same.
                    _told_fault()


def _told_fault():
    """Prints the fault that is being handled, and returns its text."""
    fault = traceback.format_exc()
    with contextlib.suppress(OSError):
        print(fault, file=sys.stderr, flush=True)
    return fault


def identity():
    """`sha256:…` of the supervisor's own sources, its tests left out."""
    digest = hashlib.sha256()
    folder = pathlib.Path(__file__).parent
    for path in sorted(path for path in folder.rglob("*.py") if not path.name.startswith("test_")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return f"sha256:{digest.hexdigest()}"

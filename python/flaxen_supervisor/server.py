"""The loop: requests of the process that this one is attached to, pipes of the children, the clock."""

import contextlib
import hashlib
import json
import os
import pathlib
import selectors
import signal
import sys
import time
import traceback

from flaxen_supervisor import processes
from flaxen_supervisor.attempt import Attempt
from flaxen_supervisor.event_log import FULL
from flaxen_supervisor.program_output import Budget

TICK = 0.05  # seconds
BATCH = 0.025  # seconds between two looks at busy pipes
REQUESTS, REPLIES = 0, 1  # standard input and output


class Server:
    """Serves many runs, one thread. Ends, and every run with it, when its standard input closes or on SIGTERM."""

    def __init__(self, home):
        self.home, self.attempts, self.closing, self._torn = home.resolve(), [], False, b""
        self._terminated = False
        self._wakes = Budget(burst=20, rate=1 / BATCH)
        self._selector = selectors.PollSelector()
        self._identity = identity()

    def watch(self, descriptor, readable, owner=None):
        """Calls `readable` whenever the descriptor is. `owner`: the attempt that a fault in it ends."""
        self._selector.register(descriptor, selectors.EVENT_READ, (readable, owner))

    def unwatch(self, descriptor):
        """Ends that."""
        self._selector.unregister(descriptor)

    def serve(self):
        """Until the end."""
        self.home.mkdir(parents=True, exist_ok=True)
        processes.adopt_orphans()
        self._listen_to_signals()
        self.watch(REQUESTS, self._hear)
        while self.attempts or not self.closing:
            # A worker may report hundreds of times a second: then it is read in batches, and left the processor.
            if self.attempts and not self._wakes.take(1):
                time.sleep(BATCH)
            for key, _ in self._selector.select(self._patience()):
                readable, owner = key.data
                self._guarded(readable, attempt=owner)
            if self._terminated:
                self._close()
            processes.reap({process.pid: process for each in self.attempts for process in each.processes()})
            now = time.monotonic()
            for attempt in list(self.attempts):
                self._guarded(attempt.tick, now, attempt=attempt)
            self.attempts = [attempt for attempt in self.attempts if attempt.stage != "ended"]

    def _patience(self):
        if any(attempt.stage == "closing" for attempt in self.attempts):
            return 0
        return TICK if self.attempts else None

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

    def _hear(self):
        data = os.read(REQUESTS, 65536)
        if not data:
            self.unwatch(REQUESTS)
            self._close()
            return
        *lines, self._torn = (self._torn + data).split(b"\n")
        for line in lines:
            self._take(json.loads(line))

    def _take(self, request):
        try:
            attempt = Attempt(request, self.home, self, self._identity)
        except (OSError, ValueError, KeyError) as error:
            full = isinstance(error, OSError) and error.errno in FULL
            self._reply(refused=request["folder"], full=full, error=f"{type(error).__name__}: {error}")
            return
        self.attempts.append(attempt)
        self._reply(accepted=request["folder"])
        self._guarded(attempt.start, attempt=attempt)

    def _reply(self, **fields):
        with contextlib.suppress(BrokenPipeError):
            os.write(REPLIES, json.dumps(fields).encode() + b"\n")

    def _close(self):
        self.closing = True
        for attempt in self.attempts:
            self._guarded(attempt.abandon, attempt=attempt)

    def _guarded(self, call, *arguments, attempt=None):
        """A fault in the handling of one run ends that run and no other."""
        try:
            call(*arguments)
        except Exception:
            fault = traceback.format_exc()
            with contextlib.suppress(OSError):
                print(fault, file=sys.stderr, flush=True)
            if attempt not in self.attempts:
                raise
            self.attempts.remove(attempt)
            with contextlib.suppress(OSError):
                attempt.crash(fault)


def identity():
    """`sha256:…` of the supervisor's own sources."""
    digest = hashlib.sha256()
    folder = pathlib.Path(__file__).parent
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return f"sha256:{digest.hexdigest()}"

"""One attempt at a run, from the environment to `run.ended`."""

import json
import os
import pathlib
import signal
import time

from flaxen_supervisor import artifacts, builder, ending, processes, status
from flaxen_supervisor.child import Child
from flaxen_supervisor.event_log import EventLog
from flaxen_supervisor.inbox import Inbox
from flaxen_supervisor.program_output import ProgramOutput
from flaxen_supervisor.worker_events import WorkerEvents

GRACE = 2.0  # seconds between a request to end and the end by force
POLL = 0.05  # seconds between two looks at the inbox
HEARTBEAT = 5.0  # seconds
FINISH = 10.0  # seconds that a worker may take to exit after its result


class Attempt:
    """Stages: environment, running, closing, ended. Driven by `tick`, by its children's pipes and by `abandon`."""

    number = 1

    def __init__(self, request, home, loop, identity):
        self.folder, self._home, self._loop = pathlib.Path(request["folder"]), home, loop
        self._interpreter = request.get("interpreter")
        self._job = json.loads((self.folder / "job.json").read_text())
        attempt = self.folder / f"attempt-{self.number}"
        self.log = EventLog(attempt, self._job["run"], self.number)
        self._inbox = Inbox(self.folder / "control")
        self._outputs = {name: ProgramOutput(name, attempt / f"{name}.log") for name in ("stdout", "stderr")}
        self._events, self._child, self._builder, self._closing = WorkerEvents(), None, None, None
        self._forced = None  # an ending that outweighs what the worker says: abandoned, disk-full, cancelled
        self._deadline, self._next_poll, self._next_beat = None, 0, time.monotonic() + HEARTBEAT
        self._memory_kills = processes.kills_for_memory()
        self.stage = "environment"
        self._write_status()
        self.log.event("attempt.started", pid=os.getpid(), supervisor=identity, resumeFrom=None)

    def start(self):
        """Finds or builds the environment; the worker follows."""
        self._builder = builder.Builder(self._job["environment"], self._home, self._interpreter, self, self.log)
        self._builder.start()

    def processes(self):
        """The children whose ends are awaited."""
        return [child.process for child in self._children()]

    def watch(self, descriptor, readable):
        """Calls `readable` whenever the descriptor is; a fault in it is this attempt's own."""
        self._loop.watch(descriptor, readable, owner=self)

    def unwatch(self, descriptor):
        """Ends that."""
        self._loop.unwatch(descriptor)

    def abandon(self):
        """Ends it at once: the process that it was attached to is gone."""
        self._force("abandoned")

    def crash(self, traceback):
        """Ends it after a fault of the supervisor's own, as far as that can still be done."""
        self._kill()
        for child in self._children():
            child.forget()
        failure = ending.describe("supervisor-fault", "Exception", "the supervisor itself failed", traceback)
        self._write_end("failed", failure)

    def tick(self, now):
        """Looks at everything that no pipe tells: requests, deadlines, the children's ends."""
        if self.stage == "closing":
            next(self._closing, None)
            return
        if self.log.full or any(output.full for output in self._outputs.values()):
            self._force("disk-full")
        if now >= self._next_poll:
            self._next_poll = now + POLL
            for request, verb in self._inbox.poll():
                self._answer(request, verb, now)
        if self._deadline and now >= self._deadline:
            self._kill()
        if self.stage == "environment":
            self._watch_builder()
        elif self._child.is_over():
            self._close()
        elif now >= self._next_beat:
            self._next_beat = now + HEARTBEAT
            self.log.event("heartbeat", rss=processes.resident_bytes(self._child.process.pid))

    def _answer(self, request, verb, now):
        known = verb in ("cancel", "stop")
        self.log.event("control", request=request, verb=verb or "", outcome="accepted" if known else "unknown-verb")
        if not known:
            return
        if verb == "cancel" and not self._forced:
            self._forced = "cancelled"
            self._deadline = now + GRACE
        if self.stage == "environment":
            self._forced = self._forced or "cancelled"
            self._builder.stop()
        elif self._events.events == 0 and verb == "cancel":
            self._kill()  # Still importing: nobody would read the request.
        else:
            self._child.tell(verb)

    def _force(self, reason):
        self._forced = "abandoned" if reason == "abandoned" else self._forced or reason
        self._kill()

    def _kill(self):
        for process in self.processes():
            processes.signal_group(process)

    def _children(self):
        return [child for child in (self._child, self._builder and self._builder.child) if child]

    def _watch_builder(self):
        if not self._builder.is_over():
            return
        if not self._forced and not self._builder.failure:
            try:
                self._start_worker(self._builder.python)
            except OSError as error:
                self._builder.fail("env-failed", f"its Python cannot be started: {error}.", "")
        if self.stage == "environment":
            self._close()

    def _start_worker(self, python):
        job, cache = self._job, self._home / "cache" / "jax"
        self.log.event("run.started", document=job["document"], program=job["program"], metrics=job["metrics"])
        cache.mkdir(parents=True, mode=0o700, exist_ok=True)
        hear = {
            name: lambda data, output=output: self._write(output.feed(data)) for name, output in self._outputs.items()
        }
        variables = {"FLAXEN_RUN": self.folder, "FLAXEN_CACHE": cache, "PYTHONUNBUFFERED": "1"}
        self._child = Child(
            self,
            (python, "-m", "flaxen.worker"),
            hear | {"events": self._hear_events},
            cwd=self.folder / "program",
            env=processes.environment(**variables),
        )
        self.stage = "running"
        self._write_status()

    def _hear_events(self, data):
        self._write(self._events.feed(data))
        told = self._events.result or self._events.failure
        if told and not self._deadline:
            self._deadline = time.monotonic() + FINISH

    def _write(self, events):
        if events and not self.log.full:
            self.log.lines(events)

    def _close(self):
        processes.sweep(b"FLAXEN_RUN=" + os.fsencode(self.folder))
        for output in self._outputs.values():
            self._write(output.close())
        self.stage = "closing"
        self._closing = self._announce()

    def _announce(self):
        folder = self.folder / "artifacts"
        if folder.is_dir() and self._forced not in ("abandoned", "disk-full"):
            for _ in artifacts.announce(folder, self.log):
                if self._forced == "abandoned":
                    break
                yield
        code = self._child.process.returncode if self._child else None
        killed = code is not None and code < 0
        name = signal.Signals(-code).name if killed else None
        self.log.event("attempt.ended", exit=None if killed else code, signal=name)
        self._write_end(*self._verdict(code))

    def _verdict(self, code):
        result, failure = self._events.result, self._events.failure
        if self._forced == "cancelled" and result:
            return result["reason"], None
        if self._forced:
            return self._forced, None
        if self._builder.failure:
            return self._builder.reason, self._builder.failure
        killed_for_memory = processes.kills_for_memory() > self._memory_kills
        stderr = self._outputs["stderr"].tail.decode(errors="replace")
        return ending.decide(code, result, failure, stderr, killed_for_memory)

    def _write_end(self, reason, failure):
        step, epoch, metrics = self._events.reached()
        summary = {"step": step, "epoch": epoch, "bestEpoch": None, "metrics": metrics} | (self._events.result or {})
        self.stage = "ended"
        self._write_status(reason)
        self.log.end(**summary | {"reason": reason, "failure": failure})

    def _write_status(self, reason=None):
        try:
            status.write(
                self.folder,
                run=self._job["run"],
                attempt=self.number,
                state=self.stage,
                reason=reason,
                supervisor=status.supervisor(),
            )
        except OSError:
            if not self.log.full and reason is None:
                raise

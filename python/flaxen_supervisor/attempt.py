"""One attempt at a run, from the environment to `run.ended`, or to an end after which another attempt follows."""

import time

from flaxen_supervisor import artifacts, builder, ending, processes
from flaxen_supervisor.place import Place
from flaxen_supervisor.record import Record
from flaxen_supervisor.verdict import Verdict

GRACE = 2.0  # seconds between a request to end and the end by force
POLL = 0.05  # seconds between two looks at the inbox
HEARTBEAT = 5.0  # seconds
FINISH = 10.0  # seconds that a worker may take to exit after its result


class Attempt:
    """Stages: environment, queued, running, closing, ended. Driven by `tick`, by its processes' pipes and by `abandon`.

    `successor`: the attempt that goes on where this one was lost.
    """

    batched = True

    def __init__(self, submission, server, number):
        self.submission, self.number, self.run = submission, number, submission.run
        self.folder, self._server, self.successor = submission.folder, server, None
        self.stage, self._record = "environment", Record(submission, number, server.identity)
        self.log, self._told = self._record.log, self._record.told
        self._builder = builder.Builder(submission.environment, server.home, submission.interpreter, self, self.log)
        self._worker, self._closing, self._place, self._verdict = None, None, Place(self, server), Verdict()
        self._started = self._stop = False
        self._kill_at, self._next_poll, self._next_beat = None, 0, time.monotonic() + HEARTBEAT

    def start(self):
        """Finds or builds the environment; the worker follows."""
        self._builder.start()

    def processes(self):
        """The children whose ends are awaited; workers are the pool's."""
        return [self._builder.child.process] if self._builder.child else []

    def watch(self, descriptor, readable):
        """Calls `readable` whenever the descriptor is; a fault in it is this attempt's own."""
        self._server.watch(descriptor, readable, owner=self)

    def unwatch(self, descriptor):
        """Ends that."""
        self._server.unwatch(descriptor)

    def abandon(self):
        """Ends it at once: the process that it was attached to is gone."""
        self._force("abandoned")

    def crash(self, traceback):
        """Ends it after a fault of the supervisor's own, as far as that can still be done."""
        if self.stage == "ended":
            return
        self.stage, self.successor = "ended", None
        self._kill()
        if self._worker:
            self._worker.attempt = None
        if self._builder.child:
            self._builder.child.forget()
        self._place.leave()
        failure = ending.describe("supervisor-fault", "Exception", "the supervisor itself failed", traceback)
        self._record.end("failed", failure)

    def tick(self, now):
        """Looks at everything that no pipe tells: requests, deadlines, the children's ends."""
        if self.stage in ("closing", "ended"):
            next(self._closing or iter(()), None)
            return
        if self._record.full:
            self._force("disk-full")
        if now >= self._next_poll:
            self._next_poll = now + POLL
            self._look(now)
        if self._kill_at and now >= self._kill_at:
            self._kill()
        if self.stage == "environment":
            self._watch_builder()
        if self.stage == "queued":
            self._wait_for_place(now)
        elif self.stage == "running":
            self._watch_worker(now)

    def hear(self, name, data):
        """Takes what the worker says: on "stdout", "stderr" or "events"."""
        self._record.hear(name, data)
        if (self._told.result or self._told.failure) and not self._kill_at:
            self._kill_at = time.monotonic() + FINISH

    def _look(self, now):
        for request, verb in self.submission.inbox.poll():
            known = verb in ("cancel", "stop")
            outcome = "accepted" if known else "unknown-verb"
            self.log.event("control", request=request, verb=verb or "", outcome=outcome)
            if known:
                self._ask(verb, "cancelled", now)
        if self.stage != "queued" and now >= self.submission.deadline and not self._verdict.forced:
            self._ask("cancel", "timed-out", now)
        if self._worker:
            self._verdict.rss = processes.resident_bytes(self._worker.process.pid) or self._verdict.rss

    def _ask(self, verb, reason, now):
        if verb == "cancel" or self.stage != "running":
            if not self._verdict.forced:
                self._kill_at = now + GRACE
            self._verdict.force(reason)
        else:
            self._stop, self.submission.retries = True, 0  # The next process, or attempt, would not know of it.
        if self.stage == "environment":
            self._builder.stop()
        elif self.stage == "running" and self._told.events == 0 and verb == "cancel":
            self._kill()  # Still importing: nobody would read the request.
        elif self.stage == "running":
            self._worker.child.tell({"verb": verb})

    def _force(self, reason):
        self._verdict.force(reason)
        self._kill()

    def _kill(self):
        for process in self.processes():
            processes.signal_group(process)
        if self._worker:
            self._worker.retire()

    def _watch_builder(self):
        if not self._builder.is_over():
            return
        self.stage = "queued"
        if self._builder.failure:
            self._verdict.unfit(self._builder)
            self._close(None)

    def _wait_for_place(self, now):
        if self._verdict.forced:
            self._close(None)
            return
        try:
            self._worker = self._place.worker(self._builder.python, now)
        except (OSError, ValueError) as error:
            self._builder.fail("env-failed", f"its Python cannot be started: {error}.", "")
            self._verdict.unfit(self._builder)
            self._close(None)
            return
        if self._worker:
            self._run()
        elif self._record.stage != "queued":
            self._record.state("queued")

    def _run(self):
        self.stage, job = "running", self.submission.job
        self._record.state("running", worker=self._worker.process)
        if not self._started:
            self.log.event("run.started", document=job["document"], program=job["program"], metrics=job["metrics"])
        self._started = True
        self._place.give_run(self._worker)
        if self._stop:
            self._worker.child.tell({"verb": "stop"})

    def _watch_worker(self, now):
        worker = self._worker
        if worker.child.is_over():
            worker.sweep(self.folder)
            worker.attempt = None
            if worker.has_waited() and not self._told.taken:
                self._worker, self.stage = None, "queued"  # Another one can take the run: nothing of it has happened.
            else:
                self._close(worker.process.returncode)
        elif self._told.idle is not None and not worker.retired:
            worker.sweep(self.folder)
            worker.child.drain()  # What was printed before `_idle` stands in the pipes by now.
            self._place.give_back(worker, self._told.idle, keep=not self._verdict.forced)
            self._close(None)
        elif now >= self._next_beat:
            self._next_beat = now + HEARTBEAT
            self.log.event("heartbeat", rss=self._verdict.rss)

    def _close(self, code):
        """`code`: exit status of the worker that ended; None where none did."""
        self._worker = None
        self._place.leave()
        self.stage, stderr = "closing", self._record.close_outputs()
        self._record.state("closing")
        self._closing = self._end(code, stderr)

    def _end(self, code, stderr):
        retry = self.submission.may_retry(self.number) and self._verdict.allows_retry(code, self._told)
        folder = self.folder / "artifacts"
        if folder.is_dir() and not retry and self._verdict.forced not in ("abandoned", "disk-full"):
            for _ in artifacts.announce(folder, self.log):
                if self._verdict.forced == "abandoned":
                    break
                yield
        self.successor = self._next_attempt() if retry else None
        name = ending.signal_name(code)
        self.log.event("attempt.ended", exit=None if name else code, signal=name, retry=self.successor is not None)
        if self.successor:
            self.log.close()
        else:
            self._record.end(*self._verdict.reach(code, self._told, stderr))
        self.stage = "ended"
        yield

    def _next_attempt(self):
        try:
            return Attempt(self.submission, self._server, self.number + 1)
        except OSError:
            return None  # Then this one is the last, and ends the run.

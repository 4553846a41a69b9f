"""What an attempt leaves in the run's folder: its log, its program's output, the run's status."""

import os
import shutil

from flaxen_supervisor import status
from flaxen_supervisor.event_log import FULL, EventLog
from flaxen_supervisor.program_output import ProgramOutput
from flaxen_supervisor.worker_events import WorkerEvents


class Record:
    """`log`: the events; `told`: what the worker has told of itself; `stage`: the one that the status names."""

    def __init__(self, submission, number, identity):
        self._submission, self._number = submission, number
        folder = submission.folder / f"attempt-{number}"
        folder.mkdir()  # Fails where another supervisor was quicker.
        self.log = None
        try:
            # First of all: where a log stands, it is known who writes it.
            self._write_status("environment", None, None)
            self.log = EventLog(folder, submission.run, number)
            self._outputs = {name: ProgramOutput(name, folder / f"{name}.log") for name in ("stdout", "stderr")}
            self.log.event("attempt.started", pid=os.getpid(), supervisor=identity, resumeFrom=None)
        except OSError:
            if self.log:
                self.log.close()
            shutil.rmtree(folder, ignore_errors=True)
            if number == 1:
                (submission.folder / "status.json").unlink(missing_ok=True)
            raise
        self.stage, self.told = "environment", WorkerEvents()

    @property
    def full(self):
        """Whether the disk is."""
        return self.log.full or any(output.full for output in self._outputs.values())

    def hear(self, name, data):
        """Takes what the worker says: on "stdout", "stderr" or "events"."""
        if self.log.full:
            for output in self._outputs.values():
                output.full = True  # What its reserve gave back is for the log.
        self._write(self.told.feed(data) if name == "events" else self._outputs[name].feed(data))

    def close_outputs(self):
        """After the worker's last word. Returns the end of what it printed to standard error."""
        for output in self._outputs.values():
            self._write(output.close())
        return self._outputs["stderr"].tail.decode(errors="replace")

    def end(self, reason, failure):
        """Writes `run.ended`."""
        step, epoch, metrics = self.told.reached()
        summary = {"step": step, "epoch": epoch, "bestEpoch": None, "metrics": metrics} | (self.told.result or {})
        self.state("ended", reason)
        self.log.end(**summary | {"reason": reason, "failure": failure})

    def state(self, stage, reason=None, worker=None):
        """Writes `status.json`. `worker`: its process."""
        self.stage = stage
        try:
            self._write_status(stage, reason, worker)
        except OSError as error:
            if error.errno in FULL:
                self.log.full = True  # The next look at it ends the run, and says why.
            elif reason is None:
                raise

    def _write_status(self, stage, reason, worker):
        status.write(
            self._submission.folder,
            run=self._submission.run,
            attempt=self._number,
            state=stage,
            reason=reason,
            detached=self._submission.detached,
            startedAt=self._submission.started,
            supervisor=status.supervisor(),
            worker=worker and worker.pid,
        )

    def _write(self, events):
        if events and not self.log.full:
            self.log.lines(events)

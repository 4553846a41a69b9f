"""The runs that a server can be asked about, and what is proven of each."""

import json
import os
import time

from flaxen_supervisor import run_files, status

PAGE_BYTES, PAGE_SECONDS = 512 * 1024, 0.01  # of one list
STATUS_CAP, JOB_CAP = 64 * 1024, 4 * 1024 * 1024  # bytes
UNCLAIMED = 10  # seconds that a run's folder may stand before a supervisor takes it


class KnownRuns:
    """Those in the server's root, and those that were submitted to it."""

    def __init__(self, server):
        self._server, self._submitted = server, {}

    def add(self, run, folder):
        """Has a submitted one known."""
        self._submitted[run] = folder

    def folder(self, run):
        """Where it is; None where there is no such run."""
        if run in self._submitted:
            return self._submitted[run]
        folder = self._server.root and self._server.root / run
        return folder if folder and folder.is_dir() and not folder.is_symlink() else None

    def proof(self, folder):
        """{"alive", "cause", "status"}: whether somebody may still write to a run's log, else how that is known."""
        told = _status(folder)
        cause = self._cause_of_death(folder, told)
        return {"alive": cause is None, "cause": cause, "status": told}

    def page(self, after):
        """(runs, next): as many as are quickly found, in the order of their ids, and what to go on after."""
        runs, size, until = [], 0, time.monotonic() + PAGE_SECONDS
        for run, folder in sorted(item for item in self._all() if after is None or item[0] > after):
            if runs and (size > PAGE_BYTES or time.monotonic() > until):
                return runs, runs[-1]["run"]
            runs.append(self._listing(run, folder))
            size += len(json.dumps(runs[-1]))
        return runs, None

    def _all(self):
        found = dict(self._submitted)
        if self._server.root:
            with os.scandir(self._server.root) as entries:
                for entry in entries:
                    if run_files.RUN.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
                        found[entry.name] = self._server.root / entry.name
        return found.items()

    def _listing(self, run, folder):
        proof, job = self.proof(folder), run_files.read_json(folder, "job.json", JOB_CAP) or {}
        told = {name: job[name] for name in ("document", "program") if isinstance(job.get(name), str)}
        known = {"run": run, "folder": str(folder), "alive": proof["alive"], "cause": proof["cause"]}
        return (proof["status"] or {}) | told | known

    def _cause_of_death(self, folder, told):
        """Completes "the supervisor …"; None while it lives."""
        if any(attempt.folder == folder for attempt in self._server.attempts):
            return None
        if told is None:
            return "never took it up" if time.time() - folder.stat().st_mtime > UNCLAIMED else None
        if told["supervisor"] == status.supervisor():
            return "is done with it"
        return status.death(told)


def _status(folder):
    """What `status.json` says; None where there is none, or none that a supervisor wrote."""
    told = run_files.read_json(folder, "status.json", STATUS_CAP) or {}
    supervisor = told.get("supervisor")
    named = isinstance(supervisor, dict) and supervisor.keys() >= {"pid", "startTime", "bootId"}
    return told if named and type(supervisor["pid"]) is int else None

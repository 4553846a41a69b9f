"""The verbs that clients may use: arguments are checked, refusals have codes."""

import contextlib
import json
import sys
import time
import traceback

from flaxen_supervisor import run_files
from flaxen_supervisor.event_log import FULL
from flaxen_supervisor.known_runs import KnownRuns
from flaxen_supervisor.program_output import Budget
from flaxen_supervisor.submission import Refused

LIMIT = 1024 * 1024  # bytes that one read brings at most
LONGEST_WAIT = 20  # seconds
REQUEST_CAP = 64 * 1024  # bytes of a control request
LARGEST = 2**53 - 1  # of the integers that every JSON parser keeps
NONE = type(None)
TYPES = {
    "folder": {str},
    "interpreter": {str, NONE},
    "environment": {dict, str, NONE},
    "variables": {dict, NONE},
    "device": {str, NONE},
    "slots": {int, NONE},
    "maxSeconds": {int, float, NONE},
    "retries": {int, NONE},
    "detached": {bool},
    "warm": {bool},
}


class Reading:
    """A `read` that may wait for its file to grow."""

    def __init__(self, id, folder, name, offset, limit, deadline):
        self.id, self.deadline = id, deadline
        self._folder, self._name, self._offset, self._limit = folder, name, offset, limit

    def is_due(self, now):
        """Whether there is something to say: more bytes, fewer than were read already, or the end of waiting."""
        return now >= self.deadline or run_files.size(self._folder, self._name) != self._offset

    def look(self):
        """Returns (size, bytes)."""
        return run_files.read(self._folder, self._name, self._offset, self._limit)


class Requests:
    """Carries out the requests of all connections of one server."""

    def __init__(self, server):
        self._server, self._runs, self._notes = server, KnownRuns(server), Budget(burst=100, rate=1 / 60)
        self.verbs = {
            "ping": lambda *_: {},
            "submit": self._submit,
            "read": self._read,
            "control": self._control,
            "life": self._life,
            "runs": self._list,
            "prepare": self._prepare,
        }

    def note(self, text):
        """Tells of what should not have happened on standard error, not more than a file can bear."""
        if self._notes.take(1):
            with contextlib.suppress(OSError):
                print(text, file=sys.stderr, flush=True)

    def refusal(self, error):
        """What is answered to a request that could not be carried out."""
        if isinstance(error, Refused):
            code, message = error.code, error.message
        elif isinstance(error, OSError):
            code, message = "disk-full" if error.errno in FULL else "refused", f"{type(error).__name__}: {error}"
        elif isinstance(error, run_files.UnreadableError):
            code, message = "refused", str(error)
        else:
            self.note("".join(traceback.format_exception(error)))
            code, message = "refused", f"the supervisor failed: {type(error).__name__}: {error}"
        return {"ok": False, "code": code, "message": message}

    def take(self, request, connection):
        """Returns what is to be answered, or the `Reading` that will be. Raises Refused, OSError."""
        verb = request.get("verb")
        known = self.verbs.get(verb) if isinstance(verb, str) else None
        if not known:
            raise Refused("unknown-verb", f"there is no verb {verb!r:.100}")
        return known(request, connection)

    def _submit(self, request, connection):
        _check_types(request)
        attempt = self._server.submit(request, connection)
        self._runs.add(attempt.run, attempt.folder)
        return {"run": attempt.run, "attempt": attempt.number}

    def _prepare(self, request, _connection):
        _check_types(request)
        self._server.prepare(request)
        return {}

    def _read(self, request, _connection):
        name, wait = request.get("file"), request.get("wait", 0)
        offset, limit = request.get("offset"), request.get("limit", LIMIT)
        _require(isinstance(name, str) and run_files.is_readable(name), "file", name)
        _require(type(offset) is int and 0 <= offset <= LARGEST, "offset", offset)
        _require(type(limit) is int and 0 < limit <= LIMIT, "limit", limit)
        _require(type(wait) in (int, float) and 0 <= wait <= LONGEST_WAIT, "wait", wait)
        return Reading(request["id"], self._folder(request), name, offset, limit, time.monotonic() + wait)

    def _control(self, request, _connection):
        told = request.get("request")
        _require(isinstance(told, dict), "request", told)
        id, verb, arguments = told.get("id"), told.get("verb"), told.get("arguments", {})
        _require(isinstance(id, str) and run_files.RUN.fullmatch(id), "id", id)
        _require(isinstance(verb, str), "verb", verb)
        _require(isinstance(arguments, dict), "arguments", arguments)
        text = json.dumps({"id": id, "verb": verb, "arguments": arguments}).encode() + b"\n"
        _require(len(text) <= REQUEST_CAP, "request", f"longer than {REQUEST_CAP} bytes")
        run_files.write_request(self._folder(request), id, text)
        return {}

    def _life(self, request, _connection):
        return self._runs.proof(self._folder(request))

    def _list(self, request, _connection):
        after = request.get("after")
        _require(after is None or isinstance(after, str), "after", after)
        runs, following = self._runs.page(after)
        return {"runs": runs, "next": following}

    def _folder(self, request):
        run = request.get("run")
        _require(isinstance(run, str) and run_files.RUN.fullmatch(run), "run", run)
        folder = self._runs.folder(run)
        if folder is None:
            raise Refused("unknown-run", f"there is no run {run} here")
        return folder


def _check_types(request):
    """Refuses what no client means; what the values mean is the submission's affair."""
    for name, types in TYPES.items():
        _require(name not in request or type(request[name]) in types, name, request.get(name))


def _require(holds, name, value):
    if not holds:
        raise Refused("bad-request", f"{name} cannot be {value!r:.200}")

"""What was asked for: checked, with its defaults. All attempts at a run share it."""

import json
import os
import pathlib
import re
import time

from flaxen_supervisor.inbox import Inbox

LONGEST = 7 * 24 * 3600  # seconds that a run may take where nothing else is said
VARIABLES = 256 * 1024  # bytes of variables: they go through a pipe
RUN = re.compile(r"[A-Za-z0-9_-]{1,100}")


class Refused(Exception):  # noqa: N818
    """A request that is not carried out. `code`: unknown-run, bad-request, refused, disk-full, unknown-verb."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code, self.message = code, message


class Submission:
    """`connection`: whose end ends the run; None where it is detached.

    `first`: number of the first attempt from this submission; `started`: wall clock, milliseconds;
    `deadline`: monotonic clock, seconds.
    """

    def __init__(self, request, folder, connection):
        self.folder = folder
        try:
            self.job = json.loads((folder / "job.json").read_text())
            self.run = self.job["run"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Refused("refused", f"{folder} holds no job: {type(error).__name__}: {error}") from error
        _require(isinstance(self.run, str) and RUN.fullmatch(self.run), "run", self.run)
        self.detached = request.get("detached") or False
        self.connection = None if self.detached else connection
        self.interpreter = request.get("interpreter")
        self.environment = environment(request, self.job)
        self.variables = variables(request)
        self.device, self.slots, self.warm = request.get("device"), request.get("slots"), request.get("warm", True)
        self.seconds, self.retries = request.get("maxSeconds") or LONGEST, request.get("retries") or 0
        _require(self.device in (None, "gpu", "cpu"), "device", self.device)
        _require(self.slots is None or (type(self.slots) is int and self.slots > 0), "slots", self.slots)
        _require(isinstance(self.seconds, (int, float)) and self.seconds > 0, "maxSeconds", self.seconds)
        _require(type(self.retries) is int and self.retries >= 0, "retries", self.retries)
        self.inbox = Inbox(folder / "control")
        self.first, self.started = 1, time.time_ns() // 1_000_000
        self.deadline = time.monotonic() + self.seconds

    def may_retry(self, number):
        """Whether another attempt may follow the one of this number."""
        return number - self.first < self.retries

    def may_use_gpu(self):
        """Whether a place is one of the machine's GPUs."""
        return self.device != "cpu" and self.environment.get("accelerator") != "cpu"


def environment(request, job=None):
    """The environment that a request names: {name, packages, wheelhouse, accelerator}."""
    named = request.get("environment") or (job and job.get("environment"))
    if isinstance(named, str):
        named = {"name": named}
    _require(isinstance(named, dict) and isinstance(named.get("name"), str), "environment", named)
    return {"packages": [], "wheelhouse": None, "accelerator": None} | named


def variables(request):
    """The variables that a request gives to its worker."""
    given = request.get("variables") or {}
    texts = isinstance(given, dict) and all(isinstance(text, str) and "\0" not in text for text in given.values())
    names = texts and all(name and not {"=", "\0"} & set(name) for name in given)
    _require(names, "variables", given)
    try:
        texts = [os.fsencode(text) for text in (*given, *given.values())]
    except UnicodeEncodeError:
        texts = None
    _require(texts is not None, "variables", given)
    _require(sum(map(len, (*given, *given.values()))) < VARIABLES, "variables", "more than 256 KiB of them")
    return given


def run_folder(request, root):
    """Absolute path of the run's folder: the root's own, where there is one."""
    named = request.get("folder")
    _require(isinstance(named, str) and named and "\0" not in named, "folder", named)
    if not root:
        _require(pathlib.Path(named).is_absolute(), "folder", named)
        return pathlib.Path(os.path.realpath(named))
    folder = pathlib.Path(os.path.realpath(root / named))
    _require(folder.parent == root, "folder", named)
    return folder


def _require(holds, name, value):
    if not holds:
        raise Refused("bad-request", f"{name} cannot be {value!r:.200}")

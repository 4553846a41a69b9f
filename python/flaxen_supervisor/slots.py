"""Places for runs: the machine's GPUs, or a share of its cores."""

import os
import pathlib
import shutil
import subprocess

DEVICES = pathlib.Path("/dev")


class Slots:
    """Who holds a place and who waits for one, in the order of asking. Runs with a GPU and others have their own."""

    def __init__(self):
        self._holders, self._queue, self._stirred, self._gpus = {}, [], False, None

    def limit(self, submission):
        """How many runs like this may run at once."""
        return submission.slots or len(self._usable(submission)) or max(1, (os.cpu_count() or 1) // 2)

    def take(self, attempt, liked):
        """Returns (reason, gpu): reason None when the attempt has its place. `liked`: GPUs to be tried first."""
        gpus = self._usable(attempt.submission)
        if attempt in self._holders:
            return None, self._holders[attempt]
        if attempt not in self._queue:
            self._queue.append(attempt)
        holders = self._like(attempt, self._holders)
        before = self._like(attempt, self._queue[: self._queue.index(attempt)])
        limit = self.limit(attempt.submission)
        if len(holders) >= limit:
            return _taken(limit, holders), None
        if before:
            return f"{_names(before)} came before it", None
        self._queue.remove(attempt)
        self._holders[attempt] = self._choose(gpus, liked)
        return None, self._holders[attempt]

    def release(self, attempt):
        """Gives back its place, or its place in the queue."""
        self._stirred = self._stirred or attempt in self._holders or attempt in self._queue
        self._holders.pop(attempt, None)
        if attempt in self._queue:
            self._queue.remove(attempt)

    def stirred(self):
        """Whether a place became free since this was asked last."""
        stirred, self._stirred = self._stirred, False
        return stirred

    def _like(self, attempt, attempts):
        """Those of the attempts that compete with it for places."""
        on_gpu = bool(self._usable(attempt.submission))
        return [each for each in attempts if bool(self._usable(each.submission)) == on_gpu]

    def _usable(self, submission):
        if not submission.may_use_gpu():
            return []
        named = submission.variables.get("CUDA_VISIBLE_DEVICES", os.environ.get("CUDA_VISIBLE_DEVICES"))
        if named is not None:
            return [name.strip() for name in named.split(",") if name.strip() not in ("", "-1")]
        if self._gpus is None:
            self._gpus = find_gpus()
        return self._gpus

    def _choose(self, gpus, liked):
        used = list(self._holders.values())
        least = min(map(used.count, gpus), default=0)
        free = [gpu for gpu in gpus if used.count(gpu) == least]
        return next((gpu for gpu in free if gpu in liked), next(iter(free), None))


def find_gpus():
    """Names for CUDA_VISIBLE_DEVICES of NVIDIA's GPUs here."""
    count = len([path for path in DEVICES.glob("nvidia[0-9]*") if path.name[6:].isdigit()])
    if not count and (tool := shutil.which("nvidia-smi")):
        try:
            ran = subprocess.run((tool, "-L"), capture_output=True, text=True, timeout=5)
            count = sum(line.startswith("GPU ") for line in ran.stdout.splitlines())
        except (OSError, subprocess.TimeoutExpired):
            count = 0
    return [str(number) for number in range(count)]


def _taken(limit, holders):
    verb = "is" if limit == 1 else "are"
    return f"{min(limit, len(holders))} of {limit} places {verb} taken by {_names(holders)}"


def _names(attempts):
    names = [attempt.submission.run for attempt in attempts]
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")

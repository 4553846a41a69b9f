"""What earlier attempts at a run left in its folder."""

import contextlib
import json
import os
import pathlib
import shutil
import time
import typing

from flaxen_supervisor import leftovers, status
from flaxen_supervisor.submission import Refused

TAIL = 256 * 1024  # bytes: no line is longer
MOMENT = 1.0  # seconds: thousands of times what a supervisor needs to say who it is
ENVELOPE = 1024  # bytes of a line in which its type stands


class Past(typing.NamedTuple):
    """The last attempt of which the folder tells. `stage`: ended, or lost where its log has no end."""

    folder: pathlib.Path
    run: str
    number: int
    stage: str


def last_attempt(folder, run):
    """That attempt; None where there was none."""
    numbers = [int(path.name[8:]) for path in folder.glob("attempt-*") if path.name[8:].isdigit()]
    if not numbers:
        return None
    number = max(numbers)
    ended = last_type(folder / f"attempt-{number}" / "events.jsonl") == "run.ended"
    return Past(folder, run, number, "ended" if ended else "lost")


def last_type(log):
    """Type of the last whole line; None where there is none."""
    with contextlib.suppress(FileNotFoundError), log.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - TAIL))
        lines = file.read().split(b"\n")[:-1]
        return json.loads(lines[-1])["type"] if lines else None
    return None


def take_over(past, submission):
    """Makes sure that nobody runs it any more, and remembers what was answered already.

    Raises Refused while its supervisor is not proven dead.
    """
    before, own = status.read(past.folder), status.supervisor()  # This very process does not run it, or not any more.
    if not (_is_nobodys(past) if before is None else before["supervisor"] == own or status.death(before)):
        raise Refused("refused", f"run {submission.run} runs already, under another supervisor that is not proven dead")
    leftovers.sweep_everywhere([b"FLAXEN_RUN=" + os.fsencode(past.folder)])
    submission.first = past.number if _clear_empty(past) else past.number + 1
    submission.started = (before or {}).get("startedAt") or submission.started
    for number in range(1, past.number + 1):
        folder = past.folder / f"attempt-{number}"
        (folder / ".reserve").unlink(missing_ok=True)
        submission.inbox.ignore(_answered(folder / "events.jsonl"))


def _clear_empty(past):
    """Removes an attempt that was killed before its first line: who reads the one before waits for its number."""
    folder = past.folder / f"attempt-{past.number}"
    with contextlib.suppress(FileNotFoundError):
        if (folder / "events.jsonl").stat().st_size > 0:
            return False
    shutil.rmtree(folder)
    return True


def _is_nobodys(past):
    """Whether a supervisor died between making the attempt's folder and saying who it was."""
    age = time.time() - (past.folder / f"attempt-{past.number}").stat().st_mtime
    return age > MOMENT


def _answered(log):
    """Ids of the requests to which a log holds the answers."""
    with contextlib.suppress(FileNotFoundError), log.open("rb") as file:
        yield from (json.loads(line)["request"] for line in file if b'"type":"control","request":' in line[:ENVELOPE])

"""A run's log: whole lines, appended, each with its envelope."""

import errno
import json
import os
import time

LINE_CAP = 256 * 1024  # bytes
RESERVE = 1024 * 1024  # bytes
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def encode(fields):
    """One event as a line without envelope and line end. Half of a surrogate pair, which UTF-8 lacks, stays escaped."""
    text = json.dumps(fields, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode(errors="backslashreplace")


class EventLog:
    """The one writer of `events.jsonl`. `full` once the disk was: a reserve was freed then, to write the end with."""

    def __init__(self, folder, run, attempt):
        folder.mkdir(parents=True, exist_ok=True)
        self.size, self.events, self.full = 0, 0, False
        self._reserve = folder / ".reserve"
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL
        self._file = os.open(folder / "events.jsonl", flags, 0o644)
        self._head = f'{{"v":1,"run":{json.dumps(run)},"att":{attempt},"seq":'.encode()
        self._started = time.monotonic()
        try:
            self._reserve.write_bytes(bytes(RESERVE))
        except OSError as error:
            if error.errno not in FULL:
                raise
            self._free_reserve()

    def event(self, type, **fields):
        """Appends one event."""
        self.lines([encode({"type": type, **fields})])

    def lines(self, lines):
        """Appends events that stand as JSON objects, each `{"type":…}`: the envelope is put in without parsing them."""
        stamp = f',"t":{time.time_ns() // 1_000_000},"m":{self.elapsed():.1f},'.encode()
        parts, seq = [], self.events
        for line in lines:
            parts += (self._head, b"%d" % seq, stamp, line[1:], b"\n")
            seq += 1
        self._write(b"".join(parts))

    def end(self, **fields):
        """Appends `run.ended` and closes."""
        fields = {"type": "run.ended", **fields, "events": self.events + 1, "bytes": self.size}
        failure = fields["failure"]
        while failure and failure["traceback"] and len(encode(fields)) > LINE_CAP - 1024:
            failure["traceback"] = failure["traceback"][len(failure["traceback"]) // 2 + 1 :]
        self._reserve.unlink(missing_ok=True)
        self.lines([encode(fields)])
        self.close()

    def close(self):
        """Ends it as it is: a later attempt goes on."""
        self._reserve.unlink(missing_ok=True)
        os.close(self._file)
        self._file = -1  # whose number another file may have by now

    def elapsed(self):
        """Milliseconds since the attempt began."""
        return (time.monotonic() - self._started) * 1000

    def _write(self, data):
        """Appends whole lines. Where the disk is full: those that fit and, from the reserve, one more."""
        done = self._append(data, 0, len(data))
        if done < len(data):
            self._free_reserve()
            end = data.index(b"\n", done) + 1
            done = self._append(data, done, end)
            if done < end:
                raise OSError(errno.ENOSPC, "no space left for the run's log, its reserve spent")
        self.size += done
        self.events += data.count(b"\n", 0, done)

    def _append(self, data, start, end):
        view = memoryview(data)
        while start < end:
            try:
                start += os.write(self._file, view[start:end])
            except OSError as error:
                if error.errno in FULL:
                    break
                raise
        return start

    def _free_reserve(self):
        self.full = True
        self._reserve.unlink(missing_ok=True)

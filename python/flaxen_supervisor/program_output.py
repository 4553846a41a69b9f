"""What a program prints: all of it raw into a file, a bounded share of it as `log` events."""

import re
import time

from flaxen_supervisor.event_log import FULL, LINE_CAP, encode

TEXT_CAP = 64 * 1024  # bytes of one line; a longer one is cut into several
RAW_CAP = 64 * 1024 * 1024  # bytes of the raw file
KEPT = 64 * 1024  # bytes of the end that are kept for a failure's traceback
LEVELS = {"I": "info", "W": "warning", "E": "error", "F": "error", "D": "debug", "C": "error"}
LEVEL = re.compile(r"(?:[\w.]+:)?(?:(DEBUG|INFO|WARNING|ERROR|CRITICAL)\b|([IWEF])\d{4} )")


class Budget:
    """How much may be logged: so many at once, so many a second afterwards."""

    def __init__(self, burst, rate, clock=time.monotonic):
        self.burst, self.rate, self.clock = burst, rate, clock
        self.left, self.at = burst, clock()

    def take(self, amount):
        """True when there was enough left, which is then spent."""
        now = self.clock()
        self.left, self.at = min(self.burst, self.left + (now - self.at) * self.rate), now
        if self.left < amount:
            return False
        self.left -= amount
        return True


class ProgramOutput:
    """One of a program's two streams. `full` when the disk was."""

    def __init__(self, stream, path, lines=None, size=None):
        self.stream, self.full, self.tail = stream, False, b""
        self._file = path.open("wb", buffering=0)
        self._written, self._torn, self._dropped = 0, b"", 0
        self._lines = lines or Budget(500, 200)
        self._size = size or Budget(1024 * 1024, 256 * 1024)

    def feed(self, data):
        """Takes bytes as they come; returns the events of the lines that they complete."""
        self._keep(data)
        # A carriage return ends a line too: the states of a progress bar are lines. CR LF gives an empty one, left out.
        *lines, self._torn = (self._torn + data).replace(b"\r", b"\n").split(b"\n")
        while len(self._torn) > TEXT_CAP:
            lines.append(self._torn[:TEXT_CAP])
            self._torn = self._torn[TEXT_CAP:]
        return self._events(lines)

    def close(self):
        """Returns the events of the last, unended line and of what was left out since."""
        events = self._events([self._torn])
        if self._dropped:
            events.append(
                self._event(f"{self._dropped} lines were left out here; {self._file.name} has them", "warning")
            )
        self._file.close()
        return events

    def _events(self, lines):
        events = []
        for line in lines:
            for start in range(0, len(line), TEXT_CAP):
                part = line[start : start + TEXT_CAP]
                if self._lines.take(1) and self._size.take(len(part)):
                    text = part.decode(errors="replace")
                    events.append(self._event(text, self._level(text)))
                else:
                    self._dropped += 1
        return events

    def _event(self, text, level):
        fields = {"type": "log", "stream": self.stream, "level": level, "text": text, "dropped": self._dropped}
        line = encode(fields)
        if len(line) > LINE_CAP - 1024:
            line = encode(fields | {"text": text[: TEXT_CAP // 3]})
        self._dropped = 0
        return line

    def _level(self, text):
        found = LEVEL.match(text)
        if found:
            return LEVELS[(found[1] or found[2])[0]]
        return "info" if self.stream == "stdout" else "warning"

    def _keep(self, data):
        self.tail = (self.tail + data)[-KEPT:]
        if self._written >= RAW_CAP:
            return
        try:
            self._file.write(data)
        except OSError as error:
            if error.errno not in FULL:
                raise
            self.full = True
        self._written += len(data)
        if self._written >= RAW_CAP and not self.full:
            self._file.write(b"\n(cut here: the program printed more than is kept)\n")

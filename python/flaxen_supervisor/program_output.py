"""What a program prints: all of it raw into a file, a bounded share of it as `log` events."""

import re
import time

from flaxen_supervisor.event_log import FULL, encode

TEXT_CAP = 40 * 1024  # bytes of one line, a longer one is cut into several: no byte needs more than 6 in the log
RAW_CAP = 64 * 1024 * 1024  # bytes of the raw file
KEPT = 64 * 1024  # bytes of the end that are kept for a failure's traceback
CUT = b"\n(cut here: the program printed more than is kept)\n"
LEVELS = {"I": "info", "W": "warning", "E": "error", "F": "error", "D": "debug", "C": "error"}
LEVEL = re.compile(r"(?:[\w.]+:)?(?:(DEBUG|INFO|WARNING|ERROR|CRITICAL)\b|([IWEF])\d{4} )")
END = re.compile(rb"[\r\n]*\n|\r+")
ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-Z\\^-~])")


class Budget:
    """How much may be logged: so many at once, so many a second afterwards."""

    def __init__(self, burst, rate, clock=time.monotonic):
        self.burst, self.rate, self.clock = burst, rate, clock
        self.left, self.at = burst, clock()

    def refill(self):
        """As at the beginning."""
        self.left, self.at = self.burst, self.clock()

    def take(self, amount):
        """True when there was enough left, which is then spent."""
        now = self.clock()
        self.left, self.at = min(self.burst, self.left + (now - self.at) * self.rate), now
        if self.left < amount:
            return False
        self.left -= amount
        return True


class ProgramOutput:
    """One stream of one run's program. `full` when the disk was; `tail`: the end of what was printed, bytes.

    `lines`, `size`, `states`: budgets of lines, of their bytes, and of lines that a carriage return gives up.
    """

    def __init__(self, stream, path, lines=None, size=None, states=None):
        self.stream, self.full, self.tail = stream, False, b""
        self._file = path.open("wb", buffering=0)
        self._written, self._torn, self._dropped, self._redrawn, self._spent = 0, b"", 0, False, False
        self._lines = lines or Budget(500, 200)
        self._size = size or Budget(1024 * 1024, 256 * 1024)
        self._states = states or Budget(3, 1)

    def feed(self, data):
        """Takes bytes as they come; returns the events of the lines that they complete."""
        self._keep(data)
        data, self._spent = self._torn + data, False
        events, at = [], 0
        for found in END.finditer(data):
            overwritten = not found[0].endswith(b"\n")
            if overwritten and found.end() == len(data):
                break  # A line feed may follow, which makes it a whole line.
            self._redrawn = self._redrawn or overwritten
            events += self._events(data[at : found.start()], overwritten)
            self._redrawn, at = overwritten, found.end()
        while len(data) - at > TEXT_CAP:
            end = _cut(data, at)
            events += self._events(data[at:end].rstrip(b"\r"), overwritten=False)
            at = end
        self._torn = data[at:]
        return events

    def close(self):
        """Returns the events of the last, unended line and of what was left out since."""
        events = self._events(self._torn.rstrip(b"\r"), overwritten=False)
        if self._dropped:
            text = f"{self._dropped} lines were left out here; {self._file.name} has them"
            events.append(self._event(text, "warning"))
        self._file.close()
        return events

    def _events(self, line, overwritten):
        """Events of one line, several where it is too long, none where it is empty or does not fit the budgets."""
        events, start = [], 0
        while start < len(line):
            end = _cut(line, start)
            if self._may_log(end - start, overwritten):
                text = ESCAPE.sub("", line[start:end].decode(errors="replace"))
                events += [self._event(text, self._level(text))] if text else []
            else:
                self._dropped += 1
            start = end
        return events

    def _may_log(self, size, overwritten):
        if self._spent or (overwritten and not self._states.take(1)):
            return False
        self._spent = not self._lines.take(1)  # What came at once is dropped at once: a flood must cost little.
        return not self._spent and self._size.take(size)

    def _event(self, text, level):
        fields = {"type": "log", "stream": self.stream, "level": level, "text": text, "dropped": self._dropped}
        self._dropped = 0
        return encode(fields)

    def _level(self, text):
        found = LEVEL.match(text)
        if found:
            return LEVELS[(found[1] or found[2])[0]]
        # A progress bar goes to stderr as well, and warns of nothing.
        return "info" if self.stream == "stdout" or self._redrawn else "warning"

    def _keep(self, data):
        self.tail = (self.tail + data)[-KEPT:]
        if self._written < RAW_CAP:
            self._write(data)
            self._written += len(data)
            if self._written >= RAW_CAP:
                self._write(CUT)

    def _write(self, data):
        try:
            while data and not self.full:
                data = data[self._file.write(data) :]
        except OSError as error:
            if error.errno not in FULL:
                raise
            self.full = True


def _cut(data, start):
    """Where the piece from `start` ends: at the cap, but not inside a character of UTF-8."""
    end = start + TEXT_CAP
    if end >= len(data):
        return len(data)
    whole = end
    while end - whole < 3 and data[whole] & 0xC0 == 0x80:
        whole -= 1
    return whole if data[whole] & 0xC0 != 0x80 else end

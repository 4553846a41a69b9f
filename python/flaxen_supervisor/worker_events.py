"""A worker's pipe: lines that are events already, and private ones for the supervisor itself."""

import json

from flaxen_supervisor.event_log import LINE_CAP, encode

RESULTS = ("completed", "stopped", "cancelled")  # how a program can end by itself
FAILURE = ("code", "type", "message", "traceback", "frames", "data")
ENVELOPE = 1024  # bytes that the envelope may add to a line


class WorkerEvents:
    """Cuts the pipe's bytes into lines. `result`, `failure`: what the worker told last; `events` counts the rest.

    `taken`: whether it has said anything, and be it that it begins; `idle`: bytes of memory that it holds, once it has
    told that it waits for another run.
    """

    def __init__(self):
        self.result = self.failure = self.idle = None
        self.events, self.taken = 0, False
        self._torn, self._skipping, self._steps, self._epoch = b"", False, None, None

    def feed(self, data):
        """Takes bytes as they come; returns whole events. The worker's own torn last line is never one."""
        self.taken = True
        lines = (self._torn + data).split(b"\n")
        self._torn = lines.pop()
        if self._skipping and lines:
            del lines[0]
            self._skipping = False
        if len(self._torn) > LINE_CAP:
            self._torn, self._skipping = b"", True
            lines.append(_refusal("a line of the worker is too long for the log"))
        events = [event for event in map(self._event, lines) if event]
        self.events += len(events)
        return events

    def reached(self):
        """(step, epoch, metrics) as the events told: for a run that could not sum itself up."""
        try:
            steps = json.loads(self._steps) if self._steps else {"first": 0, "count": 0}
            epoch = json.loads(self._epoch) if self._epoch else {"epoch": None, "metrics": {}}
            return steps["first"] + steps["count"], epoch["epoch"], epoch["metrics"]
        except (ValueError, KeyError, TypeError):
            return 0, None, {}  # Lines of the worker go into the log unread, and these are none of ours.

    def _event(self, line):
        if len(line) > LINE_CAP - ENVELOPE:
            return _refusal("a line of the worker is too long for the log")
        if line.startswith(b'{"type":"steps"'):
            self._steps = line
        elif line.startswith(b'{"type":"epoch"'):
            self._epoch = line
        elif line.startswith(b'{"type":"_'):
            return self._private(line)
        elif not line.startswith(b'{"type":"') and line:
            return self._loose(line)
        return line

    def _private(self, line):
        """Takes what the worker says of itself. Half a word of it is none: a run has not ended well by mistake."""
        try:
            fields = json.loads(line)
            name = fields.pop("type")
            if name == "_result" and fields["reason"] in RESULTS:
                self.result = fields
            elif name == "_taken":
                pass  # Every word says so.
            elif name == "_idle":
                self.idle = int(fields["rss"])
            elif name == "_failure":
                self.failure = {part: fields["failure"][part] for part in FAILURE}
            else:
                return _no_event(line)
        except (ValueError, KeyError, TypeError):
            return _no_event(line)
        return None

    def _loose(self, line):
        """An event in another spelling of JSON than ours, or no event at all."""
        try:
            fields = json.loads(line)
            line = encode({"type": fields.pop("type"), **fields})
        except (ValueError, KeyError, AttributeError, TypeError):
            return _no_event(line)
        return self._event(line)


def _no_event(line):
    return _refusal(f"a line of the worker is no event: {line[:200].decode(errors='replace')}")


def _refusal(text):
    return encode({"type": "warning", "code": "worker-protocol", "text": text})

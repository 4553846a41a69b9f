"""What may be asked of a run while it trains, and which run is next: lines of JSON on standard input."""

import functools
import json
import os
import queue
import threading


class Cancelled(BaseException):
    """The run was asked to end at once."""


class Control:
    """Whether the run was asked to `stop` (end well, keep the weights) or to `cancel` (end at once).

    `warm`: whether this process has run before.
    """

    def __init__(self, warm=False):
        self.warm, self.stop, self.cancel = warm, False, False

    def check(self):
        """Raises `Cancelled` if that was asked for."""
        if self.cancel:
            raise Cancelled


class Listener:
    """Hears requests in their order: those after a `run` are about that run, which has a control of its own."""

    def __init__(self):
        self.control, self.runs = Control(), queue.SimpleQueue()

    def hear(self, request):
        """Takes one request; verbs that are not known are nobody's."""
        verb = request.get("verb")
        if verb == "run":
            self.control = Control(warm=True)
            self.runs.put(request)
        self.control.stop = self.control.stop or verb == "stop"
        self.control.cancel = self.control.cancel or verb == "cancel"

    def next_run(self):
        """Waits for the next request to run."""
        return self.runs.get()


@functools.cache
def standard_input():
    """The one listener of this process. At the end of the stream the parent is dead, and so is this process."""
    listener = Listener()

    def listen():
        # Not through sys.stdin: a thread that waits in it holds a lock that the interpreter needs to end.
        waiting = b""
        while received := os.read(0, 65536):
            *lines, waiting = (waiting + received).split(b"\n")
            for line in lines:
                listener.hear(json.loads(line))
        os._exit(1)

    threading.Thread(target=listen, name="control", daemon=True).start()
    return listener

"""What may be asked of a run while it trains: lines of JSON on standard input."""

import functools
import json
import os
import threading


class Cancelled(BaseException):
    """The run was asked to end at once."""


class Control:
    """Whether the run was asked to `stop` (end well, keep the weights) or to `cancel` (end at once)."""

    def __init__(self):
        self.stop = self.cancel = False

    def check(self):
        """Raises `Cancelled` if that was asked for."""
        if self.cancel:
            raise Cancelled


@functools.cache
def standard_input():
    """The one listener of this process. At the end of the stream the parent is dead, and so is this process."""
    control = Control()

    def listen():
        # Not through sys.stdin: a thread that waits in it holds a lock that the interpreter needs to end.
        waiting = b""
        while received := os.read(0, 65536):
            *lines, waiting = (waiting + received).split(b"\n")
            for line in lines:
                verb = json.loads(line).get("verb")
                control.stop = control.stop or verb == "stop"
                control.cancel = control.cancel or verb == "cancel"
        os._exit(1)

    threading.Thread(target=listen, name="control", daemon=True).start()
    return control

"""Runs the program in the current folder for a supervisor: python -m flaxen.worker.

FLAXEN_RUN is the run's folder, FLAXEN_EVENTS_FD the pipe that events are written to; standard input brings control
lines, and its end means that the supervisor is dead. Standard output and error are the program's own.
"""

import ctypes
import os
import pathlib
import runpy
import signal
import sys

from flaxen.control import standard_input
from flaxen.events import Pipe
from flaxen.failure import describe

_PR_SET_PDEATHSIG = 1


def main():
    """Exits with 0 when the program came to its end, with 1 after a `_failure` line."""
    _die_with_parent()
    standard_input()
    os.environ["JAX_TRACEBACK_FILTERING"] = "off"  # they are filtered here, where the program's files are known
    sys.stdout.reconfigure(line_buffering=True)
    program = pathlib.Path.cwd()
    sys.argv = ["train.py", str(program.parent / "config.json")]
    code = 0
    try:
        runpy.run_path(str(program / "train.py"), run_name="__main__")
    except BaseException as error:
        if not isinstance(error, SystemExit) or error.code:
            code = 1
            failure = describe(error, program)
            Pipe(int(os.environ["FLAXEN_EVENTS_FD"]))("_failure", failure=failure)
            print(failure["traceback"], file=sys.stderr)
    # Nothing is left to do, and taking JAX apart takes a tenth of a second.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _die_with_parent():
    """On Linux the kernel kills this process with the thread that started it; elsewhere the end of stdin must do."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main()

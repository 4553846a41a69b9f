"""Runs the program in the current folder for a supervisor: python -m flaxen.worker.

FLAXEN_RUN is the run's folder, FLAXEN_EVENTS_FD the pipe that events are written to; standard input brings control
lines, and its end means that the supervisor is dead. Standard output and error are the program's own. With FLAXEN_KEEP
the process stays when a run has ended well: it tells so by `_idle` and runs the same program again when it is asked to,
which it tells by `_taken` before anything of that run happens.
"""

import ctypes
import gc
import os
import pathlib
import signal
import sys

from flaxen.control import standard_input
from flaxen.events import Pipe
from flaxen.program import Program

_PR_SET_PDEATHSIG = 1


def main():
    """Exits with 0 when the program came to its end, with 1 after a `_failure` line."""
    _die_with_parent()
    listener, emit = standard_input(), Pipe(int(os.environ["FLAXEN_EVENTS_FD"]))
    os.environ["JAX_TRACEBACK_FILTERING"] = "off"  # they are filtered here, where the program's files are known
    sys.stdout.reconfigure(line_buffering=True)
    program = Program(pathlib.Path.cwd())
    while not (code := _run(program, emit)) and _keeps(program, listener.control):
        emit("_idle", rss=_resident_bytes())
        if not listener.control.warm:
            # What was made once is looked at no more: a collector's pause is longer than a seen program's start.
            gc.collect()
            gc.freeze()
        request = listener.next_run()
        emit("_taken")
        _prepare(program, request)
    # Nothing is left to do, and taking JAX apart takes a tenth of a second.
    os._exit(code)


def _run(program, emit):
    """Returns 0, or 1 after a `_failure` line. All that was printed has left the process then."""
    code = 0
    try:
        program.run()
    except BaseException as error:
        if not isinstance(error, SystemExit) or error.code:
            code = 1
            failure = program.describe(error)
            emit("_failure", failure=failure)
            print(failure["traceback"], file=sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def _keeps(program, control):
    """Whether this process may run the program again."""
    return bool(os.environ.get("FLAXEN_KEEP") and program.main) and not control.cancel


def _prepare(program, request):
    """Takes over the variables and the folder of the next run."""
    for name in ("FLAXEN_DEVICE", "FLAXEN_KEEP"):
        os.environ.pop(name, None)
    os.environ.update(request["variables"])
    program.move(pathlib.Path(request["folder"], "program"))


def _resident_bytes():
    """Memory that this process holds; its most so far where the present number is not to be had."""
    try:
        return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _die_with_parent():
    """On Linux the kernel kills this process with the thread that started it; elsewhere the end of stdin must do."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main()

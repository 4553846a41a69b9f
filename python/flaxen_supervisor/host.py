"""A worker's process, started before it is known what it will run: python <path>/host.py [--spare]

The first line on standard input names the run: {"verb": "run", "folder": ..., "variables": {...}}. `_taken` on the
events' pipe tells that it was read: a process that dies before that has done nothing of the run. Then the program's own
flaxen/worker.py takes over, with its folder first on the path, as by `python -m flaxen.worker`. Later lines of standard
input are that module's. With --spare the packages that programs import are imported while the process waits, but no
device is touched: a waiting process holds no memory of a GPU. The end of standard input ends it.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import os
import pathlib
import runpy
import signal
import sys
import traceback

IMPORTED = ("numpy", "jax", "jax.numpy", "flax.nnx", "optax", "safetensors.numpy")
_PR_SET_PDEATHSIG = 1


def main(arguments):
    """Runs until the program's worker ends the process."""
    # The interpreter puts this file's folder there, whose modules are none of the program's business.
    own = pathlib.Path(__file__).resolve().parent
    sys.path[:] = [entry for entry in sys.path if not entry or pathlib.Path(entry).resolve() != own]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    os.environ["JAX_TRACEBACK_FILTERING"] = "off"  # read when JAX is imported; the worker filters them itself
    if "--spare" in arguments:
        import_packages()
    become(first_request())


def import_packages():
    """Imports what the environment has of `IMPORTED`: another package's absence is the program's to find."""
    for name in IMPORTED:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()  # What lives as long as the process needs no collector to look at it again.


def first_request():
    """The first line of standard input. Not a byte more is read: what follows belongs to the worker's listener."""
    line = bytearray()
    while not line.endswith(b"\n"):
        received = os.read(0, 1)
        if not received:
            os._exit(1)
        line += received
    return json.loads(line)


def become(request):
    """Turns this process into the worker of the run that the request names."""
    os.write(int(os.environ["FLAXEN_EVENTS_FD"]), b'{"type":"_taken"}\n')
    os.environ.update(request["variables"])
    os.chdir(pathlib.Path(request["folder"], "program"))
    sys.path.insert(0, str(pathlib.Path.cwd()))
    code = 0
    try:
        runpy.run_module("flaxen.worker", run_name="__main__", alter_sys=True)
    except SystemExit as ending:
        code = ending.code or 0
        if not isinstance(code, int):
            print(code, file=sys.stderr)
            code = 1
    except BaseException:
        traceback.print_exc()
        code = 1
    # The interpreter's own way out waits for threads and locks that programs have left behind.
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])

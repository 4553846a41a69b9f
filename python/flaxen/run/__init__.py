"""The run as its program sees it: `run.open(...)` gives the object that a program's `main` talks to."""

import contextlib

from flaxen.control import Cancelled
from flaxen.run.config import read_config
from flaxen.run.rows import per_row
from flaxen.run.run import Run
from flaxen.run.weights import start_from

__all__ = ["Cancelled", "Run", "open", "per_row", "read_config", "start_from"]


@contextlib.contextmanager
def open(config, init, train_steps, evaluate, finish):
    """A run of the program's functions; `evaluate` is None without rows to validate or test on.

    With `trials` in the config all of them run together, as lanes of the same program.
    """
    r = Run(config, init, train_steps, evaluate, finish)
    try:
        yield r
        r.close()
    except Cancelled:
        r.close("cancelled")

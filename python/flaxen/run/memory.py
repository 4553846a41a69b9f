"""Memory that a step frees is kept for the next step."""

import contextlib
import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # of glibc's malloc.h
IMAGE_RANK = 3  # [height, width, channels]: to be convolved, as a rule


def keep_freed_memory(expects):
    """Asks the C library not to hand freed memory back to the kernel, which clears such memory each time anew.

    The supervisor starts workers with large pages besides (worker_process.py), which a running process cannot ask for.
    To be called before the device does anything; `expects`: what the config says of the data's columns. Other C
    libraries than glibc are left as they are.
    """
    _set(_MMAP_THRESHOLD, 2**30)
    _set(_TRIM_THRESHOLD, 2**31 - 1)
    # XLA's convolutions on a CPU take and free megabytes in every step, and what a thread's own pool frees is handed
    # back in spite of the above. Small steps are the slower for one pool: the threads wait for each other.
    if any(column["role"] == "input" and len(column.get("shape") or ()) >= IMAGE_RANK for column in expects.values()):
        _set(_ARENA_MAX, 1)


def _set(parameter, value):
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL(None).mallopt(parameter, value)

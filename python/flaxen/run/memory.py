"""Memory that a step frees is kept for the next step."""

import contextlib
import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # of glibc's malloc.h


def keep_freed_memory():
    """Asks the C library not to hand freed memory back to the kernel, and to have one pool for all threads.

    XLA's convolutions on a CPU take and free megabytes in every step; a quarter of the time went to the kernel, which
    clears such memory each time anew. Other C libraries than glibc are left as they are.
    """
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError, OSError):
            libc = ctypes.CDLL(None)
            libc.mallopt(_MMAP_THRESHOLD, 2**30)
            libc.mallopt(_TRIM_THRESHOLD, 2**31 - 1)
            libc.mallopt(_ARENA_MAX, 1)

"""An exception as plain JSON: its cause's code, its message, and the frames that lie in the program's own files."""

import errno
import pathlib
import traceback

_LIMIT = 60_000  # characters of a message or a traceback
_MACHINERY = ("/jax/", "/jaxlib/", "/flax/", "/optax/", "<frozen ", "/runpy.py", "/flaxen/")


def describe(error, program):
    """The `failure` of the events' schema. program: the folder of model.py and train.py."""
    return {
        "code": code(error),
        "type": type(error).__name__,
        "message": str(error)[:_LIMIT],
        "traceback": _text(error)[-_LIMIT:],
        "frames": frames(error, program),
        "data": dict(getattr(error, "facts", {})),
    }


def code(error):
    """What kind of cause: an error that knows its code, memory, disk, or "exception" for what nobody foresaw."""
    if isinstance(getattr(error, "code", None), str):
        return error.code
    if isinstance(error, MemoryError) or "RESOURCE_EXHAUSTED" in str(error):
        return "oom"
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "disk-full"
    return "exception"


def frames(error, program):
    """Frames of the program's files, outermost first; JAX's note of where a transformed operation came from is last."""
    program = pathlib.Path(program).absolute()
    found = []
    for one in _chain(error):
        for frame in traceback.extract_tb(one.__traceback__):
            path = pathlib.Path(frame.filename).absolute()
            entry = {
                "file": path.name,
                "line": frame.lineno,
                "column": frame.colno,
                "endLine": frame.end_lineno,
                "endColumn": frame.end_colno,
                "function": frame.name,
            }
            if path.parent == program and path.suffix == ".py" and entry not in found:
                found.append(entry)
    if isinstance(error, SyntaxError) and error.filename:
        path, column = pathlib.Path(error.filename).absolute(), (error.offset or 1) - 1
        if path.parent == program:
            end = max((error.end_offset or 0) - 1, column + 1)
            place = {"line": error.lineno, "column": column, "endLine": error.end_lineno, "endColumn": end}
            found.append({"file": path.name, **place, "function": "<module>"})
    return found


def _chain(error):
    """The error, then what it was raised from."""
    seen = []
    while error is not None and error not in seen:
        seen.append(error)
        error = error.__cause__
    return seen


def _text(error):
    """The traceback without the frames of the libraries, unless there are no others."""
    shown = traceback.TracebackException.from_exception(error)
    one = shown
    while one is not None:
        own = [frame for frame in one.stack if not any(part in frame.filename for part in _MACHINERY)]
        if own:
            one.stack = traceback.StackSummary.from_list(own)
        one = one.__cause__ or one.__context__
    return "".join(shown.format())

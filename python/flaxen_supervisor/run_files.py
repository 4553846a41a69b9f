"""The files of a run that a client may read or write: no name leads out of the run's folder, no link is followed."""

import contextlib
import errno
import itertools
import json
import os
import re
import stat

RUN = re.compile(r"[A-Za-z0-9_-]{1,100}")
_READABLE = re.compile(r"job\.json|status\.json|attempt-[1-9][0-9]{0,8}/events\.jsonl|artifacts/.+", re.DOTALL)
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_parts = itertools.count()


class UnreadableError(Exception):
    """A name leads through a link, or to what is no file."""


def is_readable(name):
    """Whether it is a name that clients may read by."""
    return bool(_READABLE.fullmatch(name)) and not {"", ".", ".."} & set(name.split("/")) and "\0" not in name


def size(folder, name):
    """Bytes of a file, 0 while there is none, -1 where that cannot be told: a quick look, which proves nothing."""
    try:
        return os.lstat(f"{folder}/{name}").st_size
    except FileNotFoundError:
        return 0
    except (OSError, UnicodeEncodeError):
        return -1


def read(folder, name, offset, limit):
    """Returns (size, bytes from `offset` on, at most `limit`); (0, b"") while there is no such file."""
    try:
        with _opened(folder, name) as file:
            found = os.fstat(file)
            if not stat.S_ISREG(found.st_mode):
                raise UnreadableError(f"{name} is no file")
            length = min(limit, found.st_size - offset)
            return found.st_size, os.pread(file, length, offset) if length > 0 else b""
    except FileNotFoundError:
        return 0, b""
    except UnicodeEncodeError:
        raise UnreadableError(f"{name!a} is no name of a file") from None
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR, errno.ENXIO):
            raise UnreadableError(f"{name} leads through a link, or to what is no file") from None
        raise


def read_json(folder, name, cap):
    """The object that a file of at most `cap` bytes holds; None where there is none."""
    try:
        value = json.loads(read(folder, name, 0, cap)[1])
    except (ValueError, RecursionError, UnreadableError):
        return None
    return value if isinstance(value, dict) else None


def write_request(folder, id, text):
    """Puts a request into the run's inbox, whole; one whose id was used before does nothing."""
    with _folder(folder) as run:
        with contextlib.suppress(FileExistsError):
            os.mkdir("control", 0o755, dir_fd=run)
        with _folder("control", run) as control:
            _write_once(control, f"{id}.json", text)


def _write_once(control, name, text):
    with contextlib.suppress(FileNotFoundError):
        os.stat(name, dir_fd=control, follow_symlinks=False)
        return
    part = f".{os.getpid()}-{next(_parts)}.part"
    try:
        file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644, dir_fd=control)
        with os.fdopen(file, "wb") as stream:
            stream.write(text)
        os.rename(part, name, src_dir_fd=control, dst_dir_fd=control)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(part, dir_fd=control)
        raise


@contextlib.contextmanager
def _opened(folder, name):
    *parents, last = name.split("/")
    with contextlib.ExitStack() as stack:
        at = stack.enter_context(_folder(folder))
        for parent in parents:
            at = stack.enter_context(_folder(parent, at))
        file = os.open(last, _FILE, dir_fd=at)
        stack.callback(os.close, file)
        yield file


@contextlib.contextmanager
def _folder(path, at=None):
    descriptor = os.open(path, _FOLDER, dir_fd=at)
    try:
        yield descriptor
    finally:
        os.close(descriptor)

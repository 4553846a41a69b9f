"""What programs leave behind: processes that are found by the variables they were started with, and killed."""

import contextlib
import os
import pathlib
import signal
import typing

from flaxen_supervisor import processes, status

MARK = "FLAXEN_WORKER"  # the variable that tells whose descendant a process is


def sweep(marks, worker=None):
    """Kills every descendant that has one of `marks` (bytes of "NAME=value") among the variables it was started with.

    `worker`: pid of one that lives and is spared itself, while whatever descends from it or shares its session is not.
    Linux; elsewhere what leaves the worker's process group stays.
    """
    if not processes.LINUX:
        return
    table = _table()
    own = set(_below(worker, table)) if worker else set()
    for pid in _below(os.getpid(), table):
        with contextlib.suppress(OSError):
            if pid != worker and (pid in own or table[pid].session == worker or _is_marked(pid, marks)):
                os.kill(pid, signal.SIGKILL)


def sweep_everywhere(marks):
    """Kills all of this machine's processes that are so marked, whoever started them (Linux)."""
    for pid in everybody():
        with contextlib.suppress(OSError):
            if _is_of_ours(pid) and _is_marked(pid, marks):
                os.kill(pid, signal.SIGKILL)


def own_mark():
    """Tells this process from all others of this start of the machine: what its descendants are marked with."""
    return f"{os.getpid()}.{processes.start_time(os.getpid())}"


def sweep_orphans():
    """Kills what supervisors have left behind that were killed before they could do so themselves (Linux)."""
    for pid in everybody():
        with contextlib.suppress(OSError):
            for variable in variables(pid):
                name, _, value = variable.partition(b"=")
                if name == MARK.encode() and _is_of_ours(pid):
                    parent, _, started = value.decode().partition("-")[0].partition(".")
                    if processes.start_time(parent) != started:
                        os.kill(pid, signal.SIGKILL)


def descendants(root):
    """Pids of all children of `root`, and of theirs (Linux)."""
    return _below(root, _table())


def everybody():
    """Pids of all processes (Linux)."""
    return [int(entry.name) for entry in os.scandir("/proc") if entry.name.isdigit()] if processes.LINUX else []


def variables(pid):
    """The variables that a process was started with, as bytes of "NAME=value" (Linux)."""
    return pathlib.Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")


class _Place(typing.NamedTuple):
    parent: int
    session: int


def _table():
    """Pid -> place, of all processes (Linux)."""
    table = {}
    for pid in everybody():
        with contextlib.suppress(OSError):
            _, parent, _, session, *_ = processes.stat(pid)
            table[pid] = _Place(int(parent), int(session))
    return table


def _below(root, table):
    children = {}
    for pid, place in table.items():
        children.setdefault(place.parent, []).append(pid)
    found, open_ = [], [root]
    while open_:
        more = children.get(open_.pop(), [])
        found += more
        open_ += more
    return found


def _is_of_ours(pid):
    """Whether it counts processes as this one does: a container's numbers mean others."""
    return status.pid_namespace(pid) == status.pid_namespace("self")


def _is_marked(pid, marks):
    return not set(marks).isdisjoint(variables(pid))

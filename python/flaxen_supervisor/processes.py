"""Child processes that never outlive this one, and facts about them."""

import contextlib
import ctypes
import os
import pathlib
import signal
import subprocess
import sys

LINUX = sys.platform == "linux"
SET_PDEATHSIG, SET_CHILD_SUBREAPER = 1, 36
DROPPED = (
    *("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"),
    *("FLAXEN_RUN", "FLAXEN_KEEP", "FLAXEN_DEVICE"),  # of a run that this process is part of
)

_libc = ctypes.CDLL(None, use_errno=True) if LINUX else None


def adopt_orphans():
    """Makes this process the parent of its descendants' orphans, so that none slips away by forking twice."""
    if LINUX:
        _libc.prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def environment(**more):
    """The variables for a child: without those that would lead it to other packages than its environment's own."""
    kept = {name: value for name, value in os.environ.items() if name not in DROPPED}
    return kept | {name: str(value) for name, value in more.items()}


def spawn(command, own_session=True, **options):
    """Starts a process, in a session of its own. On Linux it is killed when this process dies, however it dies."""
    parent = os.getpid()

    def die_with_parent():
        _libc.prctl(SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    hook = die_with_parent if LINUX else None
    return subprocess.Popen(command, start_new_session=own_session, preexec_fn=hook, **options)


def signal_group(process, number=signal.SIGKILL):
    """Signals a process that `spawn` started and that was not waited for yet, and all that share its group."""
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def reap(known):
    """Collects what has ended, orphans included. `known`: pid -> process whose exit status somebody waits for.

    Groups of known processes are killed before their leader's pid is free to be given to another.
    """
    if not LINUX:
        for process in known.values():
            if process.returncode is None and process.poll() is not None:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(process.pid, signal.SIGKILL)
        return
    with contextlib.suppress(ChildProcessError):
        while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            process = known.get(ended.si_pid)
            if process and process.returncode is None:
                signal_group(process)
                process.poll()
            else:
                os.waitpid(ended.si_pid, os.WNOHANG)


def has_ended(process):
    """Whether a child has, even before it was waited for."""
    if process.returncode is not None or not LINUX:
        return process.poll() is not None
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def start_time(pid):
    """When the process started, in the system's own notation; None when there is no such process, or none any more."""
    try:
        if LINUX:
            fields = stat(pid)
            return None if fields[0] in "ZX" else fields[19]
        ran = subprocess.run(["/bin/ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True)
        return ran.stdout.strip() or None
    except (FileNotFoundError, ProcessLookupError):
        return None


def resident_bytes(pid):
    """Memory that a process holds; 0 when it is gone."""
    try:
        if LINUX:
            return int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        ran = subprocess.run(["/bin/ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True)
        return int(ran.stdout or 0) * 1024
    except (FileNotFoundError, ProcessLookupError):
        return 0


def kills_for_memory():
    """How many processes the kernel has killed for want of memory so far: in this process's cgroup, else anywhere."""
    return next((count for count in map(_oom_kills, _oom_counters()) if count is not None), 0)


def _oom_counters():
    with contextlib.suppress(OSError):
        for line in pathlib.Path("/proc/self/cgroup").read_text().splitlines():
            _, controllers, path = line.split(":", 2)
            if not controllers:
                yield f"/sys/fs/cgroup{path}/memory.events"
            elif "memory" in controllers.split(","):
                yield f"/sys/fs/cgroup/memory{path}/memory.oom_control"
    yield "/proc/vmstat"


def _oom_kills(file):
    with contextlib.suppress(OSError):
        for line in pathlib.Path(file).read_text().splitlines():
            name, _, value = line.partition(" ")
            if name == "oom_kill":
                return int(value)
    return None


def stat(pid):
    """Fields of /proc/PID/stat from the state on: the name before it may hold anything."""
    with open(f"/proc/{pid}/stat", "rb") as file:  # noqa: PTH123 - half the time of a Path, and there are hundreds
        return file.read().rpartition(b")")[2].decode().split()

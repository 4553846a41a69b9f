"""`status.json`: what a run is doing, and whom to ask whether its supervisor lives."""

import functools
import json
import os
import pathlib
import subprocess
import sys

from flaxen_supervisor import processes


def write(folder, **fields):
    """Replaces the file whole."""
    target = pathlib.Path(folder) / "status.json"
    part = target.with_name(".status.json.part")
    part.write_text(json.dumps(fields, indent=2) + "\n")
    part.replace(target)


def read(folder):
    """What stands there; None where nothing does."""
    try:
        return json.loads((pathlib.Path(folder) / "status.json").read_text())
    except (FileNotFoundError, NotADirectoryError):
        return None


@functools.cache
def supervisor():
    """Who this process is: a pid alone may be another's by now, so start time and the machine's boot stand with it."""
    pid = os.getpid()
    identity = {"pid": pid, "startTime": processes.start_time(pid), "bootId": boot_id()}
    return identity | {"pidNamespace": pid_namespace("self")}


def death(fields):
    """How it is known that the supervisor of a status is dead, completing "the supervisor …"; None where it is not."""
    pid, started, boot = (fields["supervisor"][name] for name in ("pid", "startTime", "bootId"))
    if boot and boot_id() and boot != boot_id():
        return f"is gone: the machine was started again since (process {pid} was of an earlier start)"
    namespace = fields["supervisor"].get("pidNamespace")
    if namespace and pid_namespace("self") and namespace != pid_namespace("self"):
        return None  # Of another container: its numbers say nothing here.
    now = processes.start_time(pid)
    if now is None:
        return f"is gone: there is no process {pid} any more"
    if started is not None and now != started:
        return f"is gone: process {pid} is another one, which started later"
    return None


def pid_namespace(pid):
    """Where a process's number is counted: containers have their own. None where that is not told."""
    try:
        return os.readlink(f"/proc/{pid}/ns/pid")  # noqa: PTH115
    except OSError:
        return None


@functools.cache
def boot_id():
    """Differs after every start of the machine."""
    if sys.platform == "linux":
        return pathlib.Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    ran = subprocess.run(["/usr/sbin/sysctl", "-n", "kern.bootsessionuuid"], capture_output=True, text=True)
    return ran.stdout.strip()

"""`status.json`: what a run is doing, and whom to ask whether its supervisor lives."""

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


def supervisor():
    """Who this process is: a pid alone may be another's by now, so start time and the machine's boot stand with it."""
    pid = os.getpid()
    return {"pid": pid, "startTime": processes.start_time(pid), "bootId": boot_id()}


def boot_id():
    """Differs after every start of the machine."""
    if sys.platform == "linux":
        return pathlib.Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    ran = subprocess.run(["/usr/sbin/sysctl", "-n", "kern.bootsessionuuid"], capture_output=True, text=True)
    return ran.stdout.strip()

"""What the machine can compute on."""

import functools
import pathlib
import re
import shutil
import subprocess
import sys

OLDEST_DRIVER = {"cuda12": 525}
PATIENCE = 5  # seconds that nvidia-smi may take
ROOT = pathlib.Path("/")


@functools.cache
def detect(root=ROOT):
    """An accelerator: "cuda12" where there is an NVIDIA GPU with a driver that is new enough, else "cpu"."""
    if sys.platform != "linux" or not _has_device(root):
        return "cpu"
    version = driver(root)
    return next((name for name, oldest in OLDEST_DRIVER.items() if version and version >= oldest), "cpu")


def driver(root=ROOT):
    """First number of the NVIDIA driver's version; None without one."""
    try:
        told = (root / "proc/driver/nvidia/version").read_text()
        found = re.search(r"Kernel Module\b.*?\s(\d+)\.\d", told)
    except OSError:
        found = re.match(r"\s*(\d+)\.", _ask_tool() if root == ROOT else "")
    return int(found[1]) if found else None


def _has_device(root):
    # /dev/dxg: an NVIDIA GPU of the Windows that this Linux runs in; its driver is no kernel module here.
    return any((root / "dev").glob("nvidia[0-9]*")) or (root / "dev/dxg").exists()


def _ask_tool():
    tool = shutil.which("nvidia-smi") or "/usr/lib/wsl/lib/nvidia-smi"
    command = [tool, "--query-gpu=driver_version", "--format=csv,noheader"]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""

"""Which packages an environment has, and the key that tells one build of it from another.

A folder of locks has, for each environment NAME, `NAME-ROW.txt` (`NAME-ACCELERATOR-ROW.txt` for other than the CPU) and
`NAME.check`, the program that must run in a finished environment. FLAXEN_LOCKS names another folder than Flaxen's own.
"""

import hashlib
import os
import pathlib
import sys
import sysconfig

from flaxen_supervisor.environment import accelerator
from flaxen_supervisor.environment.failure import EnvironmentBuildError
from flaxen_supervisor.environment.packages import normal

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "environments"
OLDEST = (3, 11)
ROWS = (((3, 12), "py312"), ((3, 11), "py311"))  # newest first: the first one that the interpreter reaches


def folder():
    """Where the lock files lie."""
    return pathlib.Path(os.environ.get("FLAXEN_LOCKS") or FOLDER)


def check_of(name):
    """The program that must run in a finished environment."""
    return (folder() / f"{name}.check").read_text()


def choose(wanted, version=sys.version_info):
    """(lock file, accelerator) of a description for a version of Python."""
    row = _row(version)
    if not (folder() / f"{wanted.name}.check").exists():
        known = ", ".join(sorted(path.stem for path in folder().glob("*.check")))
        raise EnvironmentBuildError("env-failed", f'there is no environment "{wanted.name}". Known: {known}.')
    files = _files(wanted.name, row)
    chosen = wanted.accelerator or accelerator.detect()
    if chosen not in files and wanted.accelerator is None:
        chosen = "cpu"
    if chosen not in files:
        message = f'"{wanted.name}" cannot compute on "{chosen}" here. Known: {", ".join(sorted(files))}.'
        raise EnvironmentBuildError("env-failed", message)
    return files[chosen], chosen


def key_of(wanted, lock, chosen):
    """Differs whenever an environment built earlier would not do: other packages, Python, platform or accelerator."""
    minor, platform = f"py{sys.version_info[0]}.{sys.version_info[1]}", sysconfig.get_platform()
    parts = [lock.read_bytes(), *map(str.encode, (minor, platform, chosen))]
    for package in wanted.packages:
        parts += [package.text.encode(), *_stamps(package.name, wanted.wheelhouse)]
    digest = hashlib.sha256(b"\0".join(parts)).hexdigest()
    return f"{wanted.name}-{minor}-{platform}-{chosen}-{digest[:12]}"


def _row(version):
    if version[:2] < OLDEST:
        found = ".".join(map(str, version[:3]))
        raise EnvironmentBuildError("python-too-old", f"{sys.executable} is Python {found}; 3.11 or newer is needed.")
    return next(row for least, row in ROWS if version[:2] >= least)


def _files(name, row):
    """Accelerator -> lock file."""
    files = {"cpu": folder() / f"{name}-{row}.txt"}
    if sys.platform == "linux":
        files |= {each: folder() / f"{name}-{each}-{row}.txt" for each in accelerator.OLDEST_DRIVER}
    return {each: file for each, file in files.items() if file.exists()}


def _stamps(name, wheelhouse):
    """Tells a wheel of one's own that was built anew, under the same version, from the one before."""
    if wheelhouse and wheelhouse.is_dir():
        for path in sorted(wheelhouse.glob("*.whl")):
            if normal(path.name.split("-")[0]) == name:
                told = path.stat()
                yield f"{path.name} {told.st_size} {told.st_mtime_ns}".encode()

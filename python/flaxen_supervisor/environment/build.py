"""Builds an environment beside its place, checks it, marks it ready, and renames it into place."""

import contextlib
import fcntl
import json
import os
import shutil
import time

from flaxen_supervisor.environment.description import Description
from flaxen_supervisor.environment.failure import EnvironmentBuildError
from flaxen_supervisor.environment.installers import install, run
from flaxen_supervisor.environment.locks import check_of, choose, key_of
from flaxen_supervisor.event_log import FULL

MARK = "flaxen.json"


def find_ready(environment, home):
    """Returns (key, path of its Python or None when it is still to be built). `environment`: see `Description.of`."""
    wanted = Description.of(environment)
    key = key_of(wanted, *choose(wanted))
    folder = home / "environments" / key
    python = folder / "bin" / "python"
    return key, python if (folder / MARK).exists() and python.exists() else None


def ensure(environment, home, say):
    """Returns {key, python, built, seconds}. `say`: takes lines of progress."""
    started = time.monotonic()
    wanted = Description.of(environment)
    key, python = find_ready(wanted, home)
    built = False
    if python is None:
        try:
            python, built = _build_once(wanted, key, home / "environments", say)
        except OSError as error:
            code = "disk-full" if error.errno in FULL else "env-failed"
            raise EnvironmentBuildError(code, f"{error.strerror}: {error.filename}.") from error
    return {"key": key, "python": str(python), "built": built, "seconds": round(time.monotonic() - started, 3)}


def _build_once(wanted, key, folder, say):
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder / f".{key}.lock", say):
        _, python = find_ready(wanted, folder.parent)
        if python:
            return python, False
        # What lies here was left by a builder that was killed, or is an environment whose interpreter is gone.
        final = folder / key
        for rest in (*folder.glob(f".{key}.*.building"), final):
            shutil.rmtree(rest, ignore_errors=True)
        # A name of its own: a killed builder's installer may still be writing where that one built.
        building = folder / f".{key}.{os.getpid()}.{time.time_ns()}.building"
        try:
            _fill(building, final, wanted, key, say)
            building.rename(final)
        finally:
            shutil.rmtree(building, ignore_errors=True)
        return final / "bin" / "python", True


def _fill(building, final, wanted, key, say):
    lock, accelerator = choose(wanted)
    install(building, lock, wanted, say)
    say("Checking that everything can be imported")
    # The memory of a GPU may be in use.
    run([(str(building / "bin" / "python"), "-c", check_of(wanted.name))], say, XLA_PYTHON_CLIENT_PREALLOCATE="false")
    _move_scripts(building, final)
    mark = {
        "key": key,
        "name": wanted.name,
        "lock": lock.name,
        "accelerator": accelerator,
        "packages": [package.text for package in wanted.packages],
    }
    (building / MARK).write_text(json.dumps(mark) + "\n")


def _move_scripts(building, final):
    """Scripts name their interpreter by absolute path, which is about to change."""
    old, new = str(building).encode(), str(final).encode()
    for path in (building / "bin").iterdir():
        if path.is_symlink() or not path.is_file() or path.stat().st_size > 64 * 1024:
            continue
        text = path.read_bytes()
        if old in text:
            path.write_bytes(text.replace(old, new))


@contextlib.contextmanager
def _alone(path, say):
    with path.open("w") as file:
        waiting = False
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not waiting:
                    say("Another process is building this environment; waiting for it")
                waiting = True
                time.sleep(0.1)
        yield

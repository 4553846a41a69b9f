"""Builds an environment beside its place, checks it, marks it ready, and renames it into place."""

import contextlib
import fcntl
import json
import shutil
import time

from flaxen_supervisor.environment.installers import install, run
from flaxen_supervisor.environment.locks import CHECKS, EnvironmentBuildError, key_of, lock_file
from flaxen_supervisor.event_log import FULL

MARK = "flaxen.json"


def find_ready(name, home):
    """Returns (key, path of its Python or None when it is still to be built)."""
    key = key_of(name, lock_file(name))
    folder = home / "environments" / key
    python = folder / "bin" / "python"
    return key, python if (folder / MARK).exists() and python.exists() else None


def ensure(name, home, say):
    """Returns {key, python, built, seconds}. `say`: takes lines of progress."""
    started = time.monotonic()
    key, python = find_ready(name, home)
    built = False
    if python is None:
        try:
            python, built = _build_once(name, key, home / "environments", say)
        except OSError as error:
            code = "disk-full" if error.errno in FULL else "env-failed"
            raise EnvironmentBuildError(code, f"{error.strerror}: {error.filename}.") from error
    return {"key": key, "python": str(python), "built": built, "seconds": round(time.monotonic() - started, 3)}


def _build_once(name, key, folder, say):
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder / f".{key}.lock", say):
        _, python = find_ready(name, folder.parent)
        if python:
            return python, False
        final, building = folder / key, folder / f".{key}.building"
        # What lies here was left by a builder that was killed, or an environment whose interpreter is gone.
        for rest in (building, final):
            shutil.rmtree(rest, ignore_errors=True)
        try:
            install(building, lock_file(name), say)
            say("Checking that everything can be imported")
            run([(str(building / "bin" / "python"), "-c", CHECKS[name])], say)
            _move_scripts(building, final)
            (building / MARK).write_text(json.dumps({"key": key, "lock": lock_file(name).name}) + "\n")
            building.rename(final)
        finally:
            shutil.rmtree(building, ignore_errors=True)
        return final / "bin" / "python", True


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

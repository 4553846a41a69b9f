"""The two ways to fill an environment: uv where there is one, else venv and pip."""

import importlib.util
import shutil
import signal
import subprocess
import sys

from flaxen_supervisor import processes
from flaxen_supervisor.environment.locks import EnvironmentBuildError

TAIL = 200  # lines of an installer's output kept for an error
FULL = ("No space left on device", "Disk quota exceeded", "os error 28", "Errno 28")


def install(target, lock, say):
    """Makes an environment with this interpreter and installs the locked packages: hashes checked, nothing compiled."""
    uv = shutil.which("uv")
    say(f"Making a Python environment from {lock.name} with {'uv' if uv else 'pip'}")
    if uv:
        try:
            return run(uv_commands(uv, target, lock), say)
        except EnvironmentBuildError as failed:
            if failed.code == "disk-full" or not has_pip():
                raise
            say(f"uv did not manage ({failed}); pip is tried next")
            shutil.rmtree(target, ignore_errors=True)
    elif not has_pip():
        message = f"{sys.executable} lacks its venv module and there is no uv (Debian: apt install python3-venv)."
        raise EnvironmentBuildError("env-failed", message)
    return run(pip_commands(target, lock), say)


def has_pip():
    """Whether `python -m venv` can work: Debian splits it off."""
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def uv_commands(uv, target, lock):
    """What the user has set for uv (indexes, certificates) holds."""
    install = (uv, "pip", "install", "--require-hashes", "--only-binary", ":all:", "--no-progress", "--color", "never")
    yield (uv, "venv", "--quiet", "--no-project", "--prompt", lock.stem, "--python", sys.executable, str(target))
    yield (*install, "--python", str(target / "bin" / "python"), "--requirement", str(lock))


def pip_commands(target, lock):
    """What the user has set for pip (indexes, certificates) holds."""
    pip = (str(target / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input")
    yield (sys.executable, "-m", "venv", "--prompt", lock.stem, str(target))
    install = ("install", "--require-hashes", "--only-binary", ":all:", "--no-compile", "--progress-bar", "off")
    yield (*pip, *install, "--requirement", str(lock))


def run(commands, say):
    """Runs commands one after another; raises `EnvironmentBuildError` with the output's end at the first that fails."""
    for command in commands:
        process = processes.spawn(
            command,
            own_session=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=processes.environment(),
        )
        lines = []
        try:
            for line in map(str.strip, process.stdout):
                if line:
                    lines = [*lines[1 - TAIL :], line]
                    say(line)
        except BaseException:
            process.send_signal(signal.SIGKILL)
            raise
        finally:
            process.stdout.close()
            process.wait()
        if process.returncode:
            output = "\n".join(lines)
            code = "disk-full" if any(sign in output for sign in FULL) else "env-failed"
            raise EnvironmentBuildError(
                code, f"{' '.join(command[:3])} failed (exit code {process.returncode}).", output
            )

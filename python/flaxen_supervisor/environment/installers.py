"""The two ways to fill an environment: uv where there is one, else venv and pip."""

import dataclasses
import importlib.util
import re
import shutil
import signal
import subprocess
import sys

from flaxen_supervisor import processes
from flaxen_supervisor.environment.failure import EnvironmentBuildError
from flaxen_supervisor.environment.packages import constraints, explain, unreached

TAIL = 200  # lines of an installer's output kept for an error
FULL = ("No space left on device", "Disk quota exceeded", "os error 28", "Errno 28")
MISSING = (
    re.compile(r"No matching distribution found for (\S+)"),  # pip
    re.compile(r"Because (?:there is no version of )?(\S+?) (?:was not found|and)"),  # uv
    re.compile(r"Because (\S+) has no usable wheels"),  # uv
)


@dataclasses.dataclass(frozen=True)
class Tool:
    """`make`: the command that makes an empty environment; `add`: the one that installs in it, less its arguments."""

    name: str
    make: tuple[str, ...]
    add: tuple[str, ...]


def install(target, lock, wanted, say):
    """Makes an environment with this interpreter and installs what is wanted.

    Of the locked packages hashes are checked and nothing is compiled.
    """
    if wanted.wheelhouse and not any(wanted.wheelhouse.glob("*.whl")):
        raise EnvironmentBuildError("env-failed", f"the wheelhouse {wanted.wheelhouse} is no folder of wheels (*.whl).")
    first, *others = tools(target, lock.stem)
    say(f"Making a Python environment from {lock.name} with {first.name}")
    try:
        return fill(first, target, lock, wanted, say)
    except EnvironmentBuildError as failed:
        if failed.code != "env-failed" or not others:
            raise
        say(f"{first.name} did not manage ({failed}); {others[0].name} is tried next")
        shutil.rmtree(target, ignore_errors=True)
    return fill(others[0], target, lock, wanted, say)


def tools(target, prompt):
    """What there is, the better first. What the user has set for it (indexes, certificates) holds."""
    python = str(target / "bin" / "python")
    uv, found = shutil.which("uv"), []
    if uv:
        make = (uv, "venv", "--quiet", "--no-project", "--prompt", prompt, "--python", sys.executable, str(target))
        found.append(Tool("uv", make, (uv, "pip", "install", "--no-progress", "--color", "never", "--python", python)))
    if has_pip():
        pip = (python, "-m", "pip", "--disable-pip-version-check", "--no-input")
        add = (*pip, "install", "--no-compile", "--progress-bar", "off")
        found.append(Tool("pip", (sys.executable, "-m", "venv", "--prompt", prompt, str(target)), add))
    if not found:
        message = f"{sys.executable} lacks its venv module and there is no uv (Debian: apt install python3-venv)."
        raise EnvironmentBuildError("env-failed", message)
    return found


def has_pip():
    """Whether `python -m venv` can work: Debian splits it off."""
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def fill(tool, target, lock, wanted, say):
    """Makes the environment and installs with one tool."""
    house = wanted.wheelhouse
    source = ("--no-index", "--find-links", str(house)) if house else ()
    run([tool.make], say)
    locked = ("--require-hashes", "--only-binary", ":all:", "--requirement", str(lock))
    try:
        run([(*tool.add, *source, *locked)], say)
    except EnvironmentBuildError as failed:
        raise (lacking(failed, lock, house) if house else unreachable(failed)) from None
    if wanted.packages:
        add(tool, target, lock, wanted.packages, source, say)


def add(tool, target, lock, packages, source, say):
    """Installs a user's own packages beside the locked ones, of which none may change."""
    file = target / "locked.txt"
    file.write_text(constraints(lock))
    held = ("--constraint", str(file))

    def resolve(some, constrained):
        how = held if constrained else ("--no-deps",)
        try:
            run([(*tool.add, *source, *how, "--dry-run", *(package.text for package in some))], _silent)
        except EnvironmentBuildError as failed:
            return failed.output
        return None

    say(f"Adding {', '.join(package.text for package in packages)}")
    try:
        run([(*tool.add, *source, *held, *(package.text for package in packages))], say)
    except EnvironmentBuildError as failed:
        if failed.code != "env-failed":
            raise
        raise explain(packages, file.read_text(), resolve, failed.output) from None


def unreachable(failed):
    """The error of an installation that found no way to the index."""
    if not unreached(failed.output):
        return failed
    message = (
        "the index of packages could not be reached. Behind a proxy or a mirror set HTTPS_PROXY, UV_DEFAULT_INDEX or "
        "PIP_INDEX_URL; offline, give a folder of wheels: `wheelhouse`."
    )
    return EnvironmentBuildError(failed.code, message, failed.output)


def lacking(failed, lock, house):
    """The error of an installation from a folder of wheels that lacks one."""
    output = " ".join(failed.output.split())
    found = next((found for found in (pattern.search(output) for pattern in MISSING) if found), None)
    if not found:
        return failed
    message = (
        f"the wheelhouse {house} has no wheel of {found[1]} for this Python and platform. Where there is a network: "
        f"pip download --require-hashes --only-binary :all: --dest {house} --requirement {lock}"
    )
    return EnvironmentBuildError("package-not-found", message, failed.output)


def _silent(_text):
    pass


def run(commands, say, **variables):
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
            env=processes.environment(**variables),
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

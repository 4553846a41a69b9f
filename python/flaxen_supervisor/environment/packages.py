"""A user's own packages: what may be asked for, and what stands in the way when they cannot be had."""

import dataclasses
import re

from flaxen_supervisor.environment.failure import EnvironmentBuildError

REQUIREMENT = re.compile(r"([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?) *(\[[\w., -]*\])? *((?:[=<>!~@;(]).*)?")
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)")
UNREACHED = ("error sending request", "dns error", "name resolution", "Failed to establish", "Connection refused")


@dataclasses.dataclass(frozen=True)
class Package:
    """`name` in normal form ("scikit-learn"); `text`: what an installer is given ("einops==0.8.1")."""

    name: str
    text: str

    @classmethod
    def parse(cls, text):
        """From a requirement; an installer's options and files are none."""
        found = REQUIREMENT.fullmatch(text.strip()) if text.isprintable() else None
        if not found:
            message = f'"{text}" names no package: write a name and, better, its version, as in "einops==0.8.1".'
            raise EnvironmentBuildError("bad-package", message)
        name, extras, rest = (each or "" for each in found.groups())
        # What follows "@" or ";" keeps its spaces: an address or a marker.
        rest = f" {rest}" if rest.startswith(("@", ";")) else rest.replace(" ", "", rest.partition(";")[0].count(" "))
        return cls(normal(name), f"{normal(name)}{extras}{rest}")


def normal(name):
    """The one way to write a package's name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def constraints(lock):
    """The lock without its hashes: what other packages have to get along with."""
    lines = [line.partition(" --hash")[0].rstrip(" \\") for line in lock.read_text().splitlines() if LOCKED.match(line)]
    return "\n".join([*lines, ""])


def explain(packages, locked, resolve, output):
    """Returns the error that names the package which is to blame.

    `resolve(packages, constrained)`: None where an installer finds a way, else what it printed.
    """
    if unreached(output):
        listed = ", ".join(package.text for package in packages)
        message = f"the index of packages could not be reached for {listed}. Offline, give a `wheelhouse`."
        return EnvironmentBuildError("env-failed", message, output)
    for package in packages:
        alone = resolve([package], constrained=True)
        if alone is None:
            continue
        if resolve([package], constrained=False) is None:
            return _conflict(package, locked, alone)
        message = f"no package {package.text} can be found for this Python and platform. Check its name and version."
        return EnvironmentBuildError("package-not-found", message, alone)
    listed = ", ".join(package.text for package in packages)
    return EnvironmentBuildError("package-conflict", f"these packages exclude each other: {listed}.", output)


def _conflict(package, locked, output):
    told = "\n".join(line for line in output.splitlines() if "already satisfied" not in line)
    others = [found for found in map(LOCKED.match, locked.splitlines()) if mentions(told, found[1])]
    listed = ", ".join(dict.fromkeys(f"{found[1]}=={found[2]}" for found in others)) or "what is locked"
    message = (
        f"{package.text} does not go with {listed}, and locked packages never change. "
        "Ask for a version of it that does, or train in an environment of your own: local({ environment })."
    )
    return EnvironmentBuildError("package-conflict", message, output)


def mentions(text, name):
    """Whether a package is named."""
    return re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", text) is not None


def unreached(output):
    """Whether an installer says that it did not get through to the index."""
    return any(sign in output for sign in UNREACHED)

"""Which packages an environment has, and the key that tells one build of it from another."""

import hashlib
import pathlib
import sys
import sysconfig

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "environments"
OLDEST = (3, 11)
ROWS = (((3, 12), "py312"), ((3, 11), "py311"))  # newest first: the first one that the interpreter reaches
BASE = "import flax.nnx, jax.numpy, numpy, optax, polars, safetensors.numpy, sklearn; jax.numpy.add(1, 1)"
CHECKS = {"base": BASE, "dev": f"import hypothesis, pytest; {BASE}"}  # what must run in a finished environment


class EnvironmentBuildError(Exception):
    """`code`: "env-failed", "disk-full" or "python-too-old"; `output`: the end of what the installer printed."""

    def __init__(self, code, message, output=""):
        super().__init__(message)
        self.code, self.output = code, output


def lock_file(name, version=sys.version_info):
    """The lock file of an environment for a version of Python."""
    if version[:2] < OLDEST:
        found = ".".join(map(str, version[:3]))
        raise EnvironmentBuildError("python-too-old", f"{sys.executable} is Python {found}; 3.11 or newer is needed.")
    row = next(row for least, row in ROWS if version[:2] >= least)
    file = FOLDER / f"{name}-{row}.txt"
    if name not in CHECKS or not file.exists():
        raise EnvironmentBuildError("env-failed", f'there is no environment "{name}". Known: {", ".join(CHECKS)}.')
    return file


def key_of(name, lock, accelerator="cpu"):
    """Differs whenever an environment built earlier would not do: other packages, Python, platform or accelerator."""
    minor, platform = f"py{sys.version_info[0]}.{sys.version_info[1]}", sysconfig.get_platform()
    parts = (lock.read_bytes(), minor.encode(), platform.encode(), accelerator.encode())
    digest = hashlib.sha256(b"\0".join(parts)).hexdigest()
    return f"{name}-{minor}-{platform}-{accelerator}-{digest[:12]}"

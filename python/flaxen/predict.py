"""Predicts with a run's weights: python -m flaxen.predict, in the program's folder.

FLAXEN_RUN is the run's folder. Requests and answers are frames on standard input and output (see frames.py);
whatever else is printed goes to standard error. The end of standard input ends the process.
"""

import importlib
import json
import os
import pathlib
import sys

import jax
import numpy as np

from flaxen.data.rows import Rows
from flaxen.failure import describe
from flaxen.frames import read_frame, write_frame
from flaxen.run.cache import use_cache
from flaxen.run.weights import restore

LARGEST = 1024  # rows that the device sees at once at most


class Predictor:
    """A trained program: `program` is its train.py as a module, `folder` holds config.json and the results."""

    def __init__(self, program, folder):
        self.program = program
        config = json.loads((folder / "config.json").read_text())
        results = folder / "artifacts" if (folder / "artifacts").exists() else folder
        fitted = results / "preprocessing.json"
        preprocessing = json.loads(fitted.read_text()) if fitted.exists() else None
        self.rows = Rows(config["data"], preprocessing)
        self.classes = _classes(config["data"]["expects"], preprocessing)
        numbers = config["trials"][0] if config.get("trials") else config
        self.hp = {name: np.float32(value) for name, value in numbers["hyperparameters"].items()}
        self.carry = jax.device_put((*self._weights(config, results / "weights.safetensors"), None))
        self.hp = jax.device_put(self.hp)

    def __call__(self, arrays, rows=None):
        """Returns the heads' outputs, name -> [rows, ...] float32. Raises `DataError`."""
        batch = self.rows.prepare(arrays, rows)
        count = len(next(iter(batch.values())))
        parts = [self._predict(batch, start, min(count, start + LARGEST)) for start in range(0, count, LARGEST)]
        return parts[0] if len(parts) == 1 else {name: np.concatenate([p[name] for p in parts]) for name in parts[0]}

    def _predict(self, batch, start, end):
        """Padded to a power of two with its own first row, so that few shapes are compiled."""
        count = end - start
        size = 1 << (count - 1).bit_length()
        chosen = slice(start, end)
        if size > count:
            chosen = np.full(size, start)
            chosen[:count] = np.arange(start, end)
        outputs = self.program.predict(self.carry, self.hp, {name: values[chosen] for name, values in batch.items()})
        return {name: np.asarray(values)[:count] for name, values in jax.device_get(outputs).items()}

    def _weights(self, config, path):
        """The shapes come from the program, the values from the file; generators of random numbers start anew."""
        means = {f"{name}_mean": np.float32(0) for name in config["data"]["expects"]}
        hp = self.hp | means | {"total_steps": np.float32(1)}
        params, rest, _ = jax.eval_shape(lambda seed, hp: self.program.init(jax.random.key(seed), hp), 0, hp)
        return restore(path, params, rest)


def _classes(expects, preprocessing):
    """Head -> the words of its classes, for heads whose labels are text."""
    words = (preprocessing or {}).get("vocabularies", {})
    labels = [name for name, one in expects.items() if one["role"] == "label" and name in words]
    return {name: next(iter(words[name].values())) for name in labels}


def main():
    """Answers requests until standard input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what the program prints must not get among the frames
    folder, program = pathlib.Path(os.environ["FLAXEN_RUN"]), pathlib.Path.cwd()
    try:
        use_cache()
        predictor = Predictor(importlib.import_module("train"), folder)
    except Exception as error:
        write_frame(answers, {"error": describe(error, program)})
        sys.exit(1)
    write_frame(answers, {"ready": True, "classes": predictor.classes})
    requests = sys.stdin.buffer
    while frame := read_frame(requests):
        header, arrays = frame
        try:
            write_frame(answers, {"id": header["id"]}, predictor(arrays, header.get("rows")))
        except Exception as error:
            write_frame(answers, {"id": header["id"], "error": describe(error, program)})


if __name__ == "__main__":
    main()

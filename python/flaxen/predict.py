"""Predicts with a run's weights, and scores them: python -m flaxen.predict, in the program's folder.

FLAXEN_RUN is the run's folder. Requests and answers are frames on standard input and output (see frames.py);
whatever else is printed goes to standard error. The end of standard input ends the process.
"""

import functools
import importlib
import json
import os
import pathlib
import sys

import jax
import numpy as np

from flaxen.data import batches, parts
from flaxen.data.rows import Rows
from flaxen.evaluate import Evaluations
from flaxen.failure import describe
from flaxen.frames import read_frame, write_frame
from flaxen.generate import generate
from flaxen.run.cache import use_cache
from flaxen.run.steps import parts_of
from flaxen.run.weights import restore

LARGEST = 1024  # rows that the device sees at once at most; fewer where rows are large


class Predictor:
    """A trained program: `program` is its train.py as a module, `folder` holds config.json and the results."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        config = self.config = json.loads((folder / "config.json").read_text())
        results = folder / "artifacts" if (folder / "artifacts").exists() else folder
        fitted = results / "preprocessing.json"
        self.preprocessing = json.loads(fitted.read_text()) if fitted.exists() else None
        self.rows = Rows(config["data"], self.preprocessing)
        fitted = (self.preprocessing or {}).get("columns", {})
        self.targets = {name: one for name, one in fitted.items() if one.get("target")}
        self.classes = _classes(config["data"]["expects"], fitted)
        self.trained = -(-config["batch_size"] // parts_of(program.train_steps))  # rows at once
        numbers = config["trials"][0] if config.get("trials") else config
        self.hp = {name: np.float32(value) for name, value in numbers["hyperparameters"].items()}
        self.carry = jax.device_put((*self._weights(config, results / "weights.safetensors"), None))
        self.hp = jax.device_put(self.hp)

    def __call__(self, arrays, rows=None, values=None, files=None):
        """Returns the heads' outputs, name -> [rows, ...] float32; see `Rows.prepare`. Raises `DataError`."""
        batch = self.rows.prepare(arrays, rows, values, files)
        count = len(next(iter(batch.values())))
        size = self.at_once(batch)
        found = [self._predict(batch, start, min(count, start + size)) for start in range(0, count, size)]
        outputs = {name: np.concatenate([part[name] for part in found]) for name in found[0]}
        for name, fitted in self.targets.items():
            outputs[name] = parts.restore(fitted, outputs[name])
        return outputs

    @functools.cached_property
    def sums(self):
        """(params, rest, hp, batch, weight) -> the sums of a batch with its targets; nothing is learnt or dropped."""

        def sums(params, rest, hp, batch, weight):
            return self.program.loss_fn(params, rest, hp, batch, weight, train=False)[1][1]

        return jax.jit(sums)

    def at_once(self, batch):
        """How many rows the device sees at once, a power of two; batch: input -> [rows, ...]."""
        most = batches.rows_at_once(LARGEST, self.rows.spec["expects"], batch, least=min(LARGEST, self.trained))
        return 1 << (most.bit_length() - 1)

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
        hp = self.hp | means | dict.fromkeys(("total_steps", "steps_per_epoch", "rate_scale"), np.float32(1))
        given = ({},) if config.get("weights") else ()  # what the run started from is overwritten anyway
        params, rest, _ = jax.eval_shape(lambda seed, hp: self.program.init(jax.random.key(seed), hp, *given), 0, hp)
        return restore(path, params, rest)


def _classes(expects, fitted):
    """Head -> the words of its classes, where the data has words for them; input of text -> its tokens."""
    named = [
        name
        for name, one in fitted.items()
        if name in expects and (expects[name]["role"] in ("label", "labels") or one["kind"] == "text")
    ]
    words = {name: parts.vocabulary(fitted[name]) for name in named}
    return {name: found for name, found in words.items() if found is not None}


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
    requests, evaluations = sys.stdin.buffer, Evaluations(predictor)
    while frame := read_frame(requests):
        header, arrays = frame
        try:
            rows, values, files = (header.get(key) for key in ("rows", "values", "files"))
            if "generate" in header:
                texts = generate(predictor, header["generate"], arrays, values, files)
                write_frame(answers, {"id": header["id"], "texts": texts})
            elif "evaluate" in header:
                found = evaluations.answer(header["evaluate"], arrays, rows, values, files)
                write_frame(answers, {"id": header["id"]} | found)
            else:
                write_frame(answers, {"id": header["id"]}, predictor(arrays, rows, values, files))
        except Exception as error:
            write_frame(answers, {"id": header["id"], "error": describe(error, program)})


if __name__ == "__main__":
    main()

"""Metrics of rows with their targets: what a run reports of its own rows, of any others."""

import time

import jax
import numpy as np

from flaxen.data import load
from flaxen.data.errors import DataError
from flaxen.data.kept import last_data
from flaxen.data.more import read_more
from flaxen.data.rows import Rows
from flaxen.events import finite
from flaxen.run.report import Report

SECONDS = 0.2  # of one request, so that others are answered between


class Evaluations:
    """Those that a predicting process has begun. predictor: of `flaxen.predict`."""

    def __init__(self, predictor):
        self.predictor, self.begun, self.last = predictor, {}, 0

    def answer(self, request, arrays, rows=None, values=None, files=None):
        """What is answered to a request, as JSON. Raises `DataError`.

        `{"begin": source}` reads and checks all rows: {"evaluation", "rows"}. source: {"path"} of a file, {"part"} of
        the run's own data, or {} for the rows that came with the request. `{"go": evaluation}` scores some more:
        {"done"}, and {"metrics"} after the last row. `{"drop": evaluation}` forgets it.
        """
        if "begin" in request:
            columns = self._columns(request["begin"], arrays, rows, values, files)
            self.last += 1
            begun = self.begun[self.last] = Evaluation(self.predictor, columns)
            return {"evaluation": self.last, "rows": begun.rows}
        if "drop" in request:
            self.begun.pop(request["drop"], None)
            return {}
        begun = self.begun[request["go"]]
        if begun.go(SECONDS):
            del self.begun[request["go"]]
            return {"done": begun.rows, "metrics": finite(begun.metrics())}
        return {"done": begun.done}

    def _columns(self, source, arrays, rows, values, files):
        spec, preprocessing = self.predictor.config["data"], self.predictor.preprocessing
        if "path" in source:
            return read_more(spec, preprocessing, source["path"])
        if "part" in source:
            return self._part(source["part"])
        return Rows(spec, preprocessing, targets=True).prepare(arrays, rows, values, files)

    def _part(self, part):
        """The rows of the run's own data, read again."""
        assets = self.predictor.folder / self.predictor.config.get("assets", "assets")
        if not assets.is_dir():
            raise DataError(
                "missing-file",
                f"the data that the model was trained on is not in {self.predictor.folder}: it stays in the run's own"
                " folder. Give its rows, or the path of its file",
                path=str(assets),
            )
        names = ["train"] + [name for name in ("validation", "test") if self.predictor.config["data"].get(name)]
        found = dict(
            zip(("train", "validation", "test"), load(self.predictor.config | {"assets": str(assets)}), strict=False)
        )
        last_data().forget()  # else all parts stay on the device
        if found.get(part) is None:
            raise DataError("missing-part", f"the data has no {part} rows; there are: {', '.join(names)}", part=part)
        return {name: np.asarray(values) for name, values in found[part].columns.items()}


class Evaluation:
    """Scores rows, as many at once as `Predictor` predicts. columns: name -> [rows, ...], as the program reads them."""

    def __init__(self, predictor, columns):
        self.predictor, self.columns = predictor, columns
        self.rows, self.done = len(next(iter(columns.values()))), 0
        self.size = min(predictor.at_once(columns), 1 << (self.rows - 1).bit_length())
        self.hp = jax.device_put(predictor.hp | _facts(predictor))
        self.report = Report(predictor.program.finish, None)

    def go(self, seconds):
        """Scores batches for so many seconds, one at least. True when all rows are done."""
        started = time.perf_counter()
        self._batch(np.arange(self.done, self.done + self.size))
        while self.done < self.rows and time.perf_counter() - started < seconds:
            self._batch(np.arange(self.done, self.done + self.size))
        return self.done == self.rows

    def metrics(self):
        """Name -> number, of all rows."""
        return {name: float(value) for name, value in self.report.epoch().items()}

    def _batch(self, index):
        """The last batch is filled with rows that weigh nothing, so that one shape is compiled."""
        weight = (index < self.rows).astype(np.float32)
        batch = {name: values[index % self.rows] for name, values in self.columns.items()}
        params, rest, _ = self.predictor.carry
        sums = self.predictor.sums(params, rest, self.hp, batch, weight)
        self.report.steps(1, {name: value[None] for name, value in sums.items()})
        self.done = min(self.rows, self.done + self.size)


def _facts(predictor):
    """What the program reads of the rows that it was trained on."""
    expects = predictor.config["data"]["expects"].values()
    facts = (predictor.preprocessing or {}).get("facts")
    if facts is None and any(one["role"] == "target" or one.get("balanced") for one in expects):
        raise DataError("missing-facts", "the model was saved by an earlier version; train it again to evaluate it")
    return {name: np.asarray(value, np.float32) for name, value in (facts or {}).items()}

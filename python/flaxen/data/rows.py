"""Rows to predict from or to score: given as the data has them, checked and prepared as the train rows were."""

import numpy as np

from flaxen.data import images, parts
from flaxen.data.checks import column
from flaxen.data.errors import DataError
from flaxen.data.table import Table, series

NUMBERS = ("text", "tags", "sets", "labels")  # kinds whose whole numbers are tokens or classes already


class Rows:
    """What a trained program accepts. spec: `data` of its config; preprocessing: what its run fitted, or None.

    With `targets` rows come with what the heads are to predict.
    """

    def __init__(self, spec, preprocessing, targets=False):
        self.spec, self.fitted = spec, (preprocessing or {}).get("columns", {})
        self.expects = {name: one for name, one in spec["expects"].items() if targets or one["role"] == "input"}
        self._one_of, self._use = ("input or target", "score") if targets else ("input", "predict from")

    def prepare(self, arrays, rows=None, values=None, files=None):
        """Returns what `predict` takes, and the targets where they are asked for. Raises `DataError`.

        arrays: input or target -> [rows, ...]; rows: dicts of a table, column -> value; values: input -> nested lists
        [rows][columns] of numbers, strings and None; files: input -> lengths of the images' files, whose bytes are
        the array of that name, one after another.
        """
        given = dict(arrays)
        for name in given:
            self._of(name)
        for name, lengths in (files or {}).items():
            given[name] = images.decode(name, arrays[name], lengths, self._of(name)["shape"], self._fit(name))
        tables = self._tables(given, rows, values or {})
        missing = [name for name in self.expects if name not in given and name not in tables]
        if missing:
            raise DataError("missing-input", f"{self._called(missing[0])} is not given", column=missing[0])
        counts = {name: len(one) if getattr(one, "ndim", 1) else None for name, one in (given | tables).items()}
        if len(set(counts.values())) > 1 or None in counts.values():
            raise DataError(
                "shape-mismatch",
                f"{self._one_of.replace(' or ', 's and ')}s have unequal numbers of rows: {counts}",
                rows=counts,
            )
        if not next(iter(counts.values())):
            raise DataError("empty-data", f"there are no rows to {self._use}")
        parts.check_tags(self.fitted, tables)
        return {name: self._one(name, given.get(name), tables.get(name)) for name in self.expects}

    def _of(self, name):
        if name not in self.expects:
            raise DataError(
                "unknown-input", f'no {self._one_of} "{name}"; there are: {", ".join(self.expects)}', column=name
            )
        return self.expects[name]

    def _called(self, name):
        return f'the {"input" if self._of(name)["role"] == "input" else "target"} "{name}"'

    def _fit(self, name):
        return self.fitted.get(name, {}).get("fit", "crop")

    def _one(self, name, values, table):
        expected = self.expects[name]
        if table is not None:
            return column(name, parts.apply_one(name, self.fitted[name], table), expected)
        if not self._bytes(name, expected):
            floats = expected.get("dtype") == "float" and values.dtype == np.uint8
            values = values.astype(np.float32) if floats else values
        elif values.dtype != np.uint8:
            if values.dtype.kind not in "fi" or not np.array_equal(values, values.astype(np.uint8)):
                raise DataError(
                    "wrong-dtype",
                    f"{self._called(name)} holds {values.dtype.name} values, but whole numbers 0 to 255 are expected",
                    column=name,
                    dtype=values.dtype.name,
                )
            values = values.astype(np.uint8)
        return column(name, values, expected)

    def _bytes(self, name, expected):
        """Whether the train rows came as bytes, which the program scales."""
        if expected.get("dtype") != "float":
            return False
        kind = self.spec["kind"]
        return kind in ("idx", "images", "mnist") or (
            kind == "arrays" and self.spec["columns"][name]["dtype"] == "uint8"
        )

    def _tables(self, given, rows, values):
        """Name -> a table of its columns, for what was fitted; its numbers leave `given`."""
        tables = {}
        for name in [name for name in self.fitted if name in self.expects and self.fitted[name]["kind"] in parts.KINDS]:
            columns = parts.columns_of(self.fitted[name])
            if name in values:
                tables[name] = _table(columns, [dict(zip(columns, row, strict=True)) for row in values[name]])
            elif name in given and self.fitted[name]["kind"] not in NUMBERS:
                tables[name] = _from_array(name, columns, given.pop(name))
            elif rows is not None and name not in given:
                tables[name] = _table(columns, rows)
        for name in values:
            if name not in tables:
                raise DataError("wrong-dtype", f"{self._called(name)} takes numbers, not text", column=name)
        return tables


def _table(columns, rows):
    import polars as pl

    for row, one in enumerate(rows):
        absent = [name for name in columns if name not in one]
        if absent:
            raise DataError("missing-value", f'row {row} has no "{absent[0]}"', column=absent[0], row=row)
    frame = pl.DataFrame([series(name, [one[name] for one in rows]) for name in columns])
    return Table(frame, np.arange(len(rows)))


def _from_array(name, columns, values):
    import polars as pl

    values = values.reshape(len(values), -1) if values.ndim else values
    if values.ndim != 2 or values.shape[1] != len(columns):
        raise DataError(
            "shape-mismatch",
            f'column "{name}": a row has the shape {list(values.shape[1:])}, but the model expects [{len(columns)}]',
            column=name,
        )
    each = [
        values[:, place].tolist() if values.dtype == object else values[:, place].copy()
        for place in range(len(columns))
    ]
    frame = pl.DataFrame(dict(zip(columns, each, strict=True)))
    return Table(frame, np.arange(len(values)))

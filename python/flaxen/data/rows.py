"""Rows to predict from: given as the data has them, checked and prepared as the train rows were."""

import numpy as np

from flaxen.data import csv
from flaxen.data.checks import column
from flaxen.data.errors import DataError


class Rows:
    """What a trained program accepts. spec: `data` of its config; preprocessing: what its run fitted, or None."""

    def __init__(self, spec, preprocessing):
        self.spec, self.preprocessing = spec, preprocessing
        self.inputs = {name: one for name, one in spec["expects"].items() if one["role"] == "input"}

    def prepare(self, arrays, rows=None):
        """Arrays by input, or `rows` of a table (column -> value). Returns what `predict` takes. Raises `DataError`."""
        if rows is not None:
            arrays = arrays | self._from_table(rows)
        for name in arrays:
            if name not in self.inputs:
                raise DataError("unknown-input", f'no input "{name}"; there are: {", ".join(self.inputs)}', column=name)
        missing = [name for name in self.inputs if name not in arrays]
        if missing:
            raise DataError("missing-input", f'the input "{missing[0]}" is not given', column=missing[0])
        counts = {name: len(values) if values.ndim else None for name, values in arrays.items()}
        if len(set(counts.values())) > 1 or None in counts.values():
            raise DataError("shape-mismatch", f"the inputs have unequal numbers of rows: {counts}", rows=counts)
        if not next(iter(counts.values())):
            raise DataError("empty-data", "there are no rows to predict from")
        if self.preprocessing:
            arrays = csv.apply(self.preprocessing, arrays)
        return {name: self._one(name, arrays[name], expected) for name, expected in self.inputs.items()}

    def _one(self, name, values, expected):
        if not self._bytes(name, expected):
            values = values.astype(np.float32) if expected["dtype"] == "float" and values.dtype == np.uint8 else values
        elif values.dtype != np.uint8:
            if values.dtype.kind not in "fi" or not np.array_equal(values, values.astype(np.uint8)):
                raise DataError(
                    "wrong-dtype",
                    f'the input "{name}" holds {values.dtype.name} values, but whole numbers 0 to 255 are expected',
                    column=name,
                    dtype=values.dtype.name,
                )
            values = values.astype(np.uint8)
        return column(name, values, expected)

    def _bytes(self, name, expected):
        """Whether the train rows came as bytes, which the program scales."""
        if expected["dtype"] != "float":
            return False
        kind = self.spec["kind"]
        return kind in ("idx", "mnist") or (kind == "arrays" and self.spec["columns"][name]["dtype"] == "uint8")

    def _from_table(self, rows):
        arrays = {}
        for name, columns in self.spec.get("features", {}).items():
            for row, values in enumerate(rows):
                absent = [one for one in columns if values.get(one) is None]
                if absent:
                    raise DataError("missing-value", f'row {row} has no "{absent[0]}"', column=absent[0], row=row)
            given = [[values[one] for one in columns] for values in rows]
            text = any(isinstance(value, str) for values in given for value in values)
            arrays[name] = np.array(given, object if text else np.float64).reshape(len(rows), len(columns))
            if self.inputs[name]["dtype"] == "int" and not text:
                arrays[name] = arrays[name].astype(np.int64)
        return arrays

"""A table of a file as typed columns; each row knows where it stands in its file."""

import dataclasses
from collections.abc import Callable

import numpy as np

from flaxen.data.errors import DataError, missing_file, unknown_column

MISSING = ["", "NA"]
FIRST_ROWS = 10_000  # that tell a column's type, unless a later row contradicts


@dataclasses.dataclass(frozen=True)
class Table:
    """`frame`: a Polars frame; `places`: [rows] numbers of the rows in their file; `row` names one in a message."""

    frame: object
    places: np.ndarray
    row: Callable[[int], str] = "row {}".format

    def __len__(self):
        return self.frame.height

    def place(self, index):
        """The number of the row in its file."""
        return int(self.places[index])

    def where(self, index):
        """Where the row of that index stands: "line 7"."""
        return self.row(self.place(index))

    def part(self, chosen):
        """The rows where `chosen` [rows] is true."""
        return Table(self.frame.filter(chosen), self.places[chosen], self.row)


def read_csv(path, names, separator):
    """The named columns, read lazily. Raises `DataError`."""
    import polars as pl

    def scan(rows, missing=MISSING):
        return pl.scan_csv(path, separator=separator, infer_schema_length=rows, null_values=missing)

    def numbers():
        """Where all columns are numbers, a word for a missing one is an error, and looking for none takes less time."""
        lazy = scan(FIRST_ROWS, None)
        schema = lazy.collect_schema()
        return lazy if all(schema[name].is_numeric() for name in names if name in schema) else None

    # A word among a million numbers is an error, named below: where the first rows do not tell a column's type, the
    # whole file decides.
    return Table(*_collect(path, names, [numbers, lambda: scan(FIRST_ROWS), lambda: scan(None)]), line)


def read_parquet(path, names):
    """The named columns, read lazily. Raises `DataError`."""
    import polars as pl

    return Table(*_collect(path, names, [lambda: pl.scan_parquet(path)]))


def series(name, values):
    """A column of Python's values: numbers where all are numbers, else strings."""
    import polars as pl

    if any(isinstance(value, list) for value in values):
        return pl.Series(name, values, pl.List(pl.String), strict=False)
    if any(isinstance(value, str) for value in values):
        written = [
            str(value).lower() if isinstance(value, bool) else value if value is None else str(value)
            for value in values
        ]
        return pl.Series(name, written, pl.String)
    return pl.Series(name, values, strict=False)


def line(row):
    """Where a row stands in a CSV file: the header is line 1."""
    return f"line {row + 2}"


def _collect(path, names, scans):
    """What the first scan gives that suits the file; one may give None, the last may not."""
    import polars as pl

    for last, scan in enumerate(scans, 1 - len(scans)):
        try:
            lazy = scan()
            if lazy is None:
                continue
            known = lazy.collect_schema().names()
            for name in names:
                if name not in known:
                    raise unknown_column(name, known, path.name)
            frame = lazy.select(list(dict.fromkeys(names))).collect()
        except pl.exceptions.NoDataError:
            raise DataError("empty-data", f"{path.name} is empty", path=str(path)) from None
        except OSError:
            raise missing_file(path, names[0]) from None
        except pl.exceptions.PolarsError as error:
            if last < 0:
                continue
            raise DataError("wrong-format", f"{path.name}: {_reason(error)}", path=str(path)) from None
        if not frame.height:
            raise DataError("empty-data", f"{path.name} has a header, but no rows", path=str(path))
        return frame, np.arange(frame.height)
    raise AssertionError("a scan returns or raises")


def _reason(error):
    """Why a file is no table; what Polars advises are options of its own."""
    if "more fields" in str(error):
        return "a line has more fields than the header"
    return str(error).partition("\n\n")[0]

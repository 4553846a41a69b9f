"""A CSV file as typed columns."""

from flaxen.data import checks
from flaxen.data.errors import DataError, missing_file, unknown_column


def read(path, names, separator):
    """The named columns as a Polars frame, read lazily. Raises `DataError`."""
    import polars as pl

    try:
        # The whole file decides a column's type: one word among a million numbers is an error, named below.
        frame = pl.scan_csv(path, separator=separator, infer_schema_length=None, null_values=["", "NA"])
        known = frame.collect_schema().names()
        for name in names:
            if name not in known:
                raise unknown_column(name, known, path.name)
        frame = frame.select(list(dict.fromkeys(names))).collect()
    except pl.exceptions.NoDataError:
        raise DataError("empty-data", f"{path.name} is empty", path=str(path)) from None
    except OSError:
        raise missing_file(path, names[0]) from None
    except pl.exceptions.PolarsError as error:
        raise DataError("wrong-format", f"{path.name}: {_reason(error)}", path=str(path)) from None
    if not frame.height:
        raise DataError("empty-data", f"{path.name} has a header, but no rows", path=str(path))
    return frame


def _reason(error):
    """Why a file is no table; what Polars advises are options of its own."""
    if "more fields" in str(error):
        return "a line has more fields than the header"
    return str(error).partition("\n\n")[0]


def line(row):
    """Where a row stands in its file: the header is line 1."""
    return f"line {row + 2}"


def to_numpy(frame, names, expected, text):
    """[rows, columns], or [rows] for a label. Float64, int64, or text as objects where `text` may stand."""
    import polars as pl

    for name in names:
        missing = frame[name].is_null()
        if missing.any():
            raise DataError(
                "not-a-number" if expected["role"] != "label" else "missing-value",
                f'column "{name}", {line(missing.arg_max())}: no value{_more(missing)}',
                column=name,
                row=missing.arg_max(),
                value=None,
            )
    kinds = {frame.schema[name] for name in names}
    if text and kinds == {pl.String}:
        return frame.select(names).to_numpy(order="c").astype(object)
    for name in names:
        if frame.schema[name] == pl.String:
            raise _text(frame[name], name)
    if text:
        values = frame.select(pl.col(names).cast(pl.Int64) if pl.Boolean in kinds else pl.col(names))
        return _checked(values.to_numpy(order="c"), names, expected)
    return _checked(frame.select(pl.col(names).cast(pl.Float64)).to_numpy(order="c"), names, expected)


def _checked(values, names, expected):
    """Ranges and numbers are checked here, where a row still has its line."""
    for place, name in enumerate(names):
        one = expected | ({"shape": []} if expected["role"] == "input" else {})
        checks.column(name, values[:, place], one | ({"outputs": 1} if expected["role"] == "target" else {}), line)
    return values


def _text(series, name):
    import polars as pl

    wrong = series.cast(pl.Float64, strict=False).is_null()
    row = wrong.arg_max()
    return DataError(
        "wrong-dtype",
        f'column "{name}", {line(row)}: "{series[row]}", but a number is expected{_more(wrong)}',
        column=name,
        row=row,
        value=series[row],
    )


def _more(wrong):
    return f" ({wrong.sum():,} rows like it)" if wrong.sum() > 1 else ""

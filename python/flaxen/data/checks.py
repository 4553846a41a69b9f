"""Every value against what the model expects, before anything is compiled."""

import numpy as np

from flaxen.data.errors import DataError, unknown_column


def check(columns, expects, part, row="row {}".format):
    """Returns the expected columns in the types and shapes that the model reads. Raises `DataError`.

    Images of bytes stay uint8: the program scales them on the device. Other inputs, targets and labels of several
    classes become float32, indices and labels int32. A label of a position may be -1: not counted.
    """
    rows, sizes = None, {}
    result = {}
    for name, expected in expects.items():
        if name not in columns:
            raise unknown_column(name, list(columns), f"the {part} data")
        values = columns[name]
        if rows is not None and len(values) != rows[1]:
            raise DataError(
                "shape-mismatch",
                f'the {part} data has {len(values):,} rows in column "{name}", but {rows[1]:,} in "{rows[0]}"',
                column=name,
                rows=len(values),
                expected=rows[1],
            )
        rows = name, len(values)
        if not len(values):
            raise DataError("empty-data", f'the {part} data has no rows (column "{name}")', column=name, part=part)
        result[name] = column(name, values, expected, row)
        _named_sizes(name, result[name], expected, sizes)
    return result


def column(name, values, expected, row="row {}".format):
    """One column, checked and cast; `row` names a row by its number."""
    role, shape = expected["role"], row_shape(expected)
    values = _shaped(name, values, shape)
    if role == "label":
        values, classes, masked = _whole(name, values, "class numbers"), expected["classes"], bool(shape)
        why = f"the head has {classes} classes" + (", -1 is a position that does not count" if masked else "")
        return _within(name, values, classes, row, "label-out-of-range", why, masked)
    if role == "labels":
        return _zero_or_one(name, _finite(name, values, row), row)
    if role == "target":
        return _finite(name, values, row)
    if expected["dtype"] == "int":
        values, below = _whole(name, values, "indices"), expected.get("below")
        return _within(name, values, below, row, "index-out-of-range", f"the embedding has {below} rows")
    return values if values.dtype == np.uint8 else _finite(name, values, row)


def row_shape(expected):
    """The shape of one row; a name stands for any size."""
    role = expected["role"]
    if role == "labels":
        return [expected["classes"]]
    if role == "target":
        return expected.get("shape") or [expected["outputs"]]
    return expected.get("shape") or []


def check_batch_size(batch_size, columns):
    """A batch larger than the data would repeat rows in every step."""
    name, values = next(iter(columns.items()))
    if batch_size > len(values):
        raise DataError(
            "batch-larger-than-data",
            f"the batch size is {batch_size:,}, but there are only {len(values):,} rows to train on"
            f' (column "{name}"); at most {len(values):,} can be used',
            batchSize=batch_size,
            rows=len(values),
        )


def _shaped(name, values, shape):
    """A trailing dimension of 1 may be missing or too many: grey images, single values."""
    given, wanted = list(values.shape[1:]), list(shape)
    for fitting in (wanted, [*wanted, 1], wanted[:-1] if wanted[-1:] == [1] else wanted):
        if len(given) == len(fitting) and all(_fits(*pair) for pair in zip(given, fitting, strict=True)):
            sizes = [given[axis] if not isinstance(size, int) else size for axis, size in enumerate(wanted)]
            return values.reshape(len(values), *sizes)
    raise DataError(
        "shape-mismatch",
        f'column "{name}": a row has the shape {given}, but the model expects {wanted}',
        column=name,
        shape=given,
        expected=wanted,
    )


def _fits(given, wanted):
    """A named or unknown size fits any."""
    return not isinstance(wanted, int) or wanted < 0 or given == wanted


def _named_sizes(name, values, expected, sizes):
    """An axis of one name is equally long in every column."""
    for size, wanted in zip(values.shape[1:], row_shape(expected), strict=True):
        if isinstance(wanted, str) and wanted != "?":
            first, known = sizes.setdefault(wanted, (name, size))
            if known != size:
                raise DataError(
                    "shape-mismatch",
                    f'"{wanted}" is {known} in column "{first}", but {size} in column "{name}"',
                    column=name,
                    shape=list(values.shape[1:]),
                    expected=known,
                )


def _whole(name, values, what):
    if values.dtype.kind not in "iub":
        raise _wrong_dtype(name, values, f"{what} (whole numbers)")
    return values


def _within(name, values, limit, row, code, why, masked=False):
    """Int32, after a check that all are in 0..limit - 1, or -1 where `masked`; a limit of None is none."""
    first, last = -1 if masked else 0, (limit or 2**31) - 1
    wrong = (values < first) | (values > last)
    if wrong.any():
        at = np.argwhere(wrong)[0]
        value = int(values[tuple(at)])
        raise DataError(
            code,
            f'column "{name}", {row(int(at[0]))}{_position(at) if masked else ""}: {value}, but {why}: 0 to {last}'
            f"{_more(wrong)}",
            column=name,
            row=int(at[0]),
            value=value,
            expected=[first, last],
        )
    return values.astype(np.int32)


def _zero_or_one(name, values, row):
    wrong = (values != 0) & (values != 1)
    if wrong.any():
        at = np.argwhere(wrong)[0]
        value = float(values[tuple(at)])
        raise DataError(
            "label-out-of-range",
            f'column "{name}", {row(int(at[0]))}{_position(at)}: {value:g}, but 0 or 1 is expected for every class'
            f"{_more(wrong)}",
            column=name,
            row=int(at[0]),
            value=value,
            expected=[0, 1],
        )
    return values


def _finite(name, values, row):
    """Float32, after a check that all are numbers there."""
    if values.dtype.kind not in "fiub":
        raise _wrong_dtype(name, values, "numbers")
    with np.errstate(over="ignore"):
        result = values.astype(np.float32, copy=False)
    wrong = ~np.isfinite(result)
    if wrong.any():
        at = np.argwhere(wrong)[0]
        value = float(values[tuple(at)])
        place = _position(at) if wrong[0].size > 1 else ""
        raise DataError(
            "not-a-number",
            f'column "{name}", {row(int(at[0]))}{place}: {value}, but a finite number is expected{_more(wrong)}',
            column=name,
            row=int(at[0]),
            value=str(value),
        )
    return result


def _position(at):
    """Where in its row a value stands."""
    return f", position {at[1:].tolist()}" if len(at) > 1 else ""


def _more(wrong):
    rows = int(wrong.reshape(len(wrong), -1).any(1).sum())
    return f" ({rows:,} rows like it)" if rows > 1 else ""


def _wrong_dtype(name, values, expected):
    return DataError(
        "wrong-dtype",
        f'column "{name}" holds {values.dtype.name} values, but {expected} are expected',
        column=name,
        dtype=values.dtype.name,
    )

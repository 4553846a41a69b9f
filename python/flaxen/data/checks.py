"""Every value against what the model expects, before anything is compiled."""

import numpy as np

from flaxen.data.errors import DataError, unknown_column


def check(columns, expects, part, row="row {}".format):
    """Returns the expected columns in the types and shapes that the model reads. Raises `DataError`.

    Images of bytes stay uint8: the program scales them on the device. Other inputs and targets become float32,
    indices and labels int32; a target is [rows, outputs].
    """
    rows = None
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
    return result


def column(name, values, expected, row="row {}".format):
    """One column, checked and cast; `row` names a row by its number."""
    role = expected["role"]
    if role == "label":
        values = _whole(name, _shaped(name, values, []), "class numbers")
        classes = expected["classes"]
        return _below(name, values, classes, row, "label-out-of-range", f"the head has {classes} classes")
    if role == "target":
        return _finite(name, _shaped(name, values, [expected["outputs"]]), row)
    values = _shaped(name, values, expected["shape"])
    if expected["dtype"] == "int":
        values, below = _whole(name, values, "indices"), expected.get("below")
        return _below(name, values, below, row, "index-out-of-range", f"the embedding has {below} rows")
    return values if values.dtype == np.uint8 else _finite(name, values, row)


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
    if given != wanted and given != [*wanted, 1] and [*given, 1] != wanted:
        raise DataError(
            "shape-mismatch",
            f'column "{name}": a row has the shape {given}, but the model expects {wanted}',
            column=name,
            shape=given,
            expected=wanted,
        )
    return values.reshape(len(values), *wanted)


def _whole(name, values, what):
    if values.dtype.kind not in "iub":
        raise _wrong_dtype(name, values, f"{what} (whole numbers)")
    return values


def _below(name, values, limit, row, code, why):
    """Int32, after a check that all are in 0..limit - 1; a limit of None is none."""
    wrong = (values < 0) | (values >= (2**31 if limit is None else limit))
    if wrong.any():
        at = np.argwhere(wrong)[0]
        value = int(values[tuple(at)])
        raise DataError(
            code,
            f'column "{name}", {row(int(at[0]))}: {value}, but {why}: 0 to {(limit or 2**31) - 1}{_more(wrong)}',
            column=name,
            row=int(at[0]),
            value=value,
            expected=[0, (limit or 2**31) - 1],
        )
    return values.astype(np.int32)


def _finite(name, values, row):
    """Float32, after a check that all are numbers there."""
    if values.dtype.kind not in "fiub":
        raise _wrong_dtype(name, values, "numbers")
    with np.errstate(over="ignore"):
        result = values.astype(np.float32)
    wrong = ~np.isfinite(result)
    if wrong.any():
        at = np.argwhere(wrong)[0]
        value = float(values[tuple(at)])
        place = f", position {at[1:].tolist()}" if len(at) > 1 and wrong[0].size > 1 else ""
        raise DataError(
            "not-a-number",
            f'column "{name}", {row(int(at[0]))}{place}: {value}, but a finite number is expected{_more(wrong)}',
            column=name,
            row=int(at[0]),
            value=str(value),
        )
    return result


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

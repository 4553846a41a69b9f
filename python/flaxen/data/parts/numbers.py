"""Columns of numbers: missing ones filled in, each column shifted and scaled."""

import numpy as np

from flaxen.data.errors import DataError
from flaxen.data.parts.cells import missing_value, more


def fit(_name, specs, table, expected):
    """Per column: `fill` for missing values (None: an error), then (value - `shift`) / `scale`."""
    target = expected["role"] != "input"
    plan, policies = [], [one.get("missing", "error") for one in specs]
    for place, (spec, policy) in enumerate(zip(specs, policies, strict=True)):
        values = _values(spec["column"], table, None if policy == "error" else float("nan"), target)
        facts = _statistics(values, policy, spec.get("scaling", "none"))
        plan += [fact.alias(f"{place}/{key}") for key, fact in facts.items()]
    found = table.frame.select(plan).row(0, named=True)
    if any(fact is not None and not np.isfinite(fact) for fact in found.values()):
        _explain([(one["column"], policy) for one, policy in zip(specs, policies, strict=True)], table)
    columns = [
        _checked(spec["column"], policy, {key: found[f"{place}/{key}"] for key in ("fill", "shift", "scale")})
        for place, (spec, policy) in enumerate(zip(specs, policies, strict=True))
    ]
    return {"columns": columns, "target": target}


def apply(_name, fitted, table):
    """Float32 [rows, columns], computed in float64."""
    import polars as pl

    columns = fitted["columns"]
    target = fitted["target"]
    plan = [_values(one["column"], table, one["fill"], target) for one in columns]
    plan = [
        _scaled(values, one["shift"], one["scale"]).cast(pl.Float32).alias(str(place))
        for place, (values, one) in enumerate(zip(plan, columns, strict=True))
    ]
    result = table.frame.select(plan).to_numpy(order="c")
    if not np.isfinite(result).all():
        _explain([(one["column"], "error" if one["fill"] is None else "fill") for one in columns], table, result)
    return result


def restore(fitted, values):
    """Predictions of the targets as the table has them. values: [rows, columns], or twice as many: also variances."""
    shift, scale = (np.array([one[key] for one in fitted["columns"]]) for key in ("shift", "scale"))
    if values.shape[-1] == 2 * len(scale):
        shift, scale = np.append(shift, np.zeros(len(scale))), np.append(scale, scale**2)
    return (values * scale + shift).astype(np.float32)


def _scaled(values, shift, scale):
    values = values - shift if shift != 0 else values
    return values / scale if scale != 1 else values


def _statistics(values, policy, scaling):
    """Expressions of the train rows: what fills in, what is subtracted, what divides."""
    import polars as pl

    known = values.fill_nan(None)
    fill = {"mean": known.mean(), "median": known.median(), "zero": pl.lit(0.0)}.get(policy)
    values = values if fill is None else known.fill_null(fill)
    shift, scale = {
        "none": lambda: (pl.lit(0.0), pl.lit(1.0)),
        "standard": lambda: (values.mean(), values.std(ddof=0)),
        "minMax": lambda: (values.min(), values.max() - values.min()),
        "robust": lambda: (values.median(), values.quantile(0.75, "linear") - values.quantile(0.25, "linear")),
    }[scaling]()
    return {"fill": pl.lit(None) if fill is None else fill, "shift": shift, "scale": scale}


def _checked(column, policy, facts):
    if policy != "error" and facts["fill"] is None:
        raise DataError(
            "missing-value", f'column "{column}" has no value in the train rows, so it has no {policy}', column=column
        )
    # A column that never changes is not stretched.
    return {"column": column, "fill": facts["fill"], "shift": facts["shift"] or 0.0, "scale": facts["scale"] or 1.0}


def _values(column, table, fill, target):
    """An expression of float64. A fill of None refuses missing values, of NaN lets them be."""
    import polars as pl

    kind = table.frame.schema[column]
    values = pl.col(column)
    if kind == pl.String:
        _refuse_words(column, table)
        values = values.cast(pl.Float64, strict=False)
    elif kind.is_numeric() or kind in (pl.Boolean, pl.Null):
        values = values.cast(pl.Float64)
    else:
        raise DataError(
            "wrong-dtype",
            f'column "{column}" holds {kind} values, but numbers are expected',
            column=column,
            dtype=str(kind),
        )
    if fill is None:
        series = table.frame[column]
        if series.null_count():
            raise missing_value(column, table, series.is_null(), "target" if target else "number")
        return values
    return values.fill_nan(None).fill_null(fill) if fill == fill else values


def _refuse_words(column, table):
    """Raises unless every text of the column reads as a number."""
    import polars as pl

    series = table.frame[column]
    wrong = series.is_not_null() & series.cast(pl.Float64, strict=False).is_null()
    if wrong.any():
        at = wrong.arg_max()
        raise DataError(
            "wrong-dtype",
            f'column "{column}", {table.where(at)}: "{series[at]}", but a number is expected{more(int(wrong.sum()))}',
            column=column,
            row=table.place(at),
            value=series[at],
        )


def _explain(columns, table, result=None):
    """Raises for the first cell that is no finite number: in the table, or in `result`, where float32 has no room.

    columns: their names, and what is done about missing values.
    """
    import polars as pl

    for place, (column, policy) in enumerate(columns):
        raw = table.frame[column].cast(pl.Float64, strict=False).to_numpy()
        wrong = ~np.isfinite(raw) if policy == "error" else np.isinf(raw)
        if not wrong.any() and result is not None:
            wrong = ~np.isfinite(result[:, place])
        if wrong.any():
            at = int(wrong.argmax())
            raise DataError(
                "not-a-number",
                f'column "{column}", {table.where(at)}: {raw[at]}, but a finite number is expected'
                f"{more(int(wrong.sum()))}",
                column=column,
                row=table.place(at),
                value=str(raw[at]),
            )

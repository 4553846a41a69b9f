"""CSV files, read by Polars. What is fitted (scaling, vocabularies) is fitted on the train rows only."""

import numpy as np

from flaxen.data import table
from flaxen.data.errors import DataError
from flaxen.data.source import Source


def files(spec, assets):
    """All that `read` reads."""
    validation = spec.get("validation")
    return [assets / spec["path"], *([assets / validation] if isinstance(validation, str) else ())]


def read(spec, assets):
    """Columns of the model, raw: inputs [rows, columns], targets [rows] or [rows, outputs]; text stays text."""
    validation = spec.get("validation")
    apart = isinstance(validation, str)
    return Source(_columns(spec, assets / spec["path"]), _columns(spec, assets / validation) if apart else None)


def fit(spec, train, validation):
    """Returns (train, validation, preprocessing); the last is plain JSON, saved with the weights."""
    preprocessing = {"scaling": {}, "vocabularies": {}}
    for name, expected in spec["expects"].items():
        values, columns = train[name], _names(spec, name)
        if values.dtype.kind == "O":
            preprocessing["vocabularies"][name] = {
                column: sorted(set(values[..., i].ravel())) for i, column in enumerate(columns)
            }
            _check_size(name, expected, preprocessing["vocabularies"][name])
        elif expected["role"] == "input" and expected["dtype"] == "float" and spec.get("scaling") != "none":
            mean, deviation = values.mean(0), values.std(0)
            deviation = np.where(deviation > 0, deviation, 1)
            scaling = {"columns": columns, "mean": mean.tolist(), "deviation": deviation.tolist()}
            preprocessing["scaling"][name] = scaling
    train = apply(preprocessing, train)
    return train, validation and apply(preprocessing, validation), preprocessing


def apply(preprocessing, columns):
    """Raw columns -> what the program reads. Raises `DataError` for text that the train rows do not have."""
    columns = dict(columns)
    for name, scaling in preprocessing["scaling"].items():
        if name in columns:
            columns[name] = (columns[name] - np.array(scaling["mean"])) / np.array(scaling["deviation"])
    for name, vocabularies in preprocessing["vocabularies"].items():
        if name in columns:
            parts = enumerate(vocabularies.items())
            coded = [_code(name, column, columns[name][:, i], words) for i, (column, words) in parts]
            columns[name] = np.stack(coded, -1)
    return columns


def _columns(spec, path):
    names = [column for name in spec["expects"] for column in _names(spec, name)]
    frame = table.read(path, names, spec.get("separator") or ",")
    result = {}
    for name, expected in spec["expects"].items():
        text = expected["role"] == "label" or expected.get("dtype") == "int"
        result[name] = table.to_numpy(frame, _names(spec, name), expected, text)
    return result


def _names(spec, name):
    columns = spec["features"].get(name) or spec["targets"][name]
    return [columns] if isinstance(columns, str) else list(columns)


def _code(name, column, values, words):
    places = {word: place for place, word in enumerate(words)}
    unknown = [value for value in values if value not in places]
    if unknown:
        raise DataError(
            "unknown-category",
            f'column "{column}" ({name}) holds "{unknown[0]}", which no train row has; known: {", ".join(words[:20])}',
            column=column,
            value=unknown[0],
        )
    return np.array([places[value] for value in values], np.int32)


def _check_size(name, expected, vocabularies):
    limit = expected["classes"] if expected["role"] == "label" else expected.get("below")
    for column, words in vocabularies.items():
        if limit is not None and len(words) > limit:
            code = "label-out-of-range" if expected["role"] == "label" else "index-out-of-range"
            raise DataError(
                code,
                f'column "{column}" has {len(words)} different values in the train rows'
                f' ({", ".join(words[:10])}{", …" if len(words) > 10 else ""}), but "{name}" has room for {limit}',
                column=column,
                value=words[limit],
                expected=limit,
            )

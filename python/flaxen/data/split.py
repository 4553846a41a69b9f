"""Rows set aside for validation: a share of them, those of some groups, a fold, or those that a column names."""

import hashlib

import numpy as np

from flaxen.data.errors import DataError


def split(columns, how, shuffle_seed, marks=None):
    """Returns (train, validation) columns; see `chosen`."""
    rows = len(next(iter(columns.values())))
    validates = chosen(rows, how, shuffle_seed, marks or {})
    return ({name: values[part] for name, values in columns.items()} for part in (~validates, validates))


def is_drawn(how):
    """Whether `shuffle_seed` decides over the rows that validate."""
    return isinstance(how, (int, float)) or (
        isinstance(how, dict) and any(isinstance(how.get(key), (int, float)) for key in ("ratio", "fold"))
    )


def chosen(rows, how, shuffle_seed, marks):
    """Which rows validate: [rows] bool. Raises `DataError` where a side would be empty.

    how: a share of the rows; {"ratio"} or {"fold", "of"}, either with "stratify" and "group"; {"column", "value"}.
    marks: "stratify", "group" and "column" -> [rows] values of each row.
    """
    how = {"ratio": how} if isinstance(how, (int, float)) else how
    if "value" in how:
        result = _equal(marks["column"], how)
    elif "fold" in how:
        result = _fold_of(rows, how["of"], shuffle_seed, marks) == how["fold"]
    elif "group" in marks:
        result = _of_groups(marks["group"], how["ratio"], shuffle_seed)
    elif "stratify" in marks:
        result = _share_of_each(marks["stratify"], how["ratio"], shuffle_seed)
    else:
        result = np.zeros(rows, bool)
        result[np.random.default_rng(shuffle_seed).permutation(rows)[: round(rows * how["ratio"])]] = True
    count = int(result.sum())
    if not 0 < count < rows:
        raise DataError(
            "empty-data",
            f"validation: {_shown(how)} of {rows} rows leaves {rows - count} to train on and {count} to validate on;"
            " both need at least one",
            rows=rows,
            **({"fraction": how["ratio"]} if "ratio" in how else {}),
        )
    return result


def _shown(how):
    if set(how) == {"ratio"}:
        return how["ratio"]
    return ", ".join(
        f'{name} "{value}"' if isinstance(value, str) else f"{name} {value}" if not isinstance(value, dict) else name
        for name, value in how.items()
    )


def _equal(values, how):
    result = np.array([str(value) == str(how["value"]) for value in values.tolist()], bool)
    if not result.any():
        known = list(dict.fromkeys(str(value) for value in values.tolist()))
        raise DataError(
            "empty-data",
            f'validation: no row has "{how["value"]}" in column "{how["column"]}";'
            f" it holds {', '.join(known[:10])}{', …' if len(known) > 10 else ''}",
            column=how["column"],
            value=how["value"],
        )
    return result


def _places(values):
    """Returns (names of the different values, place of each row's value among them)."""
    names, places = np.unique(np.array([str(value) for value in values.tolist()], object), return_inverse=True)
    return names.tolist(), places


def _draw(name, shuffle_seed):
    """A number in 0..1 that is the same for a name wherever its rows stand."""
    digest = hashlib.sha256(f"{shuffle_seed}\0{name}".encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64


def _of_groups(values, ratio, shuffle_seed):
    """Whole groups, each by its own draw: further groups move none of these."""
    names, places = _places(values)
    if len(names) < 2:
        raise DataError("empty-data", f"validation: all rows are of one group, {names[0]}; two or more are needed")
    draws = np.array([_draw(name, shuffle_seed) for name in names])
    validates = draws < ratio
    if not validates.any():
        validates[draws.argmin()] = True
    if validates.all():
        validates[draws.argmax()] = False
    return validates[places]


def _share_of_each(values, ratio, shuffle_seed):
    """The same share of every class; what is left over goes to the classes that were cut the most."""
    names, places = _places(values)
    rng, rows = np.random.default_rng(shuffle_seed), len(places)
    sizes = np.bincount(places)
    exact = sizes * ratio
    counts = np.floor(exact).astype(int)
    rest = round(rows * ratio) - counts.sum()
    counts[np.argsort(counts - exact, kind="stable")[: max(rest, 0)]] += 1
    single = np.flatnonzero(sizes < 2)
    if len(single):
        raise DataError(
            "empty-data",
            f'validation: the class "{names[single[0]]}" has one row only, which cannot be on both sides.'
            " Give it more rows, leave it out, or do not stratify",
            value=names[single[0]],
        )
    counts = np.clip(counts, 1, sizes - 1)
    result = np.zeros(rows, bool)
    for place, count in enumerate(counts):
        result[rng.permutation(np.flatnonzero(places == place))[:count]] = True
    return result


def _fold_of(rows, folds, shuffle_seed, marks):
    """[rows] numbers of the folds. Groups stay whole; classes are dealt out evenly."""
    classes = _places(marks["stratify"])[1] if "stratify" in marks else np.zeros(rows, int)
    if "group" in marks:
        return _folds_of_groups(marks["group"], classes, folds, shuffle_seed)
    order = np.random.default_rng(shuffle_seed).permutation(rows)
    order = order[np.argsort(classes[order], kind="stable")]
    result = np.empty(rows, int)
    result[order] = np.arange(rows) % folds
    return result


def _folds_of_groups(values, classes, folds, shuffle_seed):
    """Each group, the largest first, goes where the classes stay the most even."""
    names, places = _places(values)
    if len(names) < folds:
        raise DataError("empty-data", f"validation: {folds} folds need as many groups, but there are {len(names)}")
    sizes = np.zeros((len(names), classes.max() + 1))
    np.add.at(sizes, (places, classes), 1)
    share = sizes / sizes.sum(0)
    filled, fold_of = np.zeros((folds, sizes.shape[1])), np.empty(len(names), int)
    for group in sorted(range(len(names)), key=lambda one: (-sizes[one].sum(), _draw(names[one], shuffle_seed))):
        fold_of[group] = (((filled + share[group]) ** 2).sum(1) - (filled**2).sum(1)).argmin()
        filled[fold_of[group]] += share[group]
    return fold_of[places]

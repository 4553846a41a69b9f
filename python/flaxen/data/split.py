"""Rows set aside to validate or to test on: a share, those of some groups, a fold, or those that a column names."""

import hashlib

import numpy as np

from flaxen.data.errors import DataError


def set_aside(rows, ways, shuffle_seed, marks):
    """Returns "train" and the parts of `ways` -> [rows] bool: which rows they have.

    ways: "test", "validation" -> how, see `chosen`; marks: the same -> marks. Test rows are set aside first, so that no
    way to validate moves them. Shares are of all rows.
    """
    left, parts, tested = np.ones(rows, bool), {}, _ratio(ways.get("test"))
    for part in ("test", "validation"):
        if part in ways:
            places = np.flatnonzero(left)
            own = {mark: values[places] for mark, values in marks.get(part, {}).items()}
            before = tested if part == "validation" else 0
            taken = places[chosen(len(places), ways[part], shuffle_seed, own, part, rows, before)]
            parts[part] = np.isin(np.arange(rows), taken)
            left &= ~parts[part]
    return {"train": left} | parts


def _ratio(how):
    """The share that is asked for; 0 where none is."""
    return how if isinstance(how, (int, float)) else how.get("ratio", 0) if isinstance(how, dict) else 0


def is_drawn(how):
    """Whether `shuffle_seed` decides over the rows that are set aside."""
    return isinstance(how, (int, float)) or (
        isinstance(how, dict) and any(isinstance(how.get(key), (int, float)) for key in ("ratio", "fold"))
    )


def chosen(rows, how, shuffle_seed, marks, part="validation", of=None, before=0):
    """Which rows validate, or test: [rows] bool. Raises `DataError` where a side would be empty.

    how: a share of the rows; {"ratio"} or {"fold", "of"}, either with "stratify" and "group"; {"column", "value"}.
    marks: "stratify", "group" and "column" -> [rows] values of each row. part: whose draw it is, "validation" or
    "test"; of: how many rows a share is of, where these are not all; before: the share that was drawn of them already.
    """
    how, of = {"ratio": how} if isinstance(how, (int, float)) else how, of or rows
    # Groups are drawn by their names: after a draw with the same seed those that are left would never be taken.
    seed = shuffle_seed if part == "validation" else shuffle_seed + 2**32
    if "value" in how:
        result = _equal(marks["column"], how, part)
    elif "fold" in how:
        result = _fold_of(rows, how["of"], seed, marks, part) == how["fold"]
    elif "group" in marks:
        result = _of_groups(marks["group"], how["ratio"] / (1 - before), seed, part)
    elif "stratify" in marks:
        result = _share_of_each(marks["stratify"], round(of * how["ratio"]), how["ratio"] * of / rows, seed, part)
    else:
        result = np.zeros(rows, bool)
        result[np.random.default_rng(seed).permutation(rows)[: round(of * how["ratio"])]] = True
    count = int(result.sum())
    if not 0 < count < rows:
        verb = {"validation": "validate"}.get(part, part)
        raise DataError(
            "empty-data",
            f"{part}: {_shown(how)} of {of} rows leaves {rows - count} to train on and {count} to {verb} on;"
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


def _equal(values, how, part):
    result = np.array([str(value) == str(how["value"]) for value in values.tolist()], bool)
    if not result.any():
        known = list(dict.fromkeys(str(value) for value in values.tolist()))
        raise DataError(
            "empty-data",
            f'{part}: no row has "{how["value"]}" in column "{how["column"]}";'
            f" it holds {', '.join(known[:10])}{', …' if len(known) > 10 else ''}",
            column=how["column"],
            value=how["value"],
        )
    return result


def _places(values):
    """Returns (names of the different values, place of each row's value among them)."""
    names, places = np.unique(np.array([str(value) for value in values.tolist()], object), return_inverse=True)
    return names.tolist(), places


def _draw(name, seed):
    """A number in 0..1 that is the same for a name wherever its rows stand."""
    digest = hashlib.sha256(f"{seed}\0{name}".encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64


def _of_groups(values, ratio, seed, part):
    """Whole groups, each by its own draw: further groups move none of these."""
    names, places = _places(values)
    if len(names) < 2:
        raise DataError("empty-data", f"{part}: all rows are of one group, {names[0]}; two or more are needed")
    draws = np.array([_draw(name, seed) for name in names])
    validates = draws < ratio
    if not validates.any():
        validates[draws.argmin()] = True
    if validates.all():
        validates[draws.argmax()] = False
    return validates[places]


def _share_of_each(values, count, ratio, seed, part):
    """`count` rows, the same share of every class; what is left over goes to the classes that were cut the most."""
    names, places = _places(values)
    rng, rows = np.random.default_rng(seed), len(places)
    sizes = np.bincount(places)
    exact = sizes * ratio
    counts = np.floor(exact).astype(int)
    rest = count - counts.sum()
    counts[np.argsort(counts - exact, kind="stable")[: max(rest, 0)]] += 1
    single = np.flatnonzero(sizes < 2)
    if len(single):
        raise DataError(
            "empty-data",
            f'{part}: the class "{names[single[0]]}" has one row only, which cannot be on both sides.'
            " Give it more rows, leave it out, or do not stratify",
            value=names[single[0]],
        )
    counts = np.clip(counts, 1, sizes - 1)
    result = np.zeros(rows, bool)
    for place, count in enumerate(counts):
        result[rng.permutation(np.flatnonzero(places == place))[:count]] = True
    return result


def _fold_of(rows, folds, seed, marks, part):
    """[rows] numbers of the folds. Groups stay whole; classes are dealt out evenly."""
    classes = _places(marks["stratify"])[1] if "stratify" in marks else np.zeros(rows, int)
    if "group" in marks:
        return _folds_of_groups(marks["group"], classes, folds, seed, part)
    order = np.random.default_rng(seed).permutation(rows)
    order = order[np.argsort(classes[order], kind="stable")]
    result = np.empty(rows, int)
    result[order] = np.arange(rows) % folds
    return result


def _folds_of_groups(values, classes, folds, seed, part):
    """Each group, the largest first, goes where the classes stay the most even."""
    names, places = _places(values)
    if len(names) < folds:
        raise DataError("empty-data", f"{part}: {folds} folds need as many groups, but there are {len(names)}")
    sizes = np.zeros((len(names), classes.max() + 1))
    np.add.at(sizes, (places, classes), 1)
    share = sizes / sizes.sum(0)
    filled, fold_of = np.zeros((folds, sizes.shape[1])), np.empty(len(names), int)
    for group in sorted(range(len(names)), key=lambda one: (-sizes[one].sum(), _draw(names[one], seed))):
        fold_of[group] = (((filled + share[group]) ** 2).sum(1) - (filled**2).sum(1)).argmin()
        filled[fold_of[group]] += share[group]
    return fold_of[places]

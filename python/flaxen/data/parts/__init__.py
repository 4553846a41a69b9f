"""What becomes of a table's columns: each input and each target is a part, of one kind.

A kind is a module. `fit(name, specs, table, expected)` looks at the train rows and returns plain JSON; `apply(name,
fitted, table)` makes a NumPy array [rows, ...] of any rows, with that JSON alone: it is saved beside the weights.
"""

import functools
import importlib

from flaxen.data.errors import DataError

KINDS = ("categories", "indices", "labels", "numbers", "sets", "tags", "text")


@functools.cache
def _module(kind):
    if kind not in KINDS:
        raise ValueError(f"a part of kind {kind!r}; known: {', '.join(KINDS)}")
    return importlib.import_module(f"flaxen.data.parts.{kind}")


def specs_of(spec, name):
    """The columns of an input or a target, each as a dict with "column"."""
    given = spec["features"].get(name) or spec["targets"][name]
    return [{"column": one} if isinstance(one, str) else one for one in (given if isinstance(given, list) else [given])]


def kind_of(specs, expected):
    """Which module prepares the part."""
    given = specs[0].get("kind")
    if expected["role"] == "input":
        if expected["dtype"] == "float":
            return "numbers"
        return {"category": "categories", "text": "text"}.get(given, "indices")
    if expected["role"] == "label":
        return "tags" if expected.get("shape") else "labels"
    return "sets" if given == "set" else "numbers"


def fit(spec, table):
    """What the train rows tell: {"columns": name -> {"kind", ...}}, plain JSON. Raises `DataError`."""
    fitted = {}
    for name, expected in spec["expects"].items():
        specs = specs_of(spec, name)
        kind = kind_of(specs, expected)
        if expected["role"] == "input" and kind == "numbers":
            specs = [{"scaling": spec.get("scaling") or "standard"} | one for one in specs]
        fitted[name] = {"kind": kind} | _module(kind).fit(name, specs, table, expected)
    return {"columns": fitted}


def apply(preprocessing, table):
    """Every part's array [rows, ...]. Raises `DataError`."""
    columns = preprocessing["columns"]
    result = {name: apply_one(name, fitted, table) for name, fitted in columns.items()}
    check_tags(columns, dict.fromkeys(columns, table))
    return result


def apply_one(name, fitted, table):
    """The array [rows, ...] of one part."""
    return _module(fitted["kind"]).apply(name, fitted, table)


def restore(fitted, values):
    """Predictions of scaled targets as the table has them, float32; values: [rows, columns]."""
    return _module(fitted["kind"]).restore(fitted, values)


def columns_of(fitted):
    """The names of a part's columns, in order."""
    return [one["column"] for one in fitted["columns"]] if "columns" in fitted else [fitted["column"]]


def vocabulary(fitted):
    """What the numbers of a part mean, as a list of strings; None where they are just numbers."""
    return getattr(_module(fitted["kind"]), "vocabulary", lambda _: None)(fitted)


def check_tags(columns, tables):
    """A row has as many tags as tokens. tables: the name of a part -> the table that holds its columns."""
    from flaxen.data.parts import tags, text

    given_text = {name: one for name, one in columns.items() if one["kind"] == "text" and name in tables}
    tokens = [name for name, one in given_text.items() if one["tokenizer"]["type"] == "whitespace"]
    for name, fitted in columns.items():
        if fitted["kind"] != "tags" or not tokens or name not in tables:
            continue
        table, first = tables[name], columns[tokens[0]]
        given, wanted = tags.counts(fitted, table), text.counts(first, tables[tokens[0]])
        wrong = given != wanted
        if wrong.any():
            at = int(wrong.argmax())
            raise DataError(
                "shape-mismatch",
                f'column "{fitted["column"]}" ({name}), {table.where(at)}: {given[at]} tags, but'
                f' {wanted[at]} tokens in column "{first["column"]}"; each token needs one',
                column=fitted["column"],
                row=table.place(at),
            )

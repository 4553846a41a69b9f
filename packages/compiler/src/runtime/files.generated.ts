// Written by scripts/generate.mjs from python/flaxen and package.json. Do not edit.
export const version = "0.1.0";

/** The Python runtime that is copied beside every program: path -> text. */
export const runtimeFiles: Readonly<Record<string, string>> = {
  "flaxen/__init__.py": `"""The part of a training program that is the same for every model; copied beside each program."""

import os

# The same seed gives the same bits on a GPU too. XLA reads this once, when its first device is made.
_FLAG = "--xla_gpu_deterministic_ops"
if _FLAG not in os.environ.get("XLA_FLAGS", ""):
    os.environ["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} {_FLAG}=true".strip()
`,
  "flaxen/control.py": `"""What may be asked of a run while it trains, and which run is next: lines of JSON on standard input."""

import functools
import json
import os
import queue
import threading


class Cancelled(BaseException):
    """The run was asked to end at once."""


class Control:
    """Whether the run was asked to \`stop\` (end well, keep the weights) or to \`cancel\` (end at once).

    \`warm\`: whether this process has run before.
    """

    def __init__(self, warm=False):
        self.warm, self.stop, self.cancel = warm, False, False

    def check(self):
        """Raises \`Cancelled\` if that was asked for."""
        if self.cancel:
            raise Cancelled


class Listener:
    """Hears requests in their order: those after a \`run\` are about that run, which has a control of its own."""

    def __init__(self):
        self.control, self.runs = Control(), queue.SimpleQueue()

    def hear(self, request):
        """Takes one request; verbs that are not known are nobody's."""
        verb = request.get("verb")
        if verb == "run":
            self.control = Control(warm=True)
            self.runs.put(request)
        self.control.stop = self.control.stop or verb == "stop"
        self.control.cancel = self.control.cancel or verb == "cancel"

    def next_run(self):
        """Waits for the next request to run."""
        return self.runs.get()


@functools.cache
def standard_input():
    """The one listener of this process. At the end of the stream the parent is dead, and so is this process."""
    listener = Listener()

    def listen():
        # Not through sys.stdin: a thread that waits in it holds a lock that the interpreter needs to end.
        waiting = b""
        while received := os.read(0, 65536):
            *lines, waiting = (waiting + received).split(b"\\n")
            for line in lines:
                listener.hear(json.loads(line))
        os._exit(1)

    threading.Thread(target=listen, name="control", daemon=True).start()
    return listener
`,
  "flaxen/data/__init__.py": `"""The rows that a model learns from: read, checked and fingerprinted before anything is compiled."""

from flaxen.data.dataset import Dataset
from flaxen.data.errors import DataError
from flaxen.data.load import load

__all__ = ["DataError", "Dataset", "load"]
`,
  "flaxen/data/arrays.py": `"""Arrays that were written in TypeScript: raw little-endian bytes, stored under the hash of their content."""

import math

import numpy as np

from flaxen.data.errors import DataError, missing_file
from flaxen.data.source import Source


def files(_spec, _assets):
    """None that could change under its name."""
    return []


def read(spec, assets):
    """\`columns\` (and \`validation\`, unless it is a fraction): name -> sha256, dtype, shape."""
    validation = spec.get("validation")
    apart = isinstance(validation, dict)
    return Source(_columns(spec["columns"], assets), _columns(validation, assets) if apart else None)


def _columns(columns, assets):
    return {name: _array(name, array, assets / f"{array['sha256']}.bin") for name, array in columns.items()}


def _array(name, array, path):
    kind, shape = np.dtype(array["dtype"]).newbyteorder("<"), array["shape"]
    try:
        values = np.fromfile(path, kind)
    except OSError:
        raise missing_file(path, name) from None
    size = math.prod(shape)
    if len(values) != size:
        raise DataError(
            "wrong-format",
            f'column "{name}": {path.name} holds {len(values):,} values, but the shape {shape} needs {size:,}',
            column=name,
            path=str(path),
        )
    return values.reshape(shape)
`,
  "flaxen/data/batches.py": `"""The order in which rows are visited: index matrices from NumPy (a permutation on the device is 30 times slower)."""

import numpy as np


def steps_per_epoch(rows, batch_size):
    """Batches that hold every row once; the last may be partial."""
    return -(-rows // batch_size)


def weights(rows, batch_size):
    """[batches, batch]: 1, and 0 where a row only fills the last batch."""
    steps = steps_per_epoch(rows, batch_size)
    return (np.arange(steps * batch_size) < rows).astype(np.float32).reshape(steps, batch_size)


def shuffled(rows, batch_size, shuffle_seed, epoch):
    """[batches, batch] row numbers of one epoch.

    What fills the last batch are the first rows of the same permutation: real rows, which BatchNorm may see.
    """
    order = np.random.default_rng((shuffle_seed, epoch)).permutation(np.arange(rows, dtype=np.int32))
    return _fill(order, batch_size)


def ordered(rows, batch_size):
    """[batches, batch] row numbers in order."""
    return _fill(np.arange(rows, dtype=np.int32), batch_size)


def evaluation(rows, most):
    """Returns index, weight: [batches, batch] of all rows in order, \`most\` rows a batch at most."""
    batch_size = steps_per_epoch(rows, steps_per_epoch(rows, most))
    return ordered(rows, batch_size), weights(rows, batch_size)


def _fill(order, batch_size):
    steps = steps_per_epoch(len(order), batch_size)
    return np.resize(order, (steps, batch_size))
`,
  "flaxen/data/checks.py": `"""Every value against what the model expects, before anything is compiled."""

import numpy as np

from flaxen.data.errors import DataError, unknown_column


def check(columns, expects, part, row="row {}".format):
    """Returns the expected columns in the types and shapes that the model reads. Raises \`DataError\`.

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
    """One column, checked and cast; \`row\` names a row by its number."""
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
`,
  "flaxen/data/csv.py": `"""CSV files, read by Polars. What is fitted (scaling, vocabularies) is fitted on the train rows only."""

import numpy as np

from flaxen.data import table
from flaxen.data.errors import DataError
from flaxen.data.source import Source


def files(spec, assets):
    """All that \`read\` reads."""
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
    """Raw columns -> what the program reads. Raises \`DataError\` for text that the train rows do not have."""
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
`,
  "flaxen/data/dataset.py": `"""A data set on the device."""

import dataclasses
import hashlib

import numpy as np


@dataclasses.dataclass(frozen=True)
class Dataset:
    """\`columns\`: name -> device array [rows, ...]; \`preprocessing\`: what was fitted on the train rows, or None."""

    columns: dict
    rows: int
    fingerprint: str
    preprocessing: dict | None = None


def fingerprint(columns):
    """\`sha256:...\` of names, types, shapes and content. columns: name -> NumPy array."""
    digest = hashlib.sha256()
    for name in sorted(columns):
        values = columns[name]
        digest.update(f"{name} {values.dtype.str} {values.shape}\\n".encode())
        digest.update(memoryview(values.ravel().view("u1")))
    return f"sha256:{digest.hexdigest()}"


def target_means(expects, train):
    """\`<target>_mean\` of the train rows: a number, or [outputs]. Sums of r2 are taken around it."""
    means = {}
    for name, expected in expects.items():
        if expected["role"] == "target":
            mean = np.asarray(train.columns[name]).mean(0, dtype=np.float64)
            means[f"{name}_mean"] = mean[0] if len(mean) == 1 else mean
    return means
`,
  "flaxen/data/digits.py": `"""The 1,797 handwritten digits of 8 x 8 that come with scikit-learn."""

import gzip
import importlib.util
import pathlib

import numpy as np

from flaxen.data.source import Source


def files(_spec, _assets):
    """None but the environment's own."""
    return []


def read(spec, _assets):
    """Columns: image float32 [1797, ...] in 0..1, shaped as the model's input is, and label int32 [1797]."""
    names = spec["columns"]
    package = importlib.util.find_spec("sklearn")
    if package is None:
        raise ModuleNotFoundError("data.digits needs scikit-learn", name="sklearn")
    # The file itself: importing scikit-learn takes longer than training on its digits.
    with gzip.open(pathlib.Path(package.origin).parent / "datasets" / "data" / "digits.csv.gz") as file:
        rows = np.array(file.read().replace(b"\\n", b",").rstrip(b",").split(b","), np.float32).reshape(-1, 65)
    image, shape = rows[:, :64] / 16, spec["expects"][names["image"]]["shape"]
    if np.prod(shape) == 64:
        image = image.reshape(-1, *shape)
    return Source({names["image"]: image, names["label"]: rows[:, 64].astype(np.int32)})
`,
  "flaxen/data/errors.py": `"""What may be wrong with data."""

import difflib


class DataError(Exception):
    """Data that the model cannot learn from. \`code\` is stable; \`facts\` name the column, the row and the value."""

    def __init__(self, code, message, **facts):
        super().__init__(message)
        self.code, self.facts = code, facts


def missing_file(path, column):
    """No such file, or one that may not be read."""
    what = "cannot be read" if path.exists() else "does not exist"
    return DataError(
        "missing-file", f'column "{column}": the file {path} {what}', column=column, path=str(path), file=path.name
    )


def unknown_column(name, known, where):
    """A column that the data lacks; the nearest of the known ones is suggested."""
    near = difflib.get_close_matches(name, known, 1)
    hint = f'did you mean "{near[0]}"?' if near else f"there are: {', '.join(known) or 'none'}"
    return DataError("unknown-column", f'{where} has no column "{name}"; {hint}', column=name, known=list(known))
`,
  "flaxen/data/idx.py": `"""IDX files: the format of MNIST."""

import math

import numpy as np

from flaxen.data.errors import DataError, missing_file
from flaxen.data.source import Source

_TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}


def files(spec, assets):
    """All that \`read\` reads."""
    validation = spec.get("validation")
    named = [*spec["train"].values(), *(validation.values() if isinstance(validation, dict) else ())]
    return [assets / file for file in named]


def read(spec, assets):
    """\`train\` and \`validation\` name a file for each column; validation may also be a fraction of the train rows."""
    validation = spec.get("validation")
    apart = isinstance(validation, dict)
    return Source(_columns(spec["train"], assets), _columns(validation, assets) if apart else None)


def read_idx(path, column):
    """Returns the file's array; its first dimension is the rows."""
    try:
        content = np.fromfile(path, np.uint8)
    except OSError:
        raise missing_file(path, column) from None
    kind = _TYPES.get(int(content[2])) if len(content) >= 4 and not content[:2].any() else None
    if kind is None:
        raise _wrong(column, path, "is not an IDX file (unpacked, not .gz)")
    start = 4 + 4 * int(content[3])
    shape = tuple(int(size) for size in content[4:start].view(">i4"))
    expected = start + math.prod(shape) * np.dtype(kind).itemsize
    if len(content) != expected:
        raise _wrong(column, path, f"has {len(content):,} bytes, but its header {list(shape)} needs {expected:,}")
    values = content[start:].view(kind).reshape(shape)
    return values.astype(values.dtype.newbyteorder("="), copy=False)


def _columns(files, assets):
    return {column: read_idx(assets / file, column) for column, file in files.items()}


def _wrong(column, path, what):
    return DataError("wrong-format", f'column "{column}": {path.name} {what}', column=column, path=str(path))
`,
  "flaxen/data/kept.py": `"""The data of the last run of this process, for a next one that reads the same."""

import functools
import json


class Kept:
    """One value and what it was made from."""

    def __init__(self):
        self.identity = self.value = None

    def get(self, identity, make):
        """The value of this identity: the kept one, or a new one in its place. None is nobody's identity."""
        if identity is None or identity != self.identity:
            self.identity = self.value = None  # first, so that both are never in memory
            self.value, self.identity = make(), identity
        return self.value


@functools.cache
def last_data():
    """That of this process."""
    return Kept()


def identity(config, files):
    """What decides over the data: the config's \`data\`, how rows are drawn, and the files as they lie on the disk.

    Returns None when a file is not there: it is for the reader to say so.
    """
    spec = config["data"]
    drawn = config["shuffle_seed"] if isinstance(spec.get("validation"), (int, float)) else None
    try:
        return json.dumps([spec, drawn, [_state(file) for file in files]])
    except OSError:
        return None


def _state(file):
    stat = file.stat()
    return str(file.resolve()), stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns
`,
  "flaxen/data/load.py": `"""From a config's \`data\` to data sets on the device."""

import importlib
import pathlib

import jax
import numpy as np

from flaxen.data.checks import check, check_batch_size
from flaxen.data.dataset import Dataset, fingerprint
from flaxen.data.kept import identity, last_data
from flaxen.data.split import split

KINDS = ("arrays", "csv", "digits", "idx", "mnist")


def load(config):
    """Returns (train, validation); validation is None without validation data. Raises \`DataError\`.

    In a process that has just trained on the same data they are still on the device.
    """
    spec, assets = config["data"], pathlib.Path(config["assets"])
    if spec["kind"] not in KINDS:
        raise ValueError(f"data of kind {spec['kind']!r}; known: {', '.join(KINDS)}")
    kind = importlib.import_module(f"flaxen.data.{spec['kind']}")
    same = identity(config, kind.files(spec, assets))
    train, validation = last_data().get(same, lambda: _read(kind, config, assets))
    check_batch_size(config["batch_size"], train.columns)
    return train, validation


def _read(kind, config, assets):
    spec = config["data"]
    source = kind.read(spec, assets)
    expects, fraction = spec["expects"], spec.get("validation")
    train, validation = source.train, source.validation
    if hasattr(kind, "fit"):  # what is learnt from the train rows only
        if validation is None and fraction:
            train, validation = split(train, fraction, config["shuffle_seed"])
        train, validation, preprocessing = kind.fit(spec, train, validation)
        train = check(train, expects, "train")
        validation = validation and check(validation, expects, "validation")
    else:
        train, preprocessing = check(train, expects, "train", source.row), None
        validation = validation and check(validation, expects, "validation", source.row)
        if validation is None and fraction:
            train, validation = split(train, fraction, config["shuffle_seed"])
    return _place(train, preprocessing), validation and _place(validation, preprocessing)


def _place(columns, preprocessing):
    columns = {name: np.ascontiguousarray(values) for name, values in columns.items()}
    rows = len(next(iter(columns.values())))
    placed = jax.device_put(columns)  # in the order of the names
    return Dataset({name: placed[name] for name in columns}, rows, fingerprint(columns), preprocessing)
`,
  "flaxen/data/mnist.py": `"""MNIST's four IDX files. Its own 10,000 test images validate, unless a fraction of the train images is asked for."""

from flaxen.data.idx import read_idx
from flaxen.data.source import Source

_KINDS = {"image": "images-idx3-ubyte", "label": "labels-idx1-ubyte"}


def files(spec, assets):
    """All that \`read\` reads."""
    parts = ["train"] if spec.get("validation") else ["train", "t10k"]
    return [_path(spec, assets, part, column) for part in parts for column in _KINDS]


def read(spec, assets):
    """Columns: image uint8 [rows, 28, 28] and label uint8 [rows], under the names that \`columns\` gives them."""

    def split(part):
        names = spec["columns"]
        return {names[column]: read_idx(_path(spec, assets, part, column), names[column]) for column in _KINDS}

    return Source(split("train"), None if spec.get("validation") else split("t10k"))


def _path(spec, assets, part, column):
    return assets / (spec.get("folder") or "") / f"{part}-{_KINDS[column]}"
`,
  "flaxen/data/rows.py": `"""Rows to predict from: given as the data has them, checked and prepared as the train rows were."""

import numpy as np

from flaxen.data import csv
from flaxen.data.checks import column
from flaxen.data.errors import DataError


class Rows:
    """What a trained program accepts. spec: \`data\` of its config; preprocessing: what its run fitted, or None."""

    def __init__(self, spec, preprocessing):
        self.spec, self.preprocessing = spec, preprocessing
        self.inputs = {name: one for name, one in spec["expects"].items() if one["role"] == "input"}

    def prepare(self, arrays, rows=None):
        """Arrays by input, or \`rows\` of a table (column -> value). Returns what \`predict\` takes. Raises \`DataError\`."""
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
`,
  "flaxen/data/source.py": `"""What a reader of data hands over."""

import dataclasses
from collections.abc import Callable


@dataclasses.dataclass(frozen=True)
class Source:
    """Columns as they were read: name -> NumPy array [rows, ...].

    \`validation\` is None where validation rows are split off \`train\`, or where there are none.
    \`row\` names a row by its number in a message: "row 3", "line 5".
    """

    train: dict
    validation: dict | None = None
    row: Callable[[int], str] = "row {}".format
`,
  "flaxen/data/split.py": `"""Rows set aside for validation."""

import numpy as np

from flaxen.data.errors import DataError


def split(columns, fraction, shuffle_seed):
    """Returns (train, validation) columns: \`fraction\` of the rows, drawn with \`shuffle_seed\`, validate."""
    rows = len(next(iter(columns.values())))
    count = round(rows * fraction)
    if not 0 < count < rows:
        raise DataError(
            "empty-data",
            f"validation: {fraction} of {rows} rows leaves {rows - count} to train on and {count} to validate on;"
            " both need at least one",
            rows=rows,
            fraction=fraction,
        )
    order = np.random.default_rng(shuffle_seed).permutation(rows)
    chosen, rest = np.sort(order[:count]), np.sort(order[count:])
    return ({name: values[part] for name, values in columns.items()} for part in (rest, chosen))
`,
  "flaxen/data/table.py": `"""A CSV file as typed columns."""

from flaxen.data import checks
from flaxen.data.errors import DataError, missing_file, unknown_column


def read(path, names, separator):
    """The named columns as a Polars frame, read lazily. Raises \`DataError\`."""
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
    return str(error).partition("\\n\\n")[0]


def line(row):
    """Where a row stands in its file: the header is line 1."""
    return f"line {row + 2}"


def to_numpy(frame, names, expected, text):
    """[rows, columns], or [rows] for a label. Float64, int64, or text as objects where \`text\` may stand."""
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
`,
  "flaxen/events.py": `"""Events as lines of JSON on a pipe of their own: a stray print never gets among them."""

import json
import math
import os


class Pipe:
    """Writes one event a line to a file descriptor; the supervisor adds the envelope."""

    def __init__(self, descriptor):
        self.descriptor = descriptor

    def __call__(self, type, **fields):
        line = encode({"type": type, **fields}).encode()
        while line:
            line = line[os.write(self.descriptor, line) :]

    def close(self):
        """Nothing is buffered."""


def encode(event):
    """One line; NaN and the infinities, which JSON lacks, are strings."""
    try:
        return json.dumps(event, allow_nan=False, separators=(",", ":"), default=plain) + "\\n"
    except ValueError:
        return json.dumps(_finite(event), allow_nan=False, separators=(",", ":")) + "\\n"


def plain(value):
    """NumPy's numbers and arrays as Python's."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} has no place in an event")


def _finite(value):
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    if hasattr(value, "tolist"):
        return _finite(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value
`,
  "flaxen/failure.py": `"""An exception as plain JSON: its cause's code, its message, and the frames that lie in the program's own files."""

import errno
import pathlib
import traceback

_LIMIT = 60_000  # characters of a message or a traceback
_MACHINERY = ("/jax/", "/jaxlib/", "/flax/", "/optax/", "<frozen ", "/runpy.py", "/flaxen/")


def describe(error, program):
    """The \`failure\` of the events' schema. program: the folder of model.py and train.py."""
    return {
        "code": code(error),
        "type": type(error).__name__,
        "message": str(error)[:_LIMIT],
        "traceback": _text(error)[-_LIMIT:],
        "frames": frames(error, program),
        "data": dict(getattr(error, "facts", {})),
    }


def code(error):
    """What kind of cause: an error that knows its code, memory, disk, or "exception" for what nobody foresaw."""
    if isinstance(getattr(error, "code", None), str):
        return error.code
    if isinstance(error, MemoryError) or "RESOURCE_EXHAUSTED" in str(error):
        return "oom"
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "disk-full"
    return "exception"


def frames(error, program):
    """Frames of the program's files, outermost first; JAX's note of where a transformed operation came from is last."""
    program = pathlib.Path(program).absolute()
    found = []
    for one in _chain(error):
        for frame in traceback.extract_tb(one.__traceback__):
            path = pathlib.Path(frame.filename).absolute()
            entry = {
                "file": path.name,
                "line": frame.lineno,
                "column": frame.colno,
                "endLine": frame.end_lineno,
                "endColumn": frame.end_colno,
                "function": frame.name,
            }
            if path.parent == program and path.suffix == ".py" and entry not in found:
                found.append(entry)
    if isinstance(error, SyntaxError) and error.filename:
        path, column = pathlib.Path(error.filename).absolute(), (error.offset or 1) - 1
        if path.parent == program:
            end = max((error.end_offset or 0) - 1, column + 1)
            place = {"line": error.lineno, "column": column, "endLine": error.end_lineno, "endColumn": end}
            found.append({"file": path.name, **place, "function": "<module>"})
    return found


def _chain(error):
    """The error, then what it was raised from."""
    seen = []
    while error is not None and error not in seen:
        seen.append(error)
        error = error.__cause__
    return seen


def _text(error):
    """The traceback without the frames of the libraries, unless there are no others."""
    shown = traceback.TracebackException.from_exception(error)
    one = shown
    while one is not None:
        own = [frame for frame in one.stack if not any(part in frame.filename for part in _MACHINERY)]
        if own:
            one.stack = traceback.StackSummary.from_list(own)
        one = one.__cause__ or one.__context__
    return "".join(shown.format())
`,
  "flaxen/frames.py": `"""Frames of the predict server: u32 length of the header (little-endian), header (JSON), then the raw arrays."""

import json
import math
import struct

import numpy as np


def read_frame(stream):
    """Returns (header, arrays), or None at the end of the stream. \`header["inputs"]\`: name -> dtype, shape."""
    start = stream.read(4)
    if len(start) < 4:
        return None
    header = json.loads(stream.read(struct.unpack("<I", start)[0]))
    arrays = {}
    for name, array in header.get("inputs", {}).items():
        kind = np.dtype(array["dtype"]).newbyteorder("<")
        content = stream.read(kind.itemsize * math.prod(array["shape"]))
        arrays[name] = np.frombuffer(content, kind).reshape(array["shape"])
    return header, arrays


def write_frame(stream, header, arrays=None):
    """\`arrays\`: name -> NumPy array; they become \`header["outputs"]\`."""
    parts = []
    if arrays is not None:
        arrays = {name: np.ascontiguousarray(values) for name, values in arrays.items()}
        header = header | {
            "outputs": {
                name: {"dtype": values.dtype.name, "shape": list(values.shape)} for name, values in arrays.items()
            }
        }
        parts = [values.astype(values.dtype.newbyteorder("<"), copy=False).tobytes() for values in arrays.values()]
    text = json.dumps(header).encode()
    stream.write(b"".join([struct.pack("<I", len(text)), text, *parts]))
    stream.flush()
`,
  "flaxen/ops/__init__.py": `"""What is not teachable inline: dropout with a traced rate; pooling and convolution that are fast on a CPU too."""

from flaxen.ops.convolution import conv
from flaxen.ops.dropout import Dropout
from flaxen.ops.pooling import max_pool

__all__ = ["Dropout", "conv", "max_pool"]
`,
  "flaxen/ops/convolution.py": `"""Convolution whose gradients are fast on a CPU too, also inside a loop on the device.

XLA's own gradients of a convolution leave its canonical form, and on a CPU they then run 20 to 130 times slower in a
loop (jax-ml/jax#12868). Here the input's gradient is written as a canonical convolution, the kernel's as that or as a
matrix product of patches, whichever is faster for the shape.

Milliseconds of a step of an MNIST CNN (convolutions of 32 and 64 filters, dense 128, batch 128) on two busy cores:

| | products with their own gradients | canonical convolutions | as here | stock |
|---|---|---|---|---|
| JAX 0.10.2 | 104 | 84 | 84 | 1342 |
| JAX 0.12.0 | 83 | 74 | 61 | 1303 |

With both cores free: 50, 59 (canonical in the second layer only), 48 on the older; 43, 33 as here on the newer.
"""

import functools
import math

import jax
import jax.numpy as jnp
from jax import lax

LAYOUT = ("NHWC", "HWIO", "NHWC")
SMALL_PATCH = 64  # numbers in a patch, up to which matrix products beat convolutions in every direction
# Before JAX 0.11 the kernel's gradient as a convolution uses one core where there are few input channels.
FEW_CHANNELS = 64 if jax.__version_info__ < (0, 11) else 0


def conv(x, kernel, window_strides, padding, *, lhs_dilation=None, rhs_dilation=None, feature_group_count=1, **options):
    """Drop-in for \`lax.conv_general_dilated\`, as \`nnx.Conv(..., conv_general_dilated=ops.conv)\` calls it.

    x: [batch, height, width, channels]; kernel: [height, width, channels, filters]. What a CPU gains nothing from
    (GPUs, groups, other ranks and types) goes to \`lax\` as it is.
    """
    strides, dilation = tuple(window_strides), tuple(rhs_dilation or (1,) * (x.ndim - 2))
    own = jax.default_backend() == "cpu" and x.ndim == 4 and x.dtype == kernel.dtype == jnp.float32
    if not own or feature_group_count != 1 or any(step != 1 for step in lhs_dilation or ()):
        return lax.conv_general_dilated(
            x,
            kernel,
            strides,
            padding,
            lhs_dilation=lhs_dilation,
            rhs_dilation=dilation,
            feature_group_count=feature_group_count,
            **options,
        )
    if isinstance(padding, str):
        reach = [(size - 1) * step + 1 for size, step in zip(kernel.shape[:2], dilation, strict=True)]
        padding = lax.padtype_to_pads(x.shape[1:3], reach, strides, padding)
    geometry = (strides, tuple((int(low), int(high)) for low, high in padding), dilation)
    if math.prod(kernel.shape[:3]) <= SMALL_PATCH:
        return _product(x, kernel, geometry)
    return _mixed(x, kernel, geometry)


def _product(x, kernel, geometry):
    """One matrix product; JAX's own gradients of it are fast."""
    patches = _patches(x, kernel.shape, geometry)
    product = patches.reshape(-1, patches.shape[-1]) @ kernel.reshape(-1, kernel.shape[-1])
    return product.reshape(*patches.shape[:3], -1)


def _patches(x, window, geometry):
    """[batch, height', width', window height * window width * channels]."""
    strides, pads, dilation = geometry
    x = jnp.pad(x, ((0, 0), *pads, (0, 0)))
    (height, row, down), (width, column, right) = (
        (size - (k - 1) * d, s, d) for size, k, s, d in zip(x.shape[1:3], window, strides, dilation, strict=False)
    )
    shifts = ((i * down, j * right) for i in range(window[0]) for j in range(window[1]))
    return jnp.concatenate([x[:, i : i + height : row, j : j + width : column] for i, j in shifts], -1)


@functools.partial(jax.custom_vjp, nondiff_argnums=(2,))
def _mixed(x, kernel, geometry):
    if kernel.shape[2] <= FEW_CHANNELS:
        return _product(x, kernel, geometry)  # its patches serve the kernel's gradient too
    strides, pads, dilation = geometry
    return lax.conv_general_dilated(x, kernel, strides, pads, rhs_dilation=dilation, dimension_numbers=LAYOUT)


def _forward(x, kernel, geometry):
    return _mixed(x, kernel, geometry), (x, kernel)


def _backward(geometry, saved, gradient):
    x, kernel = saved
    return _input_gradient(x.shape, kernel, gradient, geometry), _kernel_gradient(x, kernel.shape, gradient, geometry)


_mixed.defvjp(_forward, _backward)


def _input_gradient(shape, kernel, gradient, geometry):
    """The gradient, spread by the stride, convolved with the flipped kernel: [batch, height, width, channels]."""
    strides, pads, dilation = geometry

    def edges(size, out, k, step, pad, spread):
        reach = (k - 1) * spread + 1
        low = reach - 1 - pad[0]
        return low, size + reach - 1 - ((out - 1) * step + 1) - low, step - 1

    sizes = zip(shape[1:3], gradient.shape[1:3], kernel.shape, strides, pads, dilation, strict=False)
    spread = lax.pad(gradient, jnp.zeros((), gradient.dtype), ((0, 0, 0), *(edges(*one) for one in sizes), (0, 0, 0)))
    flipped = jnp.transpose(kernel[::-1, ::-1], (0, 1, 3, 2))
    return lax.conv_general_dilated(spread, flipped, (1, 1), "VALID", rhs_dilation=dilation, dimension_numbers=LAYOUT)


def _kernel_gradient(x, window, gradient, geometry):
    """The images, channels for batch, convolved with the gradient: [height, width, channels, filters]."""
    if window[2] <= FEW_CHANNELS:
        patches = _patches(x, window, geometry)
        product = patches.reshape(-1, patches.shape[-1]).T @ gradient.reshape(-1, gradient.shape[-1])
        return product.reshape(window)
    strides, pads, dilation = geometry

    def edges(size, out, k, step, pad, spread):
        return pad[0], (k - 1) * spread + (out - 1) * step + 1 - size - pad[0], 0

    sizes = zip(x.shape[1:3], gradient.shape[1:3], window, strides, pads, dilation, strict=False)
    columns = jnp.transpose(x, (3, 1, 2, 0))
    columns = lax.pad(columns, jnp.zeros((), x.dtype), ((0, 0, 0), *(edges(*one) for one in sizes), (0, 0, 0)))
    product = lax.conv_general_dilated(
        columns,
        jnp.transpose(gradient, (1, 2, 0, 3)),
        dilation,
        "VALID",
        rhs_dilation=strides,
        dimension_numbers=LAYOUT,
    )
    return jnp.transpose(product, (1, 2, 0, 3))
`,
  "flaxen/ops/dropout.py": `"""Dropout whose rate is a number of the run, not of the program."""

import jax
import jax.numpy as jnp
from flax import nnx


class Dropout(nnx.Module):
    """\`nnx.Dropout\` with the rate as an argument, so that it may be traced: one program for every rate."""

    def __init__(self, rngs: nnx.Rngs):
        self.rngs = rngs.dropout.fork()

    def __call__(self, x, rate, *, train):
        """x: any shape; rate: scalar in [0, 1). What is kept is scaled by 1 / (1 - rate)."""
        if not train:
            return x
        keep = jax.random.bernoulli(self.rngs(), 1 - rate, x.shape)
        return jnp.where(keep, x / (1 - rate), 0)
`,
  "flaxen/ops/pooling.py": `"""Max pooling that is fast on a CPU, where the backward pass of \`reduce_window\` is 15 times slower than slices."""

import functools

import jax.numpy as jnp
from jax import lax


def max_pool(x, window, stride=None, padding="VALID"):
    """The largest value of each window.

    x: [batch, height, width, channels]; window, stride: one number or (height, width); stride defaults to window;
    padding: "VALID" or "SAME". Returns [batch, height', width', channels].
    """
    window = _pair(window)
    stride = window if stride is None else _pair(stride)
    sizes = x.shape[1:3]
    pads = lax.padtype_to_pads(sizes, window, stride, padding)
    if any(low or high for low, high in pads):
        lowest = jnp.asarray(jnp.finfo(x.dtype).min if jnp.issubdtype(x.dtype, jnp.floating) else _least(x), x.dtype)
        x = lax.pad(x, lowest, ((0, 0, 0), *((low, high, 0) for low, high in pads), (0, 0, 0)))
    out = [(size - reach) // step + 1 for size, reach, step in zip(x.shape[1:3], window, stride, strict=True)]
    # Element (i, j) of every window is one strided slice of the image, whether the windows overlap or not.
    ends = [(count - 1) * step + 1 for count, step in zip(out, stride, strict=True)]
    corners = (
        x[:, i : i + ends[0] : stride[0], j : j + ends[1] : stride[1]]
        for i in range(window[0])
        for j in range(window[1])
    )
    return functools.reduce(jnp.maximum, corners)


def _pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def _least(x):
    return jnp.iinfo(x.dtype).min
`,
  "flaxen/predict.py": `"""Predicts with a run's weights: python -m flaxen.predict, in the program's folder.

FLAXEN_RUN is the run's folder. Requests and answers are frames on standard input and output (see frames.py);
whatever else is printed goes to standard error. The end of standard input ends the process.
"""

import importlib
import json
import os
import pathlib
import sys

import jax
import numpy as np

from flaxen.data.rows import Rows
from flaxen.failure import describe
from flaxen.frames import read_frame, write_frame
from flaxen.run.cache import use_cache
from flaxen.run.weights import restore

LARGEST = 1024  # rows that the device sees at once at most


class Predictor:
    """A trained program: \`program\` is its train.py as a module, \`folder\` holds config.json and the results."""

    def __init__(self, program, folder):
        self.program = program
        config = json.loads((folder / "config.json").read_text())
        results = folder / "artifacts" if (folder / "artifacts").exists() else folder
        fitted = results / "preprocessing.json"
        preprocessing = json.loads(fitted.read_text()) if fitted.exists() else None
        self.rows = Rows(config["data"], preprocessing)
        self.classes = _classes(config["data"]["expects"], preprocessing)
        numbers = config["trials"][0] if config.get("trials") else config
        self.hp = {name: np.float32(value) for name, value in numbers["hyperparameters"].items()}
        self.carry = jax.device_put((*self._weights(config, results / "weights.safetensors"), None))
        self.hp = jax.device_put(self.hp)

    def __call__(self, arrays, rows=None):
        """Returns the heads' outputs, name -> [rows, ...] float32. Raises \`DataError\`."""
        batch = self.rows.prepare(arrays, rows)
        count = len(next(iter(batch.values())))
        parts = [self._predict(batch, start, min(count, start + LARGEST)) for start in range(0, count, LARGEST)]
        return parts[0] if len(parts) == 1 else {name: np.concatenate([p[name] for p in parts]) for name in parts[0]}

    def _predict(self, batch, start, end):
        """Padded to a power of two with its own first row, so that few shapes are compiled."""
        count = end - start
        size = 1 << (count - 1).bit_length()
        chosen = slice(start, end)
        if size > count:
            chosen = np.full(size, start)
            chosen[:count] = np.arange(start, end)
        outputs = self.program.predict(self.carry, self.hp, {name: values[chosen] for name, values in batch.items()})
        return {name: np.asarray(values)[:count] for name, values in jax.device_get(outputs).items()}

    def _weights(self, config, path):
        """The shapes come from the program, the values from the file; generators of random numbers start anew."""
        means = {f"{name}_mean": np.float32(0) for name in config["data"]["expects"]}
        hp = self.hp | means | {"total_steps": np.float32(1)}
        params, rest, _ = jax.eval_shape(lambda seed, hp: self.program.init(jax.random.key(seed), hp), 0, hp)
        return restore(path, params, rest)


def _classes(expects, preprocessing):
    """Head -> the words of its classes, for heads whose labels are text."""
    words = (preprocessing or {}).get("vocabularies", {})
    labels = [name for name, one in expects.items() if one["role"] == "label" and name in words]
    return {name: next(iter(words[name].values())) for name in labels}


def main():
    """Answers requests until standard input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what the program prints must not get among the frames
    folder, program = pathlib.Path(os.environ["FLAXEN_RUN"]), pathlib.Path.cwd()
    try:
        use_cache()
        predictor = Predictor(importlib.import_module("train"), folder)
    except Exception as error:
        write_frame(answers, {"error": describe(error, program)})
        sys.exit(1)
    write_frame(answers, {"ready": True, "classes": predictor.classes})
    requests = sys.stdin.buffer
    while frame := read_frame(requests):
        header, arrays = frame
        try:
            write_frame(answers, {"id": header["id"]}, predictor(arrays, header.get("rows")))
        except Exception as error:
            write_frame(answers, {"id": header["id"], "error": describe(error, program)})


if __name__ == "__main__":
    main()
`,
  "flaxen/program.py": `"""A training program in a process that runs it more than once: its modules are imported the first time only."""

import linecache
import os
import pathlib
import runpy
import sys

from flaxen.failure import describe


class Program:
    """\`folder\` holds the program of the present run, \`source\` the same files, from which its modules were imported."""

    def __init__(self, folder):
        self.source = self.folder = folder
        self.main = None

    def run(self):
        """Runs train.py as a script the first time, then its \`main\` with the config of the present run."""
        config = str(self.folder.parent / "config.json")
        sys.argv = ["train.py", config]
        if self.main is None:
            self.main = runpy.run_path(str(self.folder / "train.py"), run_name="__main__").get("main")
            self._remember_sources()
        else:
            from flaxen.run import read_config

            self.main(read_config([config]))

    def move(self, folder):
        """Goes on in another run's folder, where the same program lies; this one's may be removed."""
        os.chdir(folder)
        old, self.folder = self.folder, pathlib.Path.cwd()

        def moved(place):
            return (
                str(self.folder / pathlib.Path(place).relative_to(old))
                if pathlib.Path(place).is_relative_to(old)
                else place
            )

        sys.path[:] = map(moved, sys.path)
        for name, module in list(sys.modules.items()):
            if name.partition(".")[0] == "flaxen" and hasattr(module, "__path__"):
                module.__path__ = [*map(moved, module.__path__)]

    def describe(self, error):
        """The failure that an exception of the program is, told in terms of the present run's folder."""
        failure = describe(error, self.source)
        return failure | {"traceback": failure["traceback"].replace(str(self.source), str(self.folder))}

    def _remember_sources(self):
        """Keeps the lines that tracebacks quote; without a time of change, the file is not looked for again."""
        for path in self.folder.glob("*.py"):
            text = path.read_text()
            linecache.cache[str(path)] = (len(text), None, text.splitlines(keepends=True), str(path))
`,
  "flaxen/progress.py": `"""Progress for a person at a terminal, where no supervisor listens."""

import sys
import time


class Progress:
    """Prints a line an epoch, and between them one that is rewritten on a terminal or now and then added to a file."""

    def __init__(self, stream=None, clock=time.monotonic):
        self.stream, self.clock = stream or sys.stdout, clock
        self.terminal = self.stream.isatty()
        self.started, self.first, self.last = None, 0, clock()
        self.total = self.epochs = 0

    def __call__(self, type, **fields):
        report = getattr(self, "_" + type.removeprefix("_").replace(".", "_"), None)
        if report:
            report(**fields)

    def close(self):
        self.stream.flush()

    def _prepare_ended(self, data, totalSteps, epochs, **_):  # noqa: N803
        self.total, self.epochs = totalSteps, epochs
        parts = ", ".join(f"{split['rows']:,} {name} rows" for name, split in data.items())
        self._line(f"{parts}; {totalSteps:,} steps")

    def _steps(self, first, count, metrics, lane=None):
        now = self.clock()
        if self.started is None:
            self.started, self.first = now, first + count
        if lane or now - self.last < (0.1 if self.terminal else 10):
            return
        self.last, done = now, first + count
        rate = (done - self.first) / max(now - self.started, 1e-9)
        left = (self.total - done) / rate if rate else 0
        text = f"step {done:,}/{self.total:,}  {_show(metrics, -1)}  {rate:,.1f} steps/s  {_minutes(left)} left"
        self._line(text, end="\\r" if self.terminal else "\\n")

    def _epoch(self, epoch, step, metrics, best, seconds, lane=None):
        self.last = self.clock()
        which = "" if lane is None else f"lane {lane}  "
        mark = "  best" if best else ""
        self._line(f"{which}epoch {epoch + 1}/{self.epochs}  step {step:,}  {_show(metrics)}  {seconds:.1f} s{mark}")

    def _result(self, reason, step, bestEpoch, **_):  # noqa: N803
        best = "" if bestEpoch is None else f"; the best epoch was {bestEpoch + 1}"
        self._line(f"{reason} after {step:,} steps{best}")

    def _warning(self, text, **_):
        self._line(text)

    def _line(self, text, end="\\n"):
        clear = "\\x1b[2K" if self.terminal else ""
        print(clear + text, end=end, file=self.stream, flush=True)


def _show(metrics, at=None):
    return "  ".join(f"{name} {value if at is None else value[at]:.4f}" for name, value in metrics.items())


def _minutes(seconds):
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
`,
  "flaxen/run/__init__.py": `"""The run as its program sees it: \`run.open(...)\` gives the object that a program's \`main\` talks to."""

import contextlib

from flaxen.control import Cancelled
from flaxen.run.config import read_config
from flaxen.run.run import Run

__all__ = ["Cancelled", "Run", "open", "read_config"]


@contextlib.contextmanager
def open(config, init, train_steps, evaluate, finish):
    """A run of the program's functions; \`evaluate\` is None without validation data.

    With \`trials\` in the config all of them run together, as lanes of the same program.
    """
    r = Run(config, init, train_steps, evaluate, finish)
    try:
        yield r
        r.close()
    except Cancelled:
        r.close("cancelled")
`,
  "flaxen/run/blame.py": `"""Which operation made the loss NaN or infinite."""

import math
import pathlib
import traceback

import jax

from flaxen.run.carry import copy, not_finite


class NonFiniteLossError(Exception):
    """The loss is NaN or infinite. \`facts\`: step, epoch, value and, where it is known, layer."""

    code = "non-finite-loss"

    def __init__(self, message, **facts):
        super().__init__(message)
        self.facts = facts


def blame(steps, snapshots, bad, value):
    """Returns the error to raise \`from\` its cause; the cause's traceback ends at the operation.

    The loss of step \`bad\` is not finite. Either its forward pass made that, or the gradients of the step before did:
    both are run again from the last sound carry, the guilty one operation by operation.
    """
    epoch = bad // steps.order.steps
    facts = {"step": bad, "epoch": epoch, "value": _name(value)}
    said = f"the loss is {_name(value)} at step {bad} (epoch {epoch})"
    first, carry = snapshots.latest(max(bad - 1, 0))
    step = max(bad - 1, first)
    carry = steps.again(carry, first, step - first)
    if step < bad:
        after = steps.again(copy(carry), step, 1)
        if not not_finite(after[0]):
            step, carry = bad, after
    cause = _first_operation(steps, carry, step)
    if cause:
        operation = str(cause).partition(" encountered in ")[2].split(".")[0].split("\\n")[0] or "an operation"
        during = "" if step == bad else f"; the gradients of step {step} made the weights so"
        return NonFiniteLossError(f"{said}: first met in {operation}{_place(cause)}{during}", **facts), cause
    paths = not_finite(steps.one_by_one(carry, step)[0][0])
    if paths:
        layer = paths[0].rpartition("/")[0]
        message = f'{said}: step {step} made the weights of "{layer}" so ({", ".join(paths[:5])})'
        return NonFiniteLossError(message, **facts, layer=layer), None
    return NonFiniteLossError(f"{said}; run operation by operation, the same step is finite", **facts), None


def _first_operation(steps, carry, step):
    """The error of the first operation that gives an infinity or a NaN, else of the first that gives a NaN."""
    for infinities in (True, False):
        try:
            with jax.debug_nans(True), jax.debug_infs(infinities):
                steps.one_by_one(carry, step)
        except FloatingPointError as error:
            if not infinities or _in_model(error):
                return error
    return None


def _in_model(error):
    return any(pathlib.Path(frame.filename).name == "model.py" for frame in _frames(error))


def _place(error):
    own = [frame for frame in _frames(error) if pathlib.Path(frame.filename).name in ("model.py", "train.py")]
    return f" at {pathlib.Path(own[-1].filename).name}:{own[-1].lineno}, \`{own[-1].line}\`" if own else ""


def _frames(error):
    chain = [error, *([error.__cause__] if error.__cause__ else [])]
    return [frame for one in chain for frame in traceback.extract_tb(one.__traceback__)]


def _name(value):
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
`,
  "flaxen/run/cache.py": `"""XLA's compiled executables, kept between processes."""

import os
import pathlib

import jax


def use_cache():
    """Uses the folder named by FLAXEN_CACHE, if there is one; it is for its owner's eyes only.

    No maximum size: it makes JAX read the times of all files at every compilation.
    """
    folder = os.environ.get("FLAXEN_CACHE")
    if folder:
        pathlib.Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        jax.config.update("jax_compilation_cache_dir", folder)
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0)
        jax.config.update("jax_persistent_cache_min_entry_size_bytes", 0)
`,
  "flaxen/run/carry.py": `"""Copies of what a step hands to the next: parameters, other state, the optimizer's state."""

import time

import jax
import jax.numpy as jnp
import numpy as np

INTERVAL = 5.0  # seconds between two copies: rare enough to cost nothing, near enough to be reached again soon


@jax.jit
def copy(tree):
    """The same arrays in memory of their own: a donated carry is gone."""
    return jax.tree.map(jnp.copy, tree)


@jax.jit
def select(better, new, old):
    """Lane by lane the new arrays or the old ones; better: [lanes]."""

    def choose(new, old):
        return jnp.where(better.reshape(better.shape + (1,) * (new.ndim - better.ndim)), new, old)

    return jax.tree.map(choose, new, old)


def not_finite(tree):
    """Paths of the floating-point leaves that hold a NaN or an infinity."""
    return [
        "/".join(str(getattr(key, "key", key)) for key in path)
        for path, leaf in jax.tree_util.tree_leaves_with_path(tree)
        if jnp.issubdtype(leaf.dtype, jnp.floating) and not np.isfinite(np.asarray(leaf)).all()
    ]


class Snapshots:
    """The last two carries of a few seconds ago, from which steps can be run again. The first carry is made anew."""

    def __init__(self, initial, clock=time.monotonic):
        self.initial, self.clock, self.taken = initial, clock, clock()
        self.kept = []

    def before(self, step, carry):
        """Keeps a copy of the carry that \`step\` starts from, when the last is old enough."""
        if self.clock() - self.taken > INTERVAL:
            self.kept = [*self.kept[-1:], (step, copy(carry))]
            self.taken = self.clock()

    def latest(self, step):
        """Returns (step, carry) of the last sound carry before or at \`step\`. The carry may be donated."""
        for at, carry in reversed(self.kept):
            if at <= step and not not_finite(carry):
                return at, copy(carry)
        return 0, self.initial()
`,
  "flaxen/run/config.py": `"""A run's numbers."""

import json
import os
import pathlib
import sys


def read_config(arguments):
    """Reads config.json: the file named in \`arguments\`, else the one beside the program.

    Its \`assets\` becomes an absolute folder, and \`outputs\` the folder that results are written to.
    """
    program = pathlib.Path(sys.modules["__main__"].__file__).resolve().parent
    path = pathlib.Path(arguments[0]).resolve() if arguments else program / "config.json"
    config = json.loads(path.read_text())
    config["assets"] = str(path.parent / config.get("assets", "assets"))
    folder = os.environ.get("FLAXEN_RUN")
    config["outputs"] = str(pathlib.Path(folder).resolve() / "artifacts" if folder else path.parent)
    return config
`,
  "flaxen/run/device.py": `"""What the run computes on."""

import os

import jax


class DeviceMismatchError(Exception):
    """Another kind of device than was asked for. \`facts\`: asked, found (None: JAX could start no device at all)."""

    code = "device-mismatch"

    def __init__(self, message, asked, found):
        super().__init__(message)
        self.facts = {"asked": asked, "found": found}


def open_device():
    """Returns (backend, names of its devices). Raises unless it is what FLAXEN_DEVICE ("gpu", "cpu") asks for."""
    asked = os.environ.get("FLAXEN_DEVICE")
    if asked == "cpu" and not jax.config.jax_platforms:
        jax.config.update("jax_platforms", "cpu")  # else a GPU would be taken, only to be refused
    try:
        found, devices = jax.default_backend(), [str(device) for device in jax.devices()]
    except RuntimeError as error:
        if not asked:
            raise
        raise _mismatch(asked, None, f"JAX starts no device: {error}") from error
    if asked and asked != found:
        raise _mismatch(asked, found, f"JAX computes on {', '.join(devices)}")
    return found, devices


def _mismatch(asked, found, seen):
    advice = {
        "gpu": "Install a JAX that knows this GPU (the driver must be there as well), or ask for no device.",
        "cpu": "JAX_PLATFORMS asks for another one: unset it, or ask for that device.",
    }
    return DeviceMismatchError(f'a "{asked}" was asked for, but {seen}. {advice.get(asked, "")}', asked, found)
`,
  "flaxen/run/early_stopping.py": `"""Keeping the best weights, and knowing when to stop waiting for better ones."""

import numpy as np

from flaxen.run.carry import copy, select


class EarlyStopping:
    """Decides for one run, or for every lane by itself: all state is arrays of shape () or [lanes].

    \`patience\`: epochs without an improvement of more than \`min_delta\` before the run stops.
    """

    def __init__(self, lanes, metric, mode, patience, min_delta):
        self.metric, self.sign = metric, 1 if mode == "max" else -1
        self.patience, self.min_delta = max(patience, 1), min_delta
        shape = () if lanes is None else (lanes,)
        self.score, self.waited = np.full(shape, -np.inf), np.zeros(shape, int)
        self.stopped = np.zeros(shape, bool)
        self.best = None

    def __call__(self, metrics, carry):
        """Returns which lanes are better than ever. What a lane keeps is never touched again once it has stopped."""
        weights = carry[:2]
        score = self.sign * np.asarray(metrics[self.metric])
        better = (score > self.score + self.min_delta) & ~self.stopped
        self.score = np.where(better, score, self.score)
        self.waited = np.where(better, 0, self.waited + 1)
        self.stopped |= self.waited >= self.patience
        if self.best is None or np.all(better):
            self.best = copy(weights)
        elif np.any(better):
            self.best = select(better, weights, self.best)
        return better
`,
  "flaxen/run/functions.py": `"""The program's functions, each compiled once, ahead of its first call."""

import collections
import concurrent.futures
import functools
import threading
import time

import jax

from flaxen.run.cache import use_cache

KEPT = 24  # compiled functions of a process at most: those of several sizes of data, batches and lanes


@functools.cache
def compiled_functions():
    """Those of this process: what one run has compiled serves the next."""
    return Functions()


class Functions:
    """Compiles and reports it. XLA works in threads, so that several functions take little longer than one.

    A function is compiled for arrays or their shapes, and for nothing else; a program that comes again with the same
    gets the same executable, and no report, as nothing is compiled.
    """

    def __init__(self):
        self.threads, self.kept = concurrent.futures.ThreadPoolExecutor(4, "compile"), collections.OrderedDict()
        self.hits = set()
        use_cache()
        jax.monitoring.register_event_listener(self._listen)

    def start(self, emit, name, function, *arguments, **options):
        """Begins to compile \`function\`, a jitted one.

        Returns (shapes of the results, a function that waits for the compiled one).
        """
        leaves, structure = jax.tree.flatten(arguments)
        shapes = tuple((leaf.shape, leaf.dtype) for leaf in leaves)
        key = function, structure, shapes, tuple(sorted(options.items()))
        if key in self.kept:
            self.kept.move_to_end(key)
            shape, compiled = self.kept[key]
            return shape, lambda: compiled
        emit("compile.started", function=name)
        started = time.perf_counter()
        lowered = function.lower(*arguments)
        compiling = self.threads.submit(self._compile, lowered, options)

        def wait():
            compiled, ended, cached = compiling.result()
            emit("compile.ended", function=name, seconds=round(ended - started, 3), cached=cached)
            self._keep(key, (lowered.out_info, compiled))
            return compiled

        return lowered.out_info, wait

    def _keep(self, key, value):
        self.kept[key] = value
        if len(self.kept) > KEPT:
            self.kept.popitem(last=False)

    def _compile(self, lowered, options):
        compiled = lowered.compile(compiler_options=options)
        thread = threading.get_ident()
        cached = thread in self.hits
        self.hits.discard(thread)
        return compiled, time.perf_counter(), cached

    def _listen(self, event, **_):
        if event == "/jax/compilation_cache/cache_hits":
            self.hits.add(threading.get_ident())
`,
  "flaxen/run/lanes.py": `"""One run or several trials: the same program, vmapped over (carry, hp) when there are lanes."""

import functools

import jax
import numpy as np


class Lanes:
    """\`count\` is None for one run. \`seeds\` and \`hp\` have one value a lane then, else they are scalars."""

    def __init__(self, config):
        trials = config.get("trials")
        self.count = len(trials) if trials else None
        trials = trials or [config]
        self.seeds = self._column([trial["seed"] for trial in trials], np.uint32)
        names = trials[0]["hyperparameters"]
        # The declared type, not the JSON literal's: \`1\` and \`1.0\` are one program.
        self.hp = {name: self._column([t["hyperparameters"][name] for t in trials], np.float32) for name in names}

    def constant(self, value):
        """A number or an array that all lanes share, as a hyperparameter."""
        return self._column([value] * (self.count or 1), np.float32)

    def init(self, init):
        """(seeds, hp) -> carry."""
        return _seeded(init, self.count is not None)

    def train_steps(self, function):
        return function if self.count is None else _train_lanes(function)

    def evaluate(self, function):
        return function if self.count is None else _evaluate_lanes(function)

    def each(self, metrics):
        """Yields (fields, metrics) for every event: one event, or one a lane."""
        if self.count is None:
            yield {}, metrics
        else:
            for lane in range(self.count):
                yield {"lane": lane}, {name: values[lane] for name, values in metrics.items()}

    def _column(self, values, dtype):
        array = np.asarray(values, dtype)
        return array[0] if self.count is None else array


# The same function for the same function, so that what is compiled of it is found again.


@functools.cache
def _seeded(init, several):
    def seeded(seed, hp):
        return init(jax.random.key(seed), hp)

    return jax.jit(jax.vmap(seeded) if several else seeded)


@functools.cache
def _train_lanes(function):
    return jax.jit(jax.vmap(function, in_axes=(0, 0, None, None, None, None)), donate_argnums=0)


@functools.cache
def _evaluate_lanes(function):
    return jax.jit(jax.vmap(function, in_axes=(0, 0, None, None, None)))
`,
  "flaxen/run/memory.py": `"""Memory that a step frees is kept for the next step."""

import contextlib
import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # of glibc's malloc.h
IMAGE_RANK = 3  # [height, width, channels]: to be convolved, as a rule


def keep_freed_memory(expects):
    """Asks the C library not to hand freed memory back to the kernel, which clears such memory each time anew.

    To be called before the device does anything; \`expects\`: what the config says of the data's columns. Other C
    libraries than glibc are left as they are.
    """
    _set(_MMAP_THRESHOLD, 2**30)
    _set(_TRIM_THRESHOLD, 2**31 - 1)
    # XLA's convolutions on a CPU take and free megabytes in every step, and what a thread's own pool frees is handed
    # back in spite of the above. Small steps are the slower for one pool: the threads wait for each other.
    if any(column["role"] == "input" and len(column.get("shape") or ()) >= IMAGE_RANK for column in expects.values()):
        _set(_ARENA_MAX, 1)


def _set(parameter, value):
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL(None).mallopt(parameter, value)
`,
  "flaxen/run/pace.py": `"""How many steps go to the device at once."""

import time

TARGET = 0.15  # seconds of work a dispatch: metrics come soon, and the cost of a dispatch is lost in it


class Pace:
    """One step first, for an early first metric; then as many as the measured time of a step allows."""

    def __init__(self, most, clock=time.perf_counter):
        self.most, self.clock = most, clock
        self.count, self.finished = 1, clock()

    def next(self, left):
        """Steps of the next dispatch, \`left\` at most."""
        return max(1, min(self.count, left, self.most))

    def ended(self, count, dispatched):
        """\`count\` steps that were dispatched at time \`dispatched\` have just ended."""
        now = self.clock()
        seconds = (now - max(dispatched, self.finished)) / count
        self.finished = now
        # At most eightfold: one fast measurement must not make a dispatch of a minute.
        self.count = min(int(TARGET / max(seconds, 1e-9)) or 1, 8 * max(self.count, count))
`,
  "flaxen/run/report.py": `"""From the sums that the device returns to the numbers of events."""

import jax
import numpy as np


class Report:
    """Adds up the sums of an epoch, in float64, and turns sums into metrics by the program's \`finish\`."""

    def __init__(self, finish, lanes):
        self.finish, self.axis = finish, 0 if lanes is None else 1
        self.totals = None

    def steps(self, count, sums):
        """Metrics of each of the first \`count\` steps: [count], or [lanes, count]. The epoch's totals grow."""
        sums = self._read(sums, slice(count))
        totals = self._total(sums)
        self.totals = totals if self.totals is None else {name: self.totals[name] + totals[name] for name in totals}
        return self._finish(sums)

    def epoch(self, validation=None):
        """Metrics of all rows since the last call, and of the validation rows under "val/"."""
        metrics, self.totals = self._finish(self.totals), None
        if validation is not None:
            finished = self._finish(self._total(self._read(validation, slice(None))))
            metrics |= {f"val/{name}": value for name, value in finished.items()}
        return metrics

    def _read(self, sums, part):
        part = (slice(None),) * self.axis + (part,)
        return {name: values[part].astype(np.float64) for name, values in jax.device_get(sums).items()}

    def _total(self, sums):
        return {name: values.sum(self.axis) for name, values in sums.items()}

    def _finish(self, sums):
        # One row has no spread and NaN is a number here: what is wrong is reported, not warned about.
        with np.errstate(all="ignore"):
            return self.finish(sums)
`,
  "flaxen/run/results.py": `"""What a run leaves behind: weights, and what was fitted on its train rows."""

import json

import jax

from flaxen.run.weights import save


def save_results(folder, weights, lanes, preprocessing):
    """Writes weights.safetensors (weights-<lane>.safetensors for lanes) and, where there is any, preprocessing.json.

    weights: (params, rest).
    """
    folder.mkdir(parents=True, exist_ok=True)
    if lanes is None:
        save(folder / "weights.safetensors", *weights)
    for lane in range(lanes or 0):
        params, rest = jax.tree.map(lambda leaf: leaf[lane], weights)  # noqa: B023
        save(folder / f"weights-{lane}.safetensors", params, rest)
    if preprocessing is not None:
        part = folder / "preprocessing.json.part"
        part.write_text(json.dumps(preprocessing))
        part.rename(folder / "preprocessing.json")
`,
  "flaxen/run/run.py": `"""One run of a program: dispatches chunks of steps, reads their numbers one chunk behind, and reports them."""

import collections
import functools
import os
import pathlib
import time

import jax
import numpy as np

from flaxen.control import Control, standard_input
from flaxen.data import batches
from flaxen.data.dataset import target_means
from flaxen.events import Pipe
from flaxen.progress import Progress
from flaxen.run.blame import blame
from flaxen.run.carry import Snapshots
from flaxen.run.device import open_device
from flaxen.run.early_stopping import EarlyStopping
from flaxen.run.functions import compiled_functions
from flaxen.run.lanes import Lanes
from flaxen.run.memory import keep_freed_memory
from flaxen.run.pace import Pace
from flaxen.run.report import Report
from flaxen.run.results import save_results
from flaxen.run.steps import Order, Steps

CHUNK = 512  # steps of one dispatch at most
EVALUATION_BATCH = 1000
EVENT_NUMBERS = 8000  # numbers of one event at most: a line has a cap of 256 KiB


class Run:
    """What \`main\` talks to. With \`trials\` in the config every number is one number a lane."""

    def __init__(self, config, init, train_steps, evaluate, finish):
        supervised = os.environ.get("FLAXEN_EVENTS_FD")
        self.emit = Pipe(int(supervised)) if supervised else Progress()
        self.control = standard_input().control if supervised else Control()
        keep_freed_memory(config["data"]["expects"])
        self.config, self.programs = config, {"init": init, "train_steps": train_steps, "evaluate": evaluate}
        self.lanes = Lanes(config)
        self.report = Report(finish, self.lanes.count)
        self.stopping = config.get("early_stopping") and EarlyStopping(self.lanes.count, **config["early_stopping"])
        self.step, self.reported, self.pending, self.alarmed = 0, 0, collections.deque(), set()
        self.result = {"step": 0, "epoch": None, "bestEpoch": None, "metrics": {}}
        self.started = time.perf_counter()
        backend, devices = open_device()
        self.emit("device.info", backend=backend, devices=devices, jax=jax.__version__, warm=self.control.warm)

    def init(self, train, validation=None):
        """Compiles everything and returns the first carry."""
        self.control.check()
        config, lanes, size = self.config, self.lanes, self.config["batch_size"]
        self.train, steps = train, batches.steps_per_epoch(train.rows, size)
        self.total = config.get("steps") or config["epochs"] * steps
        self._prepared({"train": train} | ({"validation": validation} if validation else {}), steps)
        facts = {"total_steps": self.total} | target_means(config["data"]["expects"], train)
        self.hp = jax.device_put(lanes.hp | {name: lanes.constant(value) for name, value in facts.items()})
        order = Order(train.rows, size, config["shuffle_seed"], chunk=min(CHUNK, steps, self.total))
        self.pace = Pace(order.chunk)
        carry = self._compile(order, validation)
        self.control.check()
        self.epoch_started = time.perf_counter()
        return carry

    def _compile(self, order, validation):
        start, lanes, program = functools.partial(compiled_functions().start, self.emit), self.lanes, self.programs
        # Runs once: to compile it well would take longer than it runs.
        options = {"xla_backend_optimization_level": 1}
        carry, init = start("init", lanes.init(program["init"]), lanes.seeds, self.hp, **options)
        index, weight = (jax.ShapeDtypeStruct((order.chunk, order.batch_size), kind) for kind in (np.int32, np.float32))
        function, columns = lanes.train_steps(program["train_steps"]), self.train.columns
        _, train_steps = start("train_steps", function, carry, self.hp, np.int32(1), columns, index, weight)
        evaluate = None
        if validation:
            self.evaluation = jax.device_put(
                batches.evaluation(validation.rows, max(order.batch_size, EVALUATION_BATCH))
            )
            function = lanes.evaluate(program["evaluate"])
            _, evaluate = start("evaluate", function, carry, self.hp, validation.columns, *self.evaluation)
        init = init()
        first = functools.partial(init, lanes.seeds, self.hp)
        carry, self.snapshots = first(), Snapshots(first)
        self.device_steps = Steps(train_steps(), program["train_steps"], self.hp, columns, order)
        self.device_evaluate = evaluate and evaluate()
        return carry

    def epochs(self):
        """Yields epochs until the steps of the run are done."""
        epoch = 0
        while self.step < self.total:
            yield epoch
            epoch += 1

    def chunks(self, epoch):
        """Yields (count, index, weight) of a shuffled epoch; index, weight: [chunk, batch], \`count\` of them to be used.

        Shapes never change, so a partial last chunk compiles nothing.
        """
        order, at = self.device_steps.order, 0
        index, weight = order.epoch(epoch)
        while at < order.steps and self.step < self.total and not (at and self.control.stop):
            count = self.pace.next(min(order.steps - at, self.total - self.step))
            yield count, index[at : at + order.chunk], weight[at : at + order.chunk]
            at += count

    def train_steps(self, carry, count, _train, index, weight):
        """Dispatches \`count\` steps; returns the new carry and the sums of each step, [chunk] arrays."""
        self.control.check()
        self.snapshots.before(self.step, carry)
        self.dispatched = time.perf_counter()
        self.step += count
        return self.device_steps(carry, count, index, weight)

    def evaluate(self, carry, validation):
        """Dispatches the validation rows; returns the sums of each batch, [batches] arrays."""
        self.control.check()
        return self.device_evaluate(carry, self.hp, validation.columns, *self.evaluation)

    def steps(self, count, sums):
        """Reports a chunk. The one before is read only now that this one is on its way: the device never waits."""
        self.pending.append((self._report_steps, count, sums, self.dispatched))
        self._drain(keep=1)

    def epoch(self, epoch, carry, sums=None):
        """Reports an epoch, \`sums\` those of the validation rows. True when the run should end."""
        self.pending.append((self._report_epoch, epoch, self.step, carry, sums))
        # Read with the next chunk: its dispatch comes first, so that short epochs do not leave the device idle.
        if self.stopping:
            self._drain(keep=0)
        return self.control.stop or bool(self.stopping and self.stopping.stopped.all())

    def save(self, carry):
        """Writes the weights: the best epoch's where early stopping chose one, else these."""
        self._drain(keep=0)
        weights = self.stopping.best if self.stopping and self.stopping.best else carry[:2]
        save_results(pathlib.Path(self.config["outputs"]), weights, self.lanes.count, self.train.preprocessing)

    def close(self, reason=None):
        """Reports the end; called by \`run.open\`."""
        if reason is None:
            self._drain(keep=0)
            reason = "stopped" if self.control.stop else "completed"
        self.emit("_result", reason=reason, **self.result)
        self.emit.close()

    def _prepared(self, splits, steps):
        self.emit(
            "prepare.ended",
            data={name: {"rows": part.rows, "fingerprint": part.fingerprint} for name, part in splits.items()},
            totalSteps=self.total,
            epochs=batches.steps_per_epoch(self.total, steps),
            stepsPerEpoch=steps,
            seconds=round(time.perf_counter() - self.started, 3),
        )

    def _drain(self, keep):
        while len(self.pending) > keep:
            report, *arguments = self.pending.popleft()
            report(*arguments)

    def _report_steps(self, count, sums, dispatched):
        metrics = self.report.steps(count, sums)
        self.pace.ended(count, dispatched)
        bad = np.argwhere(~np.isfinite(metrics["loss"]))
        alone = self.lanes.count is None
        shown = int(bad[0, 0]) + 1 if len(bad) and alone else count
        part = EVENT_NUMBERS // len(metrics)
        for fields, lane in self.lanes.each(metrics):
            for at in range(0, shown, part):
                columns = {name: values[at : min(at + part, shown)] for name, values in lane.items()}
                self.emit("steps", first=self.reported + at, count=len(columns["loss"]), metrics=columns, **fields)
        if len(bad) and alone:
            step, value = self.reported + shown - 1, metrics["loss"][shown - 1]
            error, cause = blame(self.device_steps, self.snapshots, step, value)
            raise error from cause
        for lane, at in bad.tolist():
            self._warn(lane, self.reported + at)
        self.reported += count

    def _report_epoch(self, epoch, step, carry, sums):
        metrics = self.report.epoch(sums)
        running = ~self.stopping.stopped if self.stopping else np.ones(self.lanes.count or (), bool)
        better = self.stopping(metrics, carry) if self.stopping else np.zeros(self.lanes.count or (), bool)
        now = time.perf_counter()
        seconds, self.epoch_started = round(now - self.epoch_started, 3), now
        for fields, lane in self.lanes.each(metrics | {"": np.stack([running, better], -1)}):
            active, best = lane.pop("").tolist()
            if active:
                self.emit("epoch", epoch=epoch, step=step, metrics=lane, best=best, seconds=seconds, **fields)
            if best or not self.stopping:
                self.result |= {"metrics": lane, "bestEpoch": epoch if best else None}
        self.result |= {"step": step, "epoch": epoch}

    def _warn(self, lane, step):
        if lane not in self.alarmed:
            self.alarmed.add(lane)
            self.emit("warning", code="non-finite-loss", text=f"lane {lane}: the loss is not finite at step {step}")
`,
  "flaxen/run/steps.py": `"""The steps of a run by their number: which rows each reads, and how to run some of them again."""

import jax
import numpy as np

from flaxen.data import batches


class Order:
    """Which rows every step reads. Nothing but \`shuffle_seed\` and the epoch's number decides."""

    def __init__(self, rows, batch_size, shuffle_seed, chunk):
        self.rows, self.batch_size, self.shuffle_seed, self.chunk = rows, batch_size, shuffle_seed, chunk
        self.steps = batches.steps_per_epoch(rows, batch_size)
        self.weight = self._roomy(batches.weights(rows, batch_size))

    def epoch(self, epoch):
        """Returns index, weight: [steps + chunk, batch], so that a whole chunk can be cut from any step on."""
        return self._roomy(batches.shuffled(self.rows, self.batch_size, self.shuffle_seed, epoch)), self.weight

    def _roomy(self, part):
        whole = np.zeros((self.steps + self.chunk, self.batch_size), part.dtype)
        whole[: self.steps] = part
        return whole


class Steps:
    """The program's \`train_steps\`, as compiled and as written."""

    def __init__(self, compiled, program, hp, columns, order):
        self.compiled, self.program, self.hp, self.columns, self.order = compiled, program, hp, columns, order

    def __call__(self, carry, count, index, weight):
        """index, weight: [chunk, batch]. The carry is donated."""
        return self.compiled(carry, self.hp, np.int32(count), self.columns, index, weight)

    def again(self, carry, first, count):
        """Runs steps \`first\` .. \`first + count - 1\` of the run and returns the carry."""
        done = first + count
        while first < done:
            epoch, at = divmod(first, self.order.steps)
            count = min(done - first, self.order.chunk, self.order.steps - at)
            index, weight = (part[at : at + self.order.chunk] for part in self.order.epoch(epoch))
            carry, _ = self(carry, count, index, weight)
            first += count
        return carry

    def one_by_one(self, carry, step):
        """Runs one step operation by operation, as Python runs it."""
        epoch, at = divmod(step, self.order.steps)
        index, weight = (jax.numpy.asarray(part[at : at + 1]) for part in self.order.epoch(epoch))
        with jax.disable_jit():
            return self.program(carry, self.hp, 1, self.columns, index, weight)
`,
  "flaxen/run/weights.py": `"""Weights in a safetensors file, under names that a person reads: "conv1/kernel", "norm1/mean"."""

import jax
import jax.numpy as jnp
import numpy as np


def flatten(params, rest):
    """Returns name -> array. The state of random generators is left out."""
    named = {}
    for tree in (params, rest):
        for path, leaf in jax.tree_util.tree_leaves_with_path(tree):
            keys = [str(key.key) for key in path]
            if "rngs" not in keys:
                named["/".join(keys)] = leaf
    return named


def save(path, params, rest):
    """Writes the file beside its place and renames it: nobody sees half of it."""
    from safetensors.numpy import save_file

    arrays = {name: np.ascontiguousarray(leaf) for name, leaf in jax.device_get(flatten(params, rest)).items()}
    part = path.with_name(path.name + ".part")
    save_file(arrays, part)
    part.rename(path)


def restore(path, params, rest):
    """Returns (params, rest) with the file's arrays in place of shapes; generators of random numbers start anew."""
    from safetensors.numpy import load_file

    stored = load_file(path)

    def leaf(path, shape):
        keys = [str(key.key) for key in path]
        if "rngs" in keys:
            is_key = jnp.issubdtype(shape.dtype, jax.dtypes.prng_key)
            return jnp.broadcast_to(jax.random.key(0), shape.shape) if is_key else np.zeros(shape.shape, shape.dtype)
        name = "/".join(keys)
        if name not in stored or stored[name].shape != shape.shape:
            found = f"has the shape {stored[name].shape}" if name in stored else "is missing"
            raise ValueError(f'the weights "{name}" of shape {shape.shape}: the file\\'s array {found}')
        return stored[name]

    return tuple(jax.tree_util.tree_map_with_path(leaf, tree) for tree in (params, rest))
`,
  "flaxen/worker.py": `"""Runs the program in the current folder for a supervisor: python -m flaxen.worker.

FLAXEN_RUN is the run's folder, FLAXEN_EVENTS_FD the pipe that events are written to; standard input brings control
lines, and its end means that the supervisor is dead. Standard output and error are the program's own. With FLAXEN_KEEP
the process stays when a run has ended well: it tells so by \`_idle\` and runs the same program again when it is asked to.
"""

import ctypes
import gc
import os
import pathlib
import signal
import sys

from flaxen.control import standard_input
from flaxen.events import Pipe
from flaxen.program import Program

_PR_SET_PDEATHSIG = 1


def main():
    """Exits with 0 when the program came to its end, with 1 after a \`_failure\` line."""
    _die_with_parent()
    listener, emit = standard_input(), Pipe(int(os.environ["FLAXEN_EVENTS_FD"]))
    os.environ["JAX_TRACEBACK_FILTERING"] = "off"  # they are filtered here, where the program's files are known
    sys.stdout.reconfigure(line_buffering=True)
    program = Program(pathlib.Path.cwd())
    while not (code := _run(program, emit)) and _keeps(program, listener.control):
        emit("_idle", rss=_resident_bytes())
        if not listener.control.warm:
            # What was made once is looked at no more: a collector's pause is longer than a seen program's start.
            gc.collect()
            gc.freeze()
        _prepare(program, listener.next_run())
    # Nothing is left to do, and taking JAX apart takes a tenth of a second.
    os._exit(code)


def _run(program, emit):
    """Returns 0, or 1 after a \`_failure\` line. All that was printed has left the process then."""
    code = 0
    try:
        program.run()
    except BaseException as error:
        if not isinstance(error, SystemExit) or error.code:
            code = 1
            failure = program.describe(error)
            emit("_failure", failure=failure)
            print(failure["traceback"], file=sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def _keeps(program, control):
    """Whether this process may run the program again."""
    return bool(os.environ.get("FLAXEN_KEEP") and program.main) and not control.cancel


def _prepare(program, request):
    """Takes over the variables and the folder of the next run."""
    for name in ("FLAXEN_DEVICE", "FLAXEN_KEEP"):
        os.environ.pop(name, None)
    os.environ.update(request["variables"])
    program.move(pathlib.Path(request["folder"], "program"))


def _resident_bytes():
    """Memory that this process holds; its most so far where the present number is not to be had."""
    try:
        return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _die_with_parent():
    """On Linux the kernel kills this process with the thread that started it; elsewhere the end of stdin must do."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main()
`,
};

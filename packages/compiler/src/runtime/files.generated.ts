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
from flaxen.data.source import Source, ways
from flaxen.data.split import is_drawn


def files(_spec, _assets):
    """None that could change under its name."""
    return []


def read(spec, assets):
    """\`columns\`, and what validates or tests unless it is drawn: name -> sha256, dtype, shape."""
    train, apart, marks = _columns(spec["columns"], assets), {}, {}
    for part, how in ways(spec).items():
        if not is_drawn(how):
            apart[part] = _columns(how, assets)
        elif isinstance(how, dict):
            marks[part] = _columns({"group": how["group"]}, assets) if "group" in how else {}
            if "stratify" in how:
                marks[part]["stratify"] = train[how["stratify"]]
    return Source(train, apart, marks=marks)


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

import math

import numpy as np

from flaxen.data.checks import row_shape

ROOM = 2**22  # numbers of rows that are only evaluated, at once: 16 MiB as float32, and each layer holds some such
WIDTH = 64  # numbers of the vector that an index becomes, at least


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


def rows_at_once(most, expects, columns, least=1, copies=1):
    """How many rows to evaluate at once: \`most\` where rows are small, fewer where ROOM would not hold them.

    expects: what the config says of the data's columns; columns: name -> [rows, ...], targets may be absent; least:
    rows that are known to fit in memory; copies: models that read the rows side by side.
    """
    return max(least, min(most, ROOM // (copies * row_numbers(expects, columns))))


def row_numbers(expects, columns):
    """How many numbers a row is: of its inputs, and of the answers to its targets.

    An index below n counts for n, as it does in the answer of a model that predicts it, and a position's label for its
    classes.
    """
    sizes = {}  # of named axes
    for name, expected in expects.items():
        if name in columns:
            sizes |= dict(zip(row_shape(expected), columns[name].shape[1:], strict=False))
    total = 0
    for name, expected in expects.items():
        shape = columns[name].shape[1:] if name in columns else [sizes.get(size, size) for size in row_shape(expected)]
        each = expected["classes"] if expected["role"] == "label" else 1
        if expected.get("below"):
            each = max(WIDTH, expected["below"])
        total += each * math.prod(size for size in shape if isinstance(size, int) and size > 0)
    return max(1, total)


def _fill(order, batch_size):
    steps = steps_per_epoch(len(order), batch_size)
    return np.resize(order, (steps, batch_size))
`,
  "flaxen/data/checks.py": `"""Every value against what the model expects, before anything is compiled."""

import numpy as np

from flaxen.data.errors import DataError, unknown_column


def check(columns, expects, part, row="row {}".format):
    """Returns the expected columns in the types and shapes that the model reads. Raises \`DataError\`.

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
    """One column, checked and cast; \`row\` names a row by its number."""
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
    """Int32, after a check that all are in 0..limit - 1, or -1 where \`masked\`; a limit of None is none."""
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
`,
  "flaxen/data/csv.py": `"""CSV files, read by Polars. What is fitted (scaling, vocabularies, tokenizers) is fitted on the train rows only."""

import numpy as np

from flaxen.data import parts
from flaxen.data.parts import cells
from flaxen.data.source import Source, ways
from flaxen.data.table import read_csv


def files(spec, assets):
    """All that \`read\` reads."""
    return [assets / spec["path"], *(assets / path for path in _apart(spec).values())]


def read(spec, assets):
    """The columns that the model's inputs and heads name, as the file has them: a \`Table\` of each file."""
    return read_with(spec, assets, lambda path, names: read_csv(path, names, spec.get("separator") or ","))


def read_with(spec, assets, reader):
    """\`read\` with the reader of another format."""
    names = [one["column"] for name in spec["expects"] for one in parts.specs_of(spec, name)]
    marked = {part: _marks(spec, how) for part, how in ways(spec).items() if isinstance(how, dict)}
    train = reader(assets / spec["path"], [*names, *(column for marks in marked.values() for column in marks.values())])
    apart = {part: reader(assets / path, names) for part, path in _apart(spec).items()}

    def values(column):
        cells.refuse_missing(column, train, "mark")
        return np.array(train.frame[column].to_list(), object)

    marks = {part: {mark: values(column) for mark, column in marks.items()} for part, marks in marked.items()}
    return Source(train, apart, train.row, marks)


def fit(spec, tables):
    """Returns (part -> columns, preprocessing) of part -> \`Table\`; the last is plain JSON, saved with the weights."""
    preprocessing = parts.fit(spec, tables["train"])
    return {part: parts.apply(preprocessing, table) for part, table in tables.items()}, preprocessing


def _apart(spec):
    """Part -> its own file, for parts that have one."""
    return {part: how for part, how in ways(spec).items() if isinstance(how, str)}


def _marks(spec, how):
    """Mark -> the column by which rows are set aside."""
    marks = {mark: how[mark] for mark in ("group", "column") if mark in how}
    if "stratify" in how:
        (head,) = parts.specs_of(spec, how["stratify"])
        marks["stratify"] = head["column"]
    return marks
`,
  "flaxen/data/dataset.py": `"""A data set on the device."""

import concurrent.futures
import dataclasses
import hashlib

import numpy as np

from flaxen.data import tokens
from flaxen.data.errors import DataError

BLOCK = 4 << 20  # bytes that are hashed at once, on any core


@dataclasses.dataclass(frozen=True)
class Dataset:
    """\`columns\`: name -> device array [rows, ...]; \`preprocessing\`: what was fitted on the train rows, or None."""

    columns: dict
    rows: int
    fingerprint: str
    preprocessing: dict | None = None


def fingerprint(columns):
    """\`sha256:...\` of names, types, shapes and the hashes of the content's blocks. columns: name -> NumPy array."""
    digest = hashlib.sha256()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        for name in sorted(columns):
            values = columns[name]
            digest.update(f"{name} {values.dtype.str} {values.shape}\\n".encode())
            content = memoryview(values.ravel().view("u1"))
            blocks = (content[at : at + BLOCK] for at in range(0, len(content), BLOCK))
            for block in pool.map(lambda block: hashlib.sha256(block).digest(), blocks):
                digest.update(block)
    return f"sha256:{digest.hexdigest()}"


def target_facts(expects, train):
    """What programs read of the train rows' targets and labels.

    \`<target>_mean\`: a number, or [outputs]; sums of r2 are taken around it. \`<target>_scale\`: alike, where the target
    is scaled; what an error is multiplied by to be in the target's own unit. \`<target>_naive\`: alike, where the naive
    forecast is asked for; how far a target [time, outputs] is from the one before, NaN where it never changes.
    \`<label>_class_weights\`: [classes], rows / (classes * rows of the class), where classes are balanced.
    \`<input>_bytes\`: how many bytes each token of a text stands for, where they are asked for.
    """
    facts = {}
    for name, expected in expects.items():
        if expected["role"] == "target":
            values = np.asarray(train.columns[name])
            mean = values.mean(tuple(range(values.ndim - 1)), dtype=np.float64)
            facts[f"{name}_mean"] = mean[0] if len(mean) == 1 else mean
            if expected.get("scaled"):
                scale = np.array([one["scale"] for one in train.preprocessing["columns"][name]["columns"]])
                facts[f"{name}_scale"] = scale[0] if len(scale) == 1 else scale
            if expected.get("naive"):
                if values.shape[1] < 2:
                    raise DataError(
                        "shape-mismatch",
                        f'target "{name}" has one position in time: mase compares with the one before, so that it needs'
                        " two or more",
                        column=name,
                    )
                naive = np.abs(np.diff(values, axis=1)).mean((0, 1), dtype=np.float64)
                naive = np.where(naive > 0, naive, np.nan)
                facts[f"{name}_naive"] = naive[0] if len(naive) == 1 else naive
        elif expected.get("bytes"):
            state = train.preprocessing["columns"][name]["tokenizer"]
            facts[f"{name}_bytes"] = tokens.byte_counts(state, expected["below"])
        elif expected.get("balanced"):
            labels, classes = np.asarray(train.columns[name]), expected["classes"]
            counts = np.bincount(labels[labels >= 0], minlength=classes)
            facts[f"{name}_class_weights"] = counts.sum() / (classes * np.maximum(counts, 1))
    return facts
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
    found = {"image": image, "label": rows[:, 64].astype(np.int32)}
    return Source({name: found[column] for column, name in names.items()})
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
from flaxen.data.source import Source, ways

_TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}


def files(spec, assets):
    """All that \`read\` reads."""
    return [assets / file for named in [spec["train"], *_apart(spec).values()] for file in named.values()]


def read(spec, assets):
    """\`train\`, and \`validation\` and \`test\` where they are no share of its rows, name a file for each column."""
    apart = {part: _columns(named, assets) for part, named in _apart(spec).items()}
    return Source(_columns(spec["train"], assets), apart)


def _apart(spec):
    """Part -> the files of its columns, for parts that are no share of the train rows."""
    return {part: how for part, how in ways(spec).items() if isinstance(how, dict)}


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
  "flaxen/data/images.py": `"""Folders of images, one for each class. Decoded once into one file of bytes, which later runs map into memory."""

import hashlib
import io
import json
import os
import pathlib

import numpy as np

from flaxen.data.errors import DataError
from flaxen.data.source import Source, ways

TYPES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp")
CHANNELS = {1: "L", 3: "RGB", 4: "RGBA"}


def files(spec, assets):
    """All that \`read\` reads."""
    return [file for folder in _folders(spec, assets).values() for file in _images(folder)]


def read(spec, assets):
    """Columns: the images uint8 [rows, height, width, channels], and their classes int32 [rows]."""
    image, label = spec["columns"]["image"], spec["columns"]["label"]
    shape, fit = spec["expects"][image]["shape"], spec.get("fit", "crop")
    folders = _folders(spec, assets)
    names = _classes(list(folders.values()), spec, label)
    train, labels = _class_by_class(folders.pop("train"), names)
    columns, apart = {image: _decoded(train, shape, fit), label: labels}, {}
    for part, folder in folders.items():
        held, held_labels = _class_by_class(folder, names)
        apart[part] = {image: _decoded(held, shape, fit), label: held_labels}
    marks = {
        part: {"stratify": labels} for part, how in ways(spec).items() if isinstance(how, dict) and "stratify" in how
    }
    fitted = {label: {"kind": "labels", "column": label, "words": names}, image: {"kind": "image", "fit": fit}}
    return Source(columns, apart, lambda row: train[row].name, marks, {"columns": fitted})


def read_more(spec, preprocessing, path):
    """Returns (columns, how a row is named) of another folder with a sub-folder for each class. Raises \`DataError\`.

    columns: the image's name -> uint8 [rows, height, width, channels], the label's -> int32 [rows].
    """
    image, label = spec["columns"]["image"], spec["columns"]["label"]
    names = preprocessing["columns"][label]["words"]
    if not path.is_dir():
        raise DataError("missing-file", f"the folder {path} does not exist", path=str(path))
    _known(path, names)
    found, labels = _class_by_class(path, names)
    if not found:
        raise DataError("empty-data", f"{path.name} has no images ({', '.join(TYPES)})", path=str(path))
    pixels = _decoded(found, spec["expects"][image]["shape"], spec.get("fit", "crop"))
    return {image: pixels, label: labels}, lambda row: found[row].name


def decode(name, content, lengths, shape, fit):
    """[rows, height, width, channels] of files whose bytes follow each other; \`lengths\` says where each ends."""
    parts = np.split(np.asarray(content), np.cumsum(lengths)[:-1])
    return np.stack([_pixels(io.BytesIO(part.tobytes()), shape, fit, f"{name}[{at}]") for at, part in enumerate(parts)])


def _folders(spec, assets):
    """Part -> its folder: "train", and the parts that have one of their own."""
    apart = {part: assets / how for part, how in ways(spec).items() if isinstance(how, str)}
    return {"train": assets / spec["path"]} | apart


def _images(folder):
    return sorted(file for file in folder.glob("*/*") if file.suffix.lower() in TYPES)


def _classes(folders, spec, label):
    """The names of the sub-folders, in alphabetical order."""
    root, room = folders[0], spec["expects"][label]["classes"]
    if not root.is_dir():
        raise DataError("missing-file", f"the folder {root.name} does not exist", path=str(root))
    names = sorted(one.name for one in root.iterdir() if one.is_dir() and not one.name.startswith("."))
    if len(names) < 2:
        raise DataError(
            "empty-data",
            f"{root.name} has {len(names)} sub-folders ({', '.join(names) or 'none'}), but a class needs a sub-folder"
            " of its own, and there must be two classes or more",
            path=str(root),
        )
    if len(names) > room:
        raise DataError(
            "label-out-of-range",
            f'{root.name} has {len(names)} sub-folders, but head "{label}" has {room} classes',
            path=str(root),
            expected=room,
            value=len(names),
        )
    for folder in folders:
        for name in names if folder is root else ():
            if not any(file.parent.name == name for file in _images(folder)):
                raise DataError(
                    "empty-data",
                    f"the sub-folder {folder.name}/{name} has no images ({', '.join(TYPES)}). Add some, or take it out",
                    path=str(folder / name),
                )
        _known(folder, names)
    return names


def _known(folder, names):
    """Every image lies in the sub-folder of a class."""
    for file in _images(folder):
        if file.parent.name not in names:
            raise DataError(
                "unknown-category",
                f"{folder.name} has a sub-folder {file.parent.name}, which the training images do not have",
                path=str(file.parent),
            )


def _class_by_class(folder, names):
    """Returns (files, int32 [rows] places of their classes)."""
    found = [file for file in _images(folder) if file.parent.name in names]
    return found, np.array([names.index(file.parent.name) for file in found], np.int32)


def _decoded(images, shape, fit):
    """A memory map of all pixels: the same files in the same size are decoded once."""
    digest = hashlib.sha256(json.dumps([shape, fit]).encode())
    for image in images:
        digest.update(hashlib.sha256(image.read_bytes()).digest())
    size = (len(images), *shape)
    cache = os.environ.get("FLAXEN_CACHE")
    if not cache:
        return _fill(np.empty(size, np.uint8), images, shape, fit)
    path = pathlib.Path(cache) / "images" / f"{digest.hexdigest()}.bin"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            _fill(np.memmap(part, np.uint8, "w+", shape=size), images, shape, fit).flush()
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)
    return np.memmap(path, np.uint8, "r", shape=size)


def _fill(pixels, images, shape, fit):
    for row, image in enumerate(images):
        pixels[row] = _pixels(image, shape, fit, f"{image.parent.name}/{image.name}")
    return pixels


def _pixels(file, shape, fit, name):
    """Uint8 [height, width, channels], resized bilinearly: cut to the middle, or stretched."""
    from PIL import Image, ImageOps

    height, width, channels = shape
    try:
        with Image.open(file) as opened:
            image = ImageOps.exif_transpose(opened).convert(CHANNELS[channels])
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise DataError(
            "wrong-format", f"{name} is no image that can be read: {error}. Replace it, or take it out", file=name
        ) from None
    if image.size != (width, height):
        how = ImageOps.fit if fit == "crop" else Image.Image.resize
        image = how(image, (width, height), Image.Resampling.BILINEAR)
    return np.asarray(image, np.uint8).reshape(height, width, channels)
`,
  "flaxen/data/kept.py": `"""The data of the last run of this process, for a next one that reads the same."""

import functools
import json

from flaxen.data.source import ways
from flaxen.data.split import is_drawn


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

    def forget(self):
        """Lets go of it."""
        self.identity = self.value = None


@functools.cache
def last_data():
    """That of this process."""
    return Kept()


def identity(config, files):
    """What decides over the data: the config's \`data\`, how rows are drawn, and the files as they lie on the disk.

    Returns None when a file is not there: it is for the reader to say so.
    """
    spec = config["data"]
    drawn = config["shuffle_seed"] if any(map(is_drawn, ways(spec).values())) else None
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
from flaxen.data.source import ways
from flaxen.data.split import set_aside
from flaxen.data.table import Table

KINDS = ("arrays", "csv", "digits", "idx", "images", "mnist", "parquet", "records", "text")


def load(config):
    """Returns (train, validation), and the test rows as a third where the config sets some aside. Raises \`DataError\`.

    \`validation\` is None without validation data. In a process that has just trained on the same data they are still on
    the device.
    """
    spec, assets = config["data"], pathlib.Path(config["assets"])
    if spec["kind"] not in KINDS:
        raise ValueError(f"data of kind {spec['kind']!r}; known: {', '.join(KINDS)}")
    kind = importlib.import_module(f"flaxen.data.{spec['kind']}")
    same = identity(config, kind.files(spec, assets))
    parts = last_data().get(same, lambda: _read(kind, config, assets))
    check_batch_size(config["batch_size"], parts["train"].columns)
    return (parts["train"], parts.get("validation"), *([parts["test"]] if "test" in parts else ()))


def _read(kind, config, assets):
    """Part -> its data set: "train", and "validation" and "test" where there are such rows."""
    spec, seed = config["data"], config["shuffle_seed"]
    source, expects = kind.read(spec, assets), spec["expects"]
    drawn = {part: how for part, how in ways(spec).items() if part not in source.apart}

    def parts_of(whole, rows, part):
        """Part -> its rows of those that were read; all of them train where none is set aside."""
        masks = set_aside(rows, drawn, seed, source.marks) if drawn else {}
        return {name: part(whole, mask) for name, mask in masks.items()} or {"train": whole}

    if hasattr(kind, "fit"):  # what is learnt from the train rows only
        tables = parts_of(source.train, len(source.train), Table.part)
        parts, preprocessing = kind.fit(spec, tables | source.apart)
        parts = {name: check(columns, expects, name) for name, columns in parts.items()}
    else:
        whole, preprocessing = check(source.train, expects, "train", source.row), source.preprocessing
        parts = parts_of(whole, len(next(iter(whole.values()))), _part)
        parts |= {name: check(columns, expects, name, source.row) for name, columns in source.apart.items()}
    return {name: _place(columns, preprocessing) for name, columns in parts.items()}


def _part(columns, mask):
    return {name: values[mask] for name, values in columns.items()}


def _place(columns, preprocessing):
    columns = {name: np.ascontiguousarray(values) for name, values in columns.items()}
    rows = len(next(iter(columns.values())))
    placed = jax.device_put(columns)  # in the order of the names
    return Dataset({name: placed[name] for name in columns}, rows, fingerprint(columns), preprocessing)
`,
  "flaxen/data/mnist.py": `"""MNIST's four IDX files. Its own 10,000 test images validate, or test where a share of the train images validates."""

from flaxen.data.idx import read_idx
from flaxen.data.source import Source

_KINDS = {"image": "images-idx3-ubyte", "label": "labels-idx1-ubyte"}


def files(spec, assets):
    """All that \`read\` reads."""
    parts = ["train", *(["t10k"] if _own(spec) else ())]
    return [_path(spec, assets, part, column) for part in parts for column in spec["columns"]]


def read(spec, assets):
    """Columns: image uint8 [rows, 28, 28] and label uint8 [rows], under the names that \`columns\` gives them."""

    def split(part):
        names = spec["columns"]
        return {name: read_idx(_path(spec, assets, part, column), name) for column, name in names.items()}

    return Source(split("train"), {_own(spec): split("t10k")} if _own(spec) else {})


def _own(spec):
    """What MNIST's own test images are for: "test" or "validation"; None where they are left out."""
    if spec.get("test"):
        return "test"
    return None if spec.get("validation") else "validation"


def _path(spec, assets, part, column):
    return assets / (spec.get("folder") or "") / f"{part}-{_KINDS[column]}"
`,
  "flaxen/data/more.py": `"""Rows of a file that training did not read, prepared as its train rows were."""

import importlib
import pathlib

from flaxen.data import parts
from flaxen.data.checks import check
from flaxen.data.errors import DataError
from flaxen.data.table import read_csv, read_parquet

TABLES = ("csv", "parquet", "records")
PARQUET, TEXT = (".parquet", ".pq"), (".csv", ".tsv", ".txt")


def read_more(spec, preprocessing, path):
    """Columns [rows, ...] of all inputs and targets. Raises \`DataError\`.

    spec: \`data\` of the config; preprocessing: what the run fitted. A model of a table reads another one, CSV or
    Parquet; one of images a folder with a sub-folder for each class; one of running text another text.
    """
    path, kind = pathlib.Path(path), spec["kind"]
    if kind in TABLES:
        names = [column for one in preprocessing["columns"].values() for column in parts.columns_of(one)]
        parquet = path.suffix in PARQUET or (kind == "parquet" and path.suffix not in TEXT)
        table = read_parquet(path, names) if parquet else read_csv(path, names, _separator(spec, path))
        return check(parts.apply(preprocessing, table), spec["expects"], path.name, table.where)
    module = importlib.import_module(f"flaxen.data.{kind}")
    if not hasattr(module, "read_more"):
        raise DataError(
            "wrong-format", f"a model that was trained on data.{kind} reads no file; give it rows", path=str(path)
        )
    columns, row = module.read_more(spec, preprocessing, path)
    return check(columns, spec["expects"], path.name, row)


def _separator(spec, path):
    return spec.get("separator") or ("\\t" if path.suffix == ".tsv" else ",")
`,
  "flaxen/data/parquet.py": `"""Parquet files: as tables of CSV, but each column has its type."""

from flaxen.data.csv import files, fit, read_with
from flaxen.data.table import read_parquet

__all__ = ["files", "fit", "read"]


def read(spec, assets):
    """The columns that the model's inputs and heads name, as the file has them: a \`Table\` of each file."""
    return read_with(spec, assets, read_parquet)
`,
  "flaxen/data/parts/__init__.py": `"""What becomes of a table's columns: each input and each target is a part, of one kind.

A kind is a module. \`fit(name, specs, table, expected)\` looks at the train rows and returns plain JSON; \`apply(name,
fitted, table)\` makes a NumPy array [rows, ...] of any rows, with that JSON alone: it is saved beside the weights.
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
    """What the train rows tell: {"columns": name -> {"kind", ...}}, plain JSON. Raises \`DataError\`."""
    fitted = {}
    for name, expected in spec["expects"].items():
        specs = specs_of(spec, name)
        kind = kind_of(specs, expected)
        if expected["role"] == "input" and kind == "numbers":
            specs = [{"scaling": spec.get("scaling") or "standard"} | one for one in specs]
        fitted[name] = {"kind": kind} | _module(kind).fit(name, specs, table, expected)
    return {"columns": fitted}


def apply(preprocessing, table):
    """Every part's array [rows, ...]. Raises \`DataError\`."""
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
`,
  "flaxen/data/parts/categories.py": `"""Columns of categories: a number for each category of the train rows, 0 for what is missing or unknown."""

import numpy as np

from flaxen.data.errors import DataError
from flaxen.data.parts.cells import missing_value, words


def fit(name, specs, table, expected):
    """Per column: its \`words\`, numbered from \`first\` on. One table of vectors serves all columns of an input."""
    columns, first = [], 1
    for spec in specs:
        found = spec.get("categories") or _found(spec, table)
        policy = spec.get("missing", "error")
        columns.append({"column": spec["column"], "words": found, "first": first, "missing": policy})
        first += len(found)
    below = expected.get("below")
    if below is not None and first > below:
        each = ", ".join(f'"{one["column"]}" {len(one["words"])}' for one in columns)
        raise DataError(
            "index-out-of-range",
            f'input "{name}" needs an embedding with vocab {first}: 0 for what is missing or unknown, and one for'
            f" each category of the train rows ({each}); its vocab is {below}. Set vocab: {first}, or maxCategories",
            column=columns[-1]["column"],
            expected=below,
            value=first,
        )
    return {"columns": columns}


def apply(_name, fitted, table):
    """Int32 [rows, columns]."""
    return np.stack([_numbers(one, table) for one in fitted["columns"]], -1)


def vocabulary(fitted):
    """The categories in the order of their numbers."""
    return ["", *(word for one in fitted["columns"] for word in one["words"])]


def _found(spec, table):
    """In alphabetical order; where there is a limit, the most frequent ones."""
    counts = words(spec["column"], table).drop_nulls().value_counts(name="count").rows()
    counts.sort(key=lambda one: (-one[1], one[0]))
    return sorted(word for word, _ in counts[: spec.get("maxCategories")])


def _numbers(one, table):
    import polars as pl

    series = words(one["column"], table)
    if one["missing"] == "error" and series.null_count():
        raise missing_value(one["column"], table, series.is_null(), "category")
    if not one["words"]:
        return np.zeros(len(table), np.int32)
    numbers = list(range(one["first"], one["first"] + len(one["words"])))
    return series.replace_strict(one["words"], numbers, default=0, return_dtype=pl.Int32).to_numpy()
`,
  "flaxen/data/parts/cells.py": `"""Cells of a table: which are missing, and what they hold."""

from flaxen.data.errors import DataError

ADVICE = {
    "number": 'Fill it in, or choose missing: "mean", "median" or "zero" for the column',
    "category": 'Fill it in, or choose missing: "unknown" for the column',
    "text": 'Fill it in, or choose missing: "empty" for the column',
    "mark": "It says which rows validate: fill it in, or take those rows out",
    "target": "Rows without their target cannot be learnt from: fill it in, or take them out",
}


def missing_value(column, table, missing, kind):
    """An error that names the column, the first row and how many. missing: a Polars series of bool."""
    at, count = missing.arg_max(), int(missing.sum())
    return DataError(
        "missing-value",
        f'column "{column}", {table.where(at)}: no value{more(count)}. {ADVICE[kind]}',
        column=column,
        row=table.place(at),
        value=None,
        count=count,
    )


def more(count):
    """How many rows are like the one that is named, where that is not the only one."""
    return f" ({count:,} rows like it)" if count > 1 else ""


def refuse_missing(column, table, kind):
    """Raises where a cell of the column holds nothing."""
    series = table.frame[column]
    if series.null_count():
        raise missing_value(column, table, series.is_null(), kind)


def words(column, table):
    """The column as a Polars series of strings; numbers are written out."""
    import polars as pl

    series = table.frame[column]
    if series.dtype in (pl.List, pl.Array, pl.Struct, pl.Binary, pl.Object):
        raise DataError(
            "wrong-dtype",
            f'column "{column}" holds {series.dtype} values, but words are expected',
            column=column,
            dtype=str(series.dtype),
        )
    return series.cast(pl.String)


def pieces(column, table, separator=None):
    """A list of strings for each row: that of a list column, or text cut at white space or the separator."""
    import polars as pl

    series = table.frame[column]
    if series.dtype in (pl.List, pl.Array):
        return [[str(one) for one in row] if row is not None else [] for row in series.to_list()]
    texts = words(column, table).to_list()
    if separator is None:
        return [(text or "").split() for text in texts]
    return [[one.strip() for one in text.split(separator) if one.strip()] if text else [] for text in texts]
`,
  "flaxen/data/parts/indices.py": `"""Columns of an input of whole numbers: indices as they are, or words by their place in the alphabet."""

import numpy as np

from flaxen.data import checks
from flaxen.data.errors import DataError
from flaxen.data.parts.cells import more, refuse_missing, words


def fit(name, specs, table, expected):
    """Per column: its \`words\` in order, or None where it holds whole numbers."""
    columns = [one["column"] for one in specs]
    for column in columns:
        refuse_missing(column, table, "category")
    result = [{"column": column, "words": _words(column, table)} for column in columns]
    below = expected.get("below")
    for one in result:
        if one["words"] is not None and below is not None and len(one["words"]) > below:
            raise too_many("index-out-of-range", name, one["column"], one["words"], below)
    return {"columns": result, "below": below}


def apply(name, fitted, table):
    """Int32 [rows, columns]."""
    return np.stack([_numbers(name, one, fitted["below"], table) for one in fitted["columns"]], -1)


def too_many(code, name, column, found, room):
    """More words than there is room for."""
    return DataError(
        code,
        f'column "{column}" has {len(found)} different values in the train rows'
        f' ({", ".join(found[:10])}{", …" if len(found) > 10 else ""}), but "{name}" has room for {room}',
        column=column,
        value=found[room],
        expected=room,
    )


def places(name, column, known, table):
    """[rows] int32: the place of each word among the known ones. Raises for any other."""
    import polars as pl

    series = words(column, table)
    found = series.replace_strict(known, list(range(len(known))), default=None, return_dtype=pl.Int32)
    wrong = found.is_null()
    if wrong.any():
        at = wrong.arg_max()
        raise DataError(
            "unknown-category",
            f'column "{column}" ({name}), {table.where(at)} holds "{series[at]}", which no train row has'
            f"{more(int(wrong.sum()))}; known: {', '.join(known[:20])}",
            column=column,
            row=table.place(at),
            value=series[at],
        )
    return found.to_numpy()


def _words(column, table):
    import polars as pl

    if table.frame.schema[column] not in (pl.String, pl.Categorical, pl.Enum):
        return None
    return words(column, table).unique().sort().to_list()


def _numbers(name, one, below, table):
    import polars as pl

    column = one["column"]
    refuse_missing(column, table, "category")
    if one["words"] is not None:
        return places(name, column, one["words"], table)
    series = table.frame[column]
    if series.dtype == pl.String:
        at = series.cast(pl.Int64, strict=False).is_null().arg_max()
        raise DataError(
            "wrong-dtype",
            f'column "{column}", {table.where(at)}: "{series[at]}", but a whole number is expected',
            column=column,
            row=table.place(at),
            value=series[at],
        )
    expected = {"role": "input", "shape": [], "dtype": "int", "below": below}
    values = series.cast(pl.Int64) if series.dtype == pl.Boolean else series
    return checks.column(column, values.to_numpy(), expected, table.where)
`,
  "flaxen/data/parts/labels.py": `"""One class for each row: class numbers as they are, or class names by their place in the alphabet."""

from flaxen.data import checks
from flaxen.data.errors import DataError
from flaxen.data.parts.cells import more, refuse_missing
from flaxen.data.parts.indices import places, too_many, words


def fit(name, specs, table, expected):
    """\`words\`: the names of the classes in order, or None where the column holds class numbers."""
    import polars as pl

    (spec,) = specs
    column, classes = spec["column"], expected["classes"]
    refuse_missing(column, table, "target")
    found = spec.get("categories")
    if found is None and table.frame.schema[column] in (pl.String, pl.Categorical, pl.Enum):
        found = words(column, table).unique().sort().to_list()
    if found is not None and len(found) > classes:
        raise too_many("label-out-of-range", name, column, found, classes)
    return {"column": column, "words": found, "classes": classes}


def apply(name, fitted, table):
    """Int32 [rows]."""
    import polars as pl

    column = fitted["column"]
    refuse_missing(column, table, "target")
    if fitted["words"] is not None:
        return places(name, column, fitted["words"], table)
    series = table.frame[column]
    if series.dtype == pl.String:
        wrong = series.cast(pl.Int64, strict=False).is_null()
        at = wrong.arg_max()
        raise DataError(
            "wrong-dtype",
            f'column "{column}", {table.where(at)}: "{series[at]}", but a number is expected{more(int(wrong.sum()))}',
            column=column,
            row=table.place(at),
            value=series[at],
        )
    values = series.cast(pl.Int64) if series.dtype == pl.Boolean else series
    return checks.column(column, values.to_numpy(), {"role": "label", "classes": fitted["classes"]}, table.where)


def vocabulary(fitted):
    """The names of the classes, or None where they are numbers."""
    return fitted["words"]
`,
  "flaxen/data/parts/numbers.py": `"""Columns of numbers: missing ones filled in, each column shifted and scaled."""

import numpy as np

from flaxen.data.errors import DataError
from flaxen.data.parts.cells import missing_value, more


def fit(_name, specs, table, expected):
    """Per column: \`fill\` for missing values (None: an error), then (value - \`shift\`) / \`scale\`."""
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
    """Raises for the first cell that is no finite number: in the table, or in \`result\`, where float32 has no room.

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
`,
  "flaxen/data/parts/sets.py": `"""Several classes for each row, in one column of separated names: [rows, classes] of 0 and 1."""

import numpy as np

from flaxen.data.errors import DataError
from flaxen.data.parts.cells import pieces
from flaxen.data.parts.indices import too_many


def fit(name, specs, table, expected):
    """\`words\`: the names of the classes in order. A row without any belongs to none."""
    (spec,) = specs
    column, separator, classes = spec["column"], spec.get("separator", ","), expected["classes"]
    found = spec.get("categories") or sorted({one for row in pieces(column, table, separator) for one in row})
    if len(found) > classes:
        raise too_many("label-out-of-range", name, column, found, classes)
    return {"column": column, "separator": separator, "words": found, "classes": classes}


def apply(name, fitted, table):
    """Float32 [rows, classes]."""
    places = {word: place for place, word in enumerate(fitted["words"])}
    result = np.zeros((len(table), fitted["classes"]), np.float32)
    for row, names in enumerate(pieces(fitted["column"], table, fitted["separator"])):
        for one in names:
            if one not in places:
                raise DataError(
                    "unknown-category",
                    f'column "{fitted["column"]}" ({name}), {table.where(row)} holds "{one}", which no train row has;'
                    f" known: {', '.join(fitted['words'][:20])}",
                    column=fitted["column"],
                    row=table.place(row),
                    value=one,
                )
            result[row, places[one]] = 1
    return result


def vocabulary(fitted):
    """The names of the classes."""
    return fitted["words"]
`,
  "flaxen/data/parts/tags.py": `"""One class for each token: names separated by white space, or a list; positions behind the last are -1."""

import numpy as np

from flaxen.data.errors import DataError
from flaxen.data.parts.cells import pieces, refuse_missing
from flaxen.data.parts.indices import too_many

NOT_COUNTED = -1


def fit(name, specs, table, expected):
    """\`words\`: the names of the tags in order; \`length\`: positions of a row."""
    (spec,) = specs
    column, classes, (length,) = spec["column"], expected["classes"], expected["shape"]
    refuse_missing(column, table, "target")
    length = spec.get("length") or length
    if not isinstance(length, int):
        raise DataError("shape-mismatch", f'head "{name}": give column "{column}" a length', column=column)
    found = spec.get("categories") or sorted({one for row in pieces(column, table) for one in row})
    if len(found) > classes:
        raise too_many("label-out-of-range", name, column, found, classes)
    return {"column": column, "words": found, "length": length}


def apply(name, fitted, table):
    """Int32 [rows, length]."""
    places = {word: place for place, word in enumerate(fitted["words"])}
    result = np.full((len(table), fitted["length"]), NOT_COUNTED, np.int32)
    for row, names in enumerate(pieces(fitted["column"], table)):
        for position, one in enumerate(names[: fitted["length"]]):
            if one not in places:
                raise DataError(
                    "unknown-category",
                    f'column "{fitted["column"]}" ({name}), {table.where(row)} holds "{one}", which no train row has;'
                    f" known: {', '.join(fitted['words'][:20])}",
                    column=fitted["column"],
                    row=table.place(row),
                    value=one,
                )
            result[row, position] = places[one]
    return result


def counts(fitted, table):
    """[rows] tags of each row."""
    return np.array([len(row) for row in pieces(fitted["column"], table)])


def vocabulary(fitted):
    """The names of the tags."""
    return fitted["words"]
`,
  "flaxen/data/parts/text.py": `"""A column of text: token numbers [rows, length], cut and padded with 0."""

import numpy as np

from flaxen.data import tokens
from flaxen.data.errors import DataError
from flaxen.data.parts.cells import missing_value, pieces, words


def fit(name, specs, table, expected):
    """\`tokenizer\`: what it learnt from the train rows; \`length\`: positions of a row."""
    (spec,) = specs
    column = spec["column"]
    length = spec.get("length") or expected["shape"][0]
    if not isinstance(length, int):
        raise DataError("shape-mismatch", f'input "{name}": give column "{column}" a length', column=column)
    fitted = {"column": column, "length": length, "missing": spec.get("missing", "error")}
    found = tokens.fit(spec, _texts(fitted, table), expected.get("below"))
    return fitted | {"tokenizer": found}


def apply(_name, fitted, table):
    """Int32 [rows, length]. The end of a text that is too long is cut off."""
    rows = tokens.encode(fitted["tokenizer"], _texts(fitted, table))
    result = np.zeros((len(table), fitted["length"]), np.int32)
    for row, numbers in zip(result, rows, strict=True):
        numbers = numbers[: len(row)]
        row[: len(numbers)] = numbers
    return result


def counts(fitted, table):
    """[rows] tokens of each row, between white space."""
    return np.array([len(row) for row in pieces(fitted["column"], table)])


def vocabulary(fitted):
    """The tokens in the order of their numbers."""
    return tokens.vocabulary(fitted["tokenizer"])


def _texts(fitted, table):
    """A string for each row; a list of strings where the tokens stand in lists."""
    import polars as pl

    column = fitted["column"]
    series = table.frame[column]
    if fitted["missing"] == "error" and series.null_count():
        raise missing_value(column, table, series.is_null(), "text")
    if series.dtype in (pl.List, pl.Array):
        return [" ".join(row) for row in pieces(column, table)]
    return words(column, table).fill_null("").to_list()
`,
  "flaxen/data/records.py": `"""Rows of a table that were handed over as JSON, column -> cells: numbers, strings, booleans and null."""

import json

import numpy as np

from flaxen.data.csv import files, fit, read_with
from flaxen.data.table import Table, series

__all__ = ["files", "fit", "read"]


def read(spec, assets):
    """The columns that the model's inputs and heads name: a \`Table\` of each file."""
    return read_with(spec, assets, _table)


def _table(path, names):
    import polars as pl

    columns = json.loads(path.read_text("utf-8"))
    frame = pl.DataFrame([series(name, columns[name]) for name in dict.fromkeys(names)])
    return Table(frame, np.arange(frame.height))
`,
  "flaxen/data/rows.py": `"""Rows to predict from or to score: given as the data has them, checked and prepared as the train rows were."""

import numpy as np

from flaxen.data import images, parts
from flaxen.data.checks import column
from flaxen.data.errors import DataError
from flaxen.data.table import Table, series

NUMBERS = ("text", "tags", "sets", "labels")  # kinds whose whole numbers are tokens or classes already


class Rows:
    """What a trained program accepts. spec: \`data\` of its config; preprocessing: what its run fitted, or None.

    With \`targets\` rows come with what the heads are to predict.
    """

    def __init__(self, spec, preprocessing, targets=False):
        self.spec, self.fitted = spec, (preprocessing or {}).get("columns", {})
        self.expects = {name: one for name, one in spec["expects"].items() if targets or one["role"] == "input"}
        self._one_of, self._use = ("input or target", "score") if targets else ("input", "predict from")

    def prepare(self, arrays, rows=None, values=None, files=None):
        """Returns what \`predict\` takes, and the targets where they are asked for. Raises \`DataError\`.

        arrays: input or target -> [rows, ...]; rows: dicts of a table, column -> value; values: input -> nested lists
        [rows][columns] of numbers, strings and None; files: input -> lengths of the images' files, whose bytes are
        the array of that name, one after another.
        """
        given = dict(arrays)
        for name in given:
            self._of(name)
        for name, lengths in (files or {}).items():
            given[name] = images.decode(name, arrays[name], lengths, self._of(name)["shape"], self._fit(name))
        tables = self._tables(given, rows, values or {})
        missing = [name for name in self.expects if name not in given and name not in tables]
        if missing:
            raise DataError("missing-input", f"{self._called(missing[0])} is not given", column=missing[0])
        counts = {name: len(one) if getattr(one, "ndim", 1) else None for name, one in (given | tables).items()}
        if len(set(counts.values())) > 1 or None in counts.values():
            raise DataError(
                "shape-mismatch",
                f"{self._one_of.replace(' or ', 's and ')}s have unequal numbers of rows: {counts}",
                rows=counts,
            )
        if not next(iter(counts.values())):
            raise DataError("empty-data", f"there are no rows to {self._use}")
        parts.check_tags(self.fitted, tables)
        return {name: self._one(name, given.get(name), tables.get(name)) for name in self.expects}

    def _of(self, name):
        if name not in self.expects:
            raise DataError(
                "unknown-input", f'no {self._one_of} "{name}"; there are: {", ".join(self.expects)}', column=name
            )
        return self.expects[name]

    def _called(self, name):
        return f'the {"input" if self._of(name)["role"] == "input" else "target"} "{name}"'

    def _fit(self, name):
        return self.fitted.get(name, {}).get("fit", "crop")

    def _one(self, name, values, table):
        expected = self.expects[name]
        if table is not None:
            return column(name, parts.apply_one(name, self.fitted[name], table), expected)
        if not self._bytes(name, expected):
            floats = expected.get("dtype") == "float" and values.dtype == np.uint8
            values = values.astype(np.float32) if floats else values
        elif values.dtype != np.uint8:
            if values.dtype.kind not in "fi" or not np.array_equal(values, values.astype(np.uint8)):
                raise DataError(
                    "wrong-dtype",
                    f"{self._called(name)} holds {values.dtype.name} values, but whole numbers 0 to 255 are expected",
                    column=name,
                    dtype=values.dtype.name,
                )
            values = values.astype(np.uint8)
        return column(name, values, expected)

    def _bytes(self, name, expected):
        """Whether the train rows came as bytes, which the program scales."""
        if expected.get("dtype") != "float":
            return False
        kind = self.spec["kind"]
        return kind in ("idx", "images", "mnist") or (
            kind == "arrays" and self.spec["columns"][name]["dtype"] == "uint8"
        )

    def _tables(self, given, rows, values):
        """Name -> a table of its columns, for what was fitted; its numbers leave \`given\`."""
        tables = {}
        for name in [name for name in self.fitted if name in self.expects and self.fitted[name]["kind"] in parts.KINDS]:
            columns = parts.columns_of(self.fitted[name])
            if name in values:
                tables[name] = _table(columns, [dict(zip(columns, row, strict=True)) for row in values[name]])
            elif name in given and self.fitted[name]["kind"] not in NUMBERS:
                tables[name] = _from_array(name, columns, given.pop(name))
            elif rows is not None and name not in given:
                tables[name] = _table(columns, rows)
        for name in values:
            if name not in tables:
                raise DataError("wrong-dtype", f"{self._called(name)} takes numbers, not text", column=name)
        return tables


def _table(columns, rows):
    import polars as pl

    for row, one in enumerate(rows):
        absent = [name for name in columns if name not in one]
        if absent:
            raise DataError("missing-value", f'row {row} has no "{absent[0]}"', column=absent[0], row=row)
    frame = pl.DataFrame([series(name, [one[name] for one in rows]) for name in columns])
    return Table(frame, np.arange(len(rows)))


def _from_array(name, columns, values):
    import polars as pl

    values = values.reshape(len(values), -1) if values.ndim else values
    if values.ndim != 2 or values.shape[1] != len(columns):
        raise DataError(
            "shape-mismatch",
            f'column "{name}": a row has the shape {list(values.shape[1:])}, but the model expects [{len(columns)}]',
            column=name,
        )
    each = [
        values[:, place].tolist() if values.dtype == object else values[:, place].copy()
        for place in range(len(columns))
    ]
    frame = pl.DataFrame(dict(zip(columns, each, strict=True)))
    return Table(frame, np.arange(len(values)))
`,
  "flaxen/data/source.py": `"""What a reader of data hands over."""

import dataclasses
from collections.abc import Callable

PARTS = ("validation", "test")  # beside the rows that are trained on


@dataclasses.dataclass(frozen=True)
class Source:
    """Columns as they were read: name -> NumPy array [rows, ...], or a \`Table\`, where they have to be fitted first.

    \`apart\`: "validation" and "test" -> the rows of such a part, where it is not split off \`train\`.
    \`row\` names a row by its number in a message: "row 3", "line 5".
    \`marks\`: "validation" and "test" -> "group", "column" and "stratify" -> [rows] values by which rows are set aside.
    \`preprocessing\`: what is saved with the weights of data that is not fitted.
    """

    train: object
    apart: dict = dataclasses.field(default_factory=dict)
    row: Callable[[int], str] = "row {}".format
    marks: dict = dataclasses.field(default_factory=dict)
    preprocessing: dict | None = None


def ways(spec):
    """Part -> how the config's \`data\` sets its rows aside, for the parts that there are."""
    return {part: spec[part] for part in PARTS if spec.get(part) is not None}
`,
  "flaxen/data/split.py": `"""Rows set aside to validate or to test on: a share, those of some groups, a fold, or those that a column names."""

import hashlib

import numpy as np

from flaxen.data.errors import DataError


def set_aside(rows, ways, shuffle_seed, marks):
    """Returns "train" and the parts of \`ways\` -> [rows] bool: which rows they have.

    ways: "test", "validation" -> how, see \`chosen\`; marks: the same -> marks. Test rows are set aside first, so that no
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
    """Whether \`shuffle_seed\` decides over the rows that are set aside."""
    return isinstance(how, (int, float)) or (
        isinstance(how, dict) and any(isinstance(how.get(key), (int, float)) for key in ("ratio", "fold"))
    )


def chosen(rows, how, shuffle_seed, marks, part="validation", of=None, before=0):
    """Which rows validate, or test: [rows] bool. Raises \`DataError\` where a side would be empty.

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
    digest = hashlib.sha256(f"{seed}\\0{name}".encode()).digest()
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
    """\`count\` rows, the same share of every class; what is left over goes to the classes that were cut the most."""
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
`,
  "flaxen/data/table.py": `"""A table of a file as typed columns; each row knows where it stands in its file."""

import dataclasses
from collections.abc import Callable

import numpy as np

from flaxen.data.errors import DataError, missing_file, unknown_column

MISSING = ["", "NA"]
FIRST_ROWS = 10_000  # that tell a column's type, unless a later row contradicts


@dataclasses.dataclass(frozen=True)
class Table:
    """\`frame\`: a Polars frame; \`places\`: [rows] numbers of the rows in their file; \`row\` names one in a message."""

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
        """The rows where \`chosen\` [rows] is true."""
        return Table(self.frame.filter(chosen), self.places[chosen], self.row)


def read_csv(path, names, separator):
    """The named columns, read lazily. Raises \`DataError\`."""
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
    """The named columns, read lazily. Raises \`DataError\`."""
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
    return str(error).partition("\\n\\n")[0]
`,
  "flaxen/data/text.py": `"""Running text, cut into windows of tokens: what comes next is learnt from what came before."""

import numpy as np

from flaxen.data import tokens
from flaxen.data.errors import DataError, missing_file
from flaxen.data.source import Source, ways


def files(spec, assets):
    """All that \`read\` reads."""
    return [assets / name for names in [spec["files"], *_apart(spec).values()] for name in names]


def read(spec, assets):
    """One column: windows of token numbers, int32 [rows, length]. The tokenizer is fitted on the training text only.

    A share for validation is the end of the text, one for the test what comes last: no window of one part overlaps one
    of another.
    """
    name, texts = spec["column"], {"train": [_text(assets / file, spec) for file in spec["files"]]}
    shares = {part: how for part, how in ways(spec).items() if isinstance(how, (int, float))}
    characters = sum(map(len, texts["train"]))
    for part in ("test", "validation"):
        if part in shares:
            texts["train"], texts[part] = _cut(texts["train"], characters * shares[part])
    for part, files in _apart(spec).items():
        texts[part] = [_text(assets / file, spec) for file in files]
    expected = spec["expects"][name]
    state = tokens.fit(spec | {"column": name}, texts["train"], expected.get("below"))
    length = spec.get("length") or expected["shape"][0]
    fitted = {"kind": "text", "column": name, "length": length, "missing": "error", "tokenizer": state}
    stride = _stride(spec, length)
    windows = {part: {name: _windows(state, found, length, stride, part)} for part, found in texts.items()}
    return Source(windows.pop("train"), windows, preprocessing={"columns": {name: fitted}})


def read_more(spec, preprocessing, path):
    """Returns (columns, how a row is named) of another text, cut as the training text was. Raises \`DataError\`.

    columns: the text's name -> int32 [rows, length], tokens.
    """
    name = spec["column"]
    fitted = preprocessing["columns"][name]
    length = fitted["length"]
    stride = _stride(spec, length)
    return {name: _windows(fitted["tokenizer"], [_text(path, spec)], length, stride, path.name)}, "row {}".format


def _stride(spec, length):
    """By default a row's first token is nobody's target there: it ends the row before."""
    return spec.get("stride") or max(length - 1, 1)


def _apart(spec):
    """Part -> its own files, for parts that have some."""
    return {part: how for part, how in ways(spec).items() if isinstance(how, list)}


def _text(path, spec):
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise DataError(
            "wrong-format", f"{path.name} is no UTF-8 text: byte {error.start:,} is {error.reason}", path=str(path)
        ) from None
    except OSError:
        raise missing_file(path, spec["column"]) from None


def _cut(texts, characters):
    """Returns (texts before, texts after): so many characters of all texts, at their end, are set aside."""
    left = round(sum(map(len, texts)) - characters)
    train, apart = [], []
    for text in texts:
        train.append(text[:left])
        apart.append(text[left:])
        left = max(left - len(text), 0)
    return [text for text in train if text], [text for text in apart if text]


def _windows(state, texts, length, stride, where):
    """Int32 [windows, length]. The last window of a text is padded, where it has two tokens or more to learn from."""
    found = []
    for numbers in map(np.array, tokens.encode(state, texts)):
        if len(numbers) < 2:
            continue
        starts = range(0, max(len(numbers) - length, 0) + 1, stride)
        found += [numbers[start : start + length] for start in starts]
        rest = numbers[starts[-1] + stride :]
        if starts[-1] + length < len(numbers) and len(rest) >= 2:
            found.append(rest)
    if not found:
        raise DataError(
            "empty-data",
            f"the {'training' if where == 'train' else where} text has no tokens to learn from; two or more are needed",
        )
    result = np.zeros((len(found), length), np.int32)
    for row, numbers in zip(result, found, strict=True):
        row[: len(numbers)] = numbers
    return result
`,
  "flaxen/data/tokens.py": `"""Text and token numbers. 0 is padding, 1 what no train row has; 2 and 3 begin and end a text, where it asks for it."""

import collections
import re

import numpy as np

from flaxen.data.errors import DataError

PADDING, UNKNOWN, BEGIN, END = range(4)
NAMES = ["<padding>", "<unknown>", "<begin>", "<end>"]
BPE_SIZE = 8000  # tokens, where neither the column nor an embedding says how many
_WORD = re.compile(r"\\w+|[^\\w\\s]")


def fit(spec, texts, below):
    """What the tokenizer learns from the train rows, plain JSON.

    spec: \`tokenizer\` ("word", "whitespace", "character", "bpe"), \`vocab\` (numbers at most, the special ones among
    them; by default \`below\`, the rows of the embedding), \`lowercase\`, \`ends\`.
    """
    kind, size = spec.get("tokenizer", "word"), spec.get("vocab") or below
    state = {"type": kind, "lowercase": spec.get("lowercase", False), "ends": spec.get("ends", False)}
    special = NAMES[: 4 if state["ends"] else 2]
    if kind == "bpe":
        return state | {"model": _train_bpe(_prepared(state, texts), size or BPE_SIZE, special, spec["column"])}
    counts = collections.Counter(token for text in _prepared(state, texts) for token in _cut(kind, text))
    if not counts:
        raise DataError("empty-data", f'column "{spec["column"]}" holds no text', column=spec["column"])
    known = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[: size and max(size - len(special), 0)]
    return state | {"words": special + [token for token, _ in known]}


def encode(state, texts):
    """A list of numbers for each text."""
    texts = _prepared(state, texts)
    if state["type"] == "bpe":
        numbers = [one.ids for one in _bpe(state).encode_batch(texts, add_special_tokens=False)]
    else:
        first = 4 if state["ends"] else 2
        places = {token: place for place, token in enumerate(state["words"]) if place >= first}
        numbers = [[places.get(token, UNKNOWN) for token in _cut(state["type"], text)] for text in texts]
    return [[BEGIN, *one, END] for one in numbers] if state["ends"] else numbers


def decode(state, numbers):
    """The text of token numbers; padding, begin and end are left out, and what is unknown is "�"."""
    special = 4 if state["ends"] else 2
    numbers = [int(one) for one in numbers if one == UNKNOWN or one >= special]
    if state["type"] == "bpe":
        return _bpe(state).decode([one for one in numbers if one != UNKNOWN])
    found = ["�" if one == UNKNOWN else state["words"][one] for one in numbers]
    return ("" if state["type"] == "character" else " ").join(found)


def vocabulary(state):
    """The tokens in the order of their numbers."""
    if state["type"] != "bpe":
        return state["words"]
    tokenizer = _bpe(state)
    return [tokenizer.id_to_token(place) for place in range(tokenizer.get_vocab_size())]


def byte_counts(state, count):
    """[count] how many bytes of UTF-8 text each token stands for: characters and byte pairs, which leave nothing out.

    What no train row has is taken for one byte; padding, begin and end are none.
    """
    special = 4 if state["ends"] else 2
    found = vocabulary(state)[special:]
    # A byte pair is written with a letter for each of its bytes.
    sizes = [len(token if state["type"] == "bpe" else token.encode()) for token in found]
    counts = np.zeros(max(count, special + len(found)))
    counts[UNKNOWN], counts[special : special + len(found)] = 1, sizes
    return counts


def _prepared(state, texts):
    return [text.lower() for text in texts] if state["lowercase"] else list(texts)


def _cut(kind, text):
    if kind == "character":
        return text
    return text.split() if kind == "whitespace" else _WORD.findall(text)


def _train_bpe(texts, size, special, column):
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    least = len(alphabet) + len(special)
    if size < least:
        raise DataError(
            "index-out-of-range",
            f'column "{column}": byte pairs need a vocab of {least} or more, the bytes alone, but it is {size}',
            column=column,
            expected=least,
            value=size,
        )
    tokenizer = Tokenizer(models.BPE(unk_token=NAMES[UNKNOWN]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size, special_tokens=special, initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer.to_str()


def _bpe(state):
    """Made once: reading a large vocabulary takes longer than to cut a text."""
    model = state["model"]
    if model not in _made:
        from tokenizers import Tokenizer

        _made.clear()
        _made[model] = Tokenizer.from_str(model)
    return _made[model]


_made = {}
`,
  "flaxen/evaluate.py": `"""Metrics of rows with their targets: what a run reports of its own rows, of any others."""

import time

import jax
import numpy as np

from flaxen.data import load
from flaxen.data.errors import DataError
from flaxen.data.kept import last_data
from flaxen.data.more import read_more
from flaxen.data.rows import Rows
from flaxen.events import finite
from flaxen.run.report import Report

SECONDS = 0.2  # of one request, so that others are answered between


class Evaluations:
    """Those that a predicting process has begun. predictor: of \`flaxen.predict\`."""

    def __init__(self, predictor):
        self.predictor, self.begun, self.last = predictor, {}, 0

    def answer(self, request, arrays, rows=None, values=None, files=None):
        """What is answered to a request, as JSON. Raises \`DataError\`.

        \`{"begin": source}\` reads and checks all rows: {"evaluation", "rows"}. source: {"path"} of a file, {"part"} of
        the run's own data, or {} for the rows that came with the request. \`{"go": evaluation}\` scores some more:
        {"done"}, and {"metrics"} after the last row. \`{"drop": evaluation}\` forgets it.
        """
        if "begin" in request:
            columns = self._columns(request["begin"], arrays, rows, values, files)
            self.last += 1
            begun = self.begun[self.last] = Evaluation(self.predictor, columns)
            return {"evaluation": self.last, "rows": begun.rows}
        if "drop" in request:
            self.begun.pop(request["drop"], None)
            return {}
        begun = self.begun[request["go"]]
        if begun.go(SECONDS):
            del self.begun[request["go"]]
            return {"done": begun.rows, "metrics": finite(begun.metrics())}
        return {"done": begun.done}

    def _columns(self, source, arrays, rows, values, files):
        spec, preprocessing = self.predictor.config["data"], self.predictor.preprocessing
        if "path" in source:
            return read_more(spec, preprocessing, source["path"])
        if "part" in source:
            return self._part(source["part"])
        return Rows(spec, preprocessing, targets=True).prepare(arrays, rows, values, files)

    def _part(self, part):
        """The rows of the run's own data, read again."""
        assets = self.predictor.folder / self.predictor.config.get("assets", "assets")
        if not assets.is_dir():
            raise DataError(
                "missing-file",
                f"the data that the model was trained on is not in {self.predictor.folder}: it stays in the run's own"
                " folder. Give its rows, or the path of its file",
                path=str(assets),
            )
        names = ["train"] + [name for name in ("validation", "test") if self.predictor.config["data"].get(name)]
        found = dict(
            zip(("train", "validation", "test"), load(self.predictor.config | {"assets": str(assets)}), strict=False)
        )
        last_data().forget()  # else all parts stay on the device
        if found.get(part) is None:
            raise DataError("missing-part", f"the data has no {part} rows; there are: {', '.join(names)}", part=part)
        return {name: np.asarray(values) for name, values in found[part].columns.items()}


class Evaluation:
    """Scores rows, as many at once as \`Predictor\` predicts. columns: name -> [rows, ...], as the program reads them."""

    def __init__(self, predictor, columns):
        self.predictor, self.columns = predictor, columns
        self.rows, self.done = len(next(iter(columns.values()))), 0
        self.size = min(predictor.at_once(columns), 1 << (self.rows - 1).bit_length())
        self.hp = jax.device_put(predictor.hp | _facts(predictor))
        self.report = Report(predictor.program.finish, None)

    def go(self, seconds):
        """Scores batches for so many seconds, one at least. True when all rows are done."""
        started = time.perf_counter()
        self._batch(np.arange(self.done, self.done + self.size))
        while self.done < self.rows and time.perf_counter() - started < seconds:
            self._batch(np.arange(self.done, self.done + self.size))
        return self.done == self.rows

    def metrics(self):
        """Name -> number, of all rows."""
        return {name: float(value) for name, value in self.report.epoch().items()}

    def _batch(self, index):
        """The last batch is filled with rows that weigh nothing, so that one shape is compiled."""
        weight = (index < self.rows).astype(np.float32)
        batch = {name: values[index % self.rows] for name, values in self.columns.items()}
        params, rest, _ = self.predictor.carry
        sums = self.predictor.sums(params, rest, self.hp, batch, weight)
        self.report.steps(1, {name: value[None] for name, value in sums.items()})
        self.done = min(self.rows, self.done + self.size)


def _facts(predictor):
    """What the program reads of the rows that it was trained on."""
    expects = predictor.config["data"]["expects"].values()
    facts = (predictor.preprocessing or {}).get("facts")
    if facts is None and any(one["role"] == "target" or one.get("balanced") for one in expects):
        raise DataError("missing-facts", "the model was saved by an earlier version; train it again to evaluate it")
    return {name: np.asarray(value, np.float32) for name, value in (facts or {}).items()}
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
        return json.dumps(finite(event), allow_nan=False, separators=(",", ":")) + "\\n"


def plain(value):
    """NumPy's numbers and arrays as Python's."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} has no place in an event")


def finite(value):
    """NaN and the infinities as strings, NumPy's arrays as lists, at any depth."""
    if isinstance(value, dict):
        return {key: finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [finite(item) for item in value]
    if hasattr(value, "tolist"):
        return finite(value.tolist())
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
  "flaxen/generate.py": `"""Text that a language model writes: one token after another, each drawn from what the model says comes next."""

import itertools

import numpy as np

from flaxen.data import tokens
from flaxen.data.errors import DataError

LEAST = np.finfo(np.float32).tiny  # what softmax rounds to 0 has a logarithm too


def generate(predictor, request, arrays, values=None, files=None):
    """Returns what follows each prompt, without the prompt: a list of strings. Raises \`DataError\`.

    predictor: of \`flaxen.predict\`. request: \`head\` and the input \`of\` text whose tokens it continues, \`prompts\`
    (strings), \`tokens\` (of each text, at most), \`temperature\` (0: always the most probable), \`topK\` or None, \`seed\`.
    arrays, values, files: the other inputs, as \`Rows.prepare\` takes them, a row for each prompt.

    Where the training texts had an end (\`ends\`), a text ends there, or where the input is full. Without, the oldest
    tokens leave the input when it is full.

    The model reads a whole input again for every token: there is no cache of keys and values, so a token costs as much
    as predicting the row. As many prompts are read at once as \`Predictor\` predicts rows; a text that ends makes room
    for the next prompt.
    """
    head, of, count = request["head"], request["of"], len(request["prompts"])
    fitted = predictor.rows.fitted[of]
    state, length = fitted["tokenizer"], fitted["length"]
    ids, used = _start(of, state, request["prompts"], length)
    batch = predictor.rows.prepare({**arrays, of: ids}, None, values, files)
    size = min(1 << (count - 1).bit_length(), predictor.at_once(batch))  # few shapes are compiled
    # Padding, unknown and begin stand for no text, and the model may have room for more tokens than there are.
    writable = slice(tokens.END if state["ends"] else tokens.UNKNOWN + 1, len(tokens.vocabulary(state)))
    draws = [np.random.default_rng([request["seed"], row]) for row in range(count)]
    written = [[] for _ in range(count)]

    def unfinished(row):
        ended = state["ends"] and (written[row][-1] == tokens.END or used[row] == length)
        return len(written[row]) < request["tokens"] and not ended

    running, waiting = [], iter(range(count))
    while True:
        running = [row for row in running if unfinished(row)]
        running += itertools.islice(waiting, size - len(running))  # whoever ends makes room for the next
        if not running:
            return [tokens.decode(state, row) for row in written]
        places = np.resize(running, size)
        full = places[used[places] == length]  # no position came after the last one, so it never learnt what follows
        ids[full, :-1], ids[full, -1], used[full] = ids[full, 1:], 0, length - 1
        seen = {name: rows[places] for name, rows in (batch | {of: ids}).items()}
        outputs = predictor.program.predict(predictor.carry, predictor.hp, seen)
        following = np.asarray(outputs[head][np.arange(size), used[places] - 1], np.float64)
        for row, probabilities in zip(running, following, strict=False):
            _finite(head, row, len(written[row]), probabilities)
            chances = _chances(probabilities[writable], request["temperature"], request["topK"])
            written[row].append(writable.start + int(draws[row].choice(len(chances), p=chances)))
            ids[row, used[row]] = written[row][-1]
            used[row] += 1


def _start(of, state, prompts, length):
    """Returns (token numbers [rows, length], how many of each row are the prompt's)."""
    ids, used = np.zeros((len(prompts), length), np.int32), np.zeros(len(prompts), np.int32)
    for row, numbers in enumerate(tokens.encode(state, prompts)):
        if state["ends"]:
            numbers = numbers[:-1]  # the end is for the model to write
            if len(numbers) >= length:
                raise DataError(
                    "shape-mismatch",
                    f'prompt {row} leaves no room to write: it fills all {length} positions of "{of}"',
                    column=of,
                    row=row,
                )
        if not numbers:
            raise DataError("empty-data", f"prompt {row} is empty; one token or more is needed to go on from", row=row)
        numbers = numbers[-length:]
        ids[row, : len(numbers)], used[row] = numbers, len(numbers)
    return ids, used


def _finite(head, row, token, probabilities):
    wrong = probabilities[~np.isfinite(probabilities)]
    if len(wrong):
        raise DataError(
            "not-a-number",
            f'prompt {row}: "{head}" gives the probability {wrong[0]} for token {token} of its text, but a finite'
            " number is expected: the model's weights are not finite, or too large. Take those of an earlier epoch, or"
            " train with a smaller learning rate",
            head=head,
            row=row,
            value=str(wrong[0]),
        )


def _chances(probabilities, temperature, top_k):
    """Of each token, float64; they sum to 1."""
    logits = np.log(np.maximum(probabilities, LEAST))
    if temperature == 0:
        return (np.arange(len(logits)) == logits.argmax()).astype(np.float64)
    if top_k is not None:
        logits[np.argsort(-logits, kind="stable")[top_k:]] = -np.inf
    chances = np.exp((logits - logits.max()) / temperature)
    return chances / chances.sum()
`,
  "flaxen/ops/__init__.py": `"""Layers and functions of programs that Flax and JAX lack, or have in another form: activations, arrays, attention,
convolution, dropout, noise, normalisation, pooling, positions, products and recurrent layers. Each module says why it
is here.
"""

from flaxen.ops.activation import PReLU, geglu, gelu, swiglu
from flaxen.ops.arrays import gather, norm, pixel_shuffle, space_to_depth
from flaxen.ops.attention import Attention
from flaxen.ops.convolution import Conv, conv
from flaxen.ops.convolution_transpose import ConvTranspose
from flaxen.ops.dropout import Dropout, DropPath, SpatialDropout
from flaxen.ops.noise import GaussianDropout, GaussianNoise
from flaxen.ops.normalisation import LayerNorm, RMSNorm
from flaxen.ops.pooling import avg_pool, max_pool, min_pool
from flaxen.ops.positions import LearnedPositions, add_sinusoidal_positions
from flaxen.ops.products import Linear, dot_general
from flaxen.ops.recurrent import GRU, LSTM, Bidirectional, SimpleRNN

__all__ = [
    "GRU",
    "LSTM",
    "Attention",
    "Bidirectional",
    "Conv",
    "ConvTranspose",
    "DropPath",
    "Dropout",
    "GaussianDropout",
    "GaussianNoise",
    "LayerNorm",
    "LearnedPositions",
    "Linear",
    "PReLU",
    "RMSNorm",
    "SimpleRNN",
    "SpatialDropout",
    "add_sinusoidal_positions",
    "avg_pool",
    "conv",
    "dot_general",
    "gather",
    "geglu",
    "gelu",
    "max_pool",
    "min_pool",
    "norm",
    "pixel_shuffle",
    "space_to_depth",
    "swiglu",
]
`,
  "flaxen/ops/activation.py": `"""Activations that Flax has not, or computes slowly on a CPU."""

import math

import jax.numpy as jnp
from flax import nnx
from jax import lax


class PReLU(nnx.Module):
    """x above 0, a learned slope times x elsewhere; one slope, or one for each of the last axis."""

    def __init__(self, features: int | None = None, *, initial: float = 0.25):
        self.slope = nnx.Param(jnp.full(() if features is None else features, initial))

    def __call__(self, x):
        """x: [..., features]"""
        return jnp.where(x > 0, x, self.slope[...] * x)


def gelu(x):
    """Each x times the share of a normal distribution below it, as PyTorch computes it.

    Three fifths of the time of \`jax.nn.gelu(x, approximate=False)\`, whose erfc is two functions and a choice.
    """
    return 0.5 * x * (1 + lax.erf(x * math.sqrt(0.5)))


def swiglu(x):
    """[..., 2 * features] -> [..., features]: the first half times the SiLU of the second."""
    values, gate = jnp.split(x, 2, -1)
    return values * nnx.silu(gate)


def geglu(x):
    """[..., 2 * features] -> [..., features]: the first half times the exact GELU of the second."""
    values, gate = jnp.split(x, 2, -1)
    return values * gelu(gate)
`,
  "flaxen/ops/arrays.py": `"""Shapes and values of arrays where jax.numpy has no word for it."""

import jax
import jax.numpy as jnp


def norm(x, axes, keepdims=False):
    """The Euclidean length along axes. Where it is 0 the gradient is 0, not NaN."""
    squares = jnp.square(x).sum(axes, keepdims=keepdims)
    zero = squares == 0
    return jnp.where(zero, 0, jnp.sqrt(jnp.where(zero, 1, squares)))


def gather(x, places, axis):
    """In every example of x, [batch, ...], what stands at \`places\`, [batch, ...] int, of an axis of x."""
    inner = axis - 1 if axis > 0 else axis
    return jax.vmap(lambda x, places: jnp.take(x, places, axis=inner))(x, places)


def pixel_shuffle(x, factor):
    """[batch, height, width, channels * factor**2] -> [batch, height * factor, width * factor, channels]."""
    batch, height, width, channels = x.shape
    x = x.reshape(batch, height, width, channels // factor**2, factor, factor)
    return x.transpose(0, 1, 4, 2, 5, 3).reshape(batch, height * factor, width * factor, -1)


def space_to_depth(x, factor):
    """[batch, height, width, channels] -> [batch, height / factor, width / factor, channels * factor**2]."""
    batch, height, width, channels = x.shape
    x = x.reshape(batch, height // factor, factor, width // factor, factor, channels)
    return x.transpose(0, 1, 3, 5, 2, 4).reshape(batch, height // factor, width // factor, -1)
`,
  "flaxen/ops/attention.py": `"""Multi-head attention to the sequence itself or to another."""

import math

import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx

from flaxen.ops.dropout import Dropout
from flaxen.ops.products import dot, dot_general


class Attention(nnx.Module):
    """softmax(query @ key.T / sqrt(head_features)) @ value in each head, then a projection."""

    def __init__(
        self,
        features: int,
        heads: int,
        *,
        head_features: int | None = None,
        key_value_heads: int | None = None,
        context_features: int | None = None,
        causal: bool = False,
        rope: float | None = None,
        dropout: bool = False,
        use_bias: bool = True,
        rngs: nnx.Rngs,
    ):
        """key_value_heads: each serves heads / key_value_heads queries; rope: the base of rotary positions."""
        self.heads, self.key_value_heads = heads, key_value_heads or heads
        self.head_features = head_features or features // heads
        self.causal, self.rope = causal, rope
        outer, shared = (count * self.head_features for count in (self.heads, self.key_value_heads))
        context_features = context_features or features
        options = {"use_bias": use_bias, "dot_general": dot_general, "rngs": rngs}
        self.query = nnx.Linear(features, outer, **options)
        self.key = nnx.Linear(context_features, shared, **options)
        self.value = nnx.Linear(context_features, shared, **options)
        self.out = nnx.Linear(outer, features, **options)
        if dropout:
            self.dropout = Dropout(rngs)

    def __call__(self, x, context=None, mask=None, *, dropout=None, train=False):
        """[batch, time, features], as x.

        context: [batch, length, context features], x itself where left out; mask: whole numbers [batch, length], 0
        where a position is padding; dropout: share of the weights that are dropped while training.
        """
        if context is None:
            context = x
            query, key, value = projected(x, self.query, self.key, self.value)
        else:
            query, (key, value) = self.query(x), projected(context, self.key, self.value)
        query = self._split(query, self.heads)  # [batch, heads, time, head_features]
        key, value = (self._split(one, self.key_value_heads) for one in (key, value))
        if self.rope is not None:
            query, key = rotated(query, self.rope), rotated(key, self.rope)
        allowed = self._allowed(x.shape[1], context.shape[1], mask)
        drop = None if dropout is None else lambda weights: self.dropout(weights, dropout, train=train)
        found = attend(query, key, value, allowed, drop)
        return self.out(jnp.swapaxes(found, 1, 2).reshape(*x.shape[:2], -1))

    def _split(self, x, heads):
        """[batch, time, heads * head_features] -> [batch, heads, time, head_features]"""
        return jnp.swapaxes(x.reshape(*x.shape[:2], heads, self.head_features), 1, 2)

    def _allowed(self, time, length, mask):
        """Who may see whom: [batch or 1, 1, time or 1, length], or None where all see all."""
        before = np.tri(time, length, dtype=bool)[None, None] if self.causal else None
        if mask is None:
            return before
        counted = (mask != 0)[:, None, None]
        return counted if before is None else counted & before


def projected(x, *layers):
    """What each \`nnx.Linear\` makes of x, [batch, time, features], by one product: a CPU does it faster than several."""
    kernels = [layer.kernel[...] for layer in layers]
    together = dot(x, jnp.concatenate(kernels, 1))
    if layers[0].use_bias:
        together += jnp.concatenate([layer.bias[...] for layer in layers])
    return jnp.split(together, np.cumsum([kernel.shape[1] for kernel in kernels[:-1]]), -1)


def attend(query, key, value, allowed=None, dropout=None):
    """[batch, heads, time, features]; zeros where nothing may be seen, and no NaN in a gradient.

    query: [batch, heads, time, features]; key, value: [batch, key-value heads, length, features], each for a group of
    heads; allowed: bool, broadcasts to [batch, heads, time, length], alike for all heads; dropout: of the weights.

    On a CPU a third faster than \`jax.nn.dot_product_attention\`, whose fused kernels are for half precision on a GPU.
    """
    grouped = query.reshape(*key.shape[:2], -1, *query.shape[2:]) / math.sqrt(query.shape[-1])
    scores = jnp.einsum("bkgth,bksh->bkgts", grouped, key)
    if allowed is not None:
        allowed = allowed[:, :, None]
        scores = jnp.where(allowed, scores, jnp.finfo(scores.dtype).min)
    weights = _softmax(scores)
    if dropout is not None:
        weights = dropout(weights)
    found = jnp.einsum("bkgts,bksh->bkgth", weights, value)
    if allowed is not None:
        found = jnp.where(allowed.any(-1, keepdims=True), found, 0)
    return found.reshape(query.shape)


@jax.custom_vjp
def _softmax(scores):
    """Over the last axis. JAX's gradient takes more than twice the time on a CPU: it is made from the quotient."""
    exponentials = jnp.exp(scores - scores.max(-1, keepdims=True))
    return exponentials / exponentials.sum(-1, keepdims=True)


def _softmax_forward(scores):
    weights = _softmax(scores)
    return weights, weights


def _softmax_backward(weights, gradient):
    product = weights * gradient
    return (product - weights * product.sum(-1, keepdims=True),)


_softmax.defvjp(_softmax_forward, _softmax_backward)


def rotated(x, base):
    """Rotary positions: the two halves of the features, taken as pairs, are turned by an angle that grows with time.

    x: [..., time, features]; pair i turns by base ** (-2i / features) a step.
    """
    time, features = x.shape[-2:]
    angles = np.arange(time)[:, None] * float(base) ** (-np.arange(0, features, 2) / features)
    cos, sin = np.cos(angles).astype(x.dtype), np.sin(angles).astype(x.dtype)
    first, second = jnp.split(x, 2, -1)
    return jnp.concatenate([first * cos - second * sin, second * cos + first * sin], -1)
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

Other convolutions, milliseconds of a step in a loop on JAX 0.10.2 (here / stock): over time, [64, 128, 32], kernel 5,
64 filters: 18 / 653; over volumes, [8, 8, 8, 8, 16], kernel 3, 32 filters: 10 / 235; depthwise, [32, 14, 14, 96],
kernel 3, stride 2: 3 / 141; 4 groups of 64 channels, [32, 14, 14, 64], kernel 3: 14 / 248.
"""

import functools
import math
from collections.abc import Sequence

import jax
import jax.numpy as jnp
from flax import nnx
from jax import lax

from flaxen.ops.convolution_forms import depthwise, grouped, patches, product

LAYOUT = ("NHWC", "HWIO", "NHWC")
SMALL_PATCH = 64  # numbers in a patch, up to which matrix products beat convolutions in every direction
# Before JAX 0.11 the kernel's gradient as a convolution uses one core where there are few input channels.
FEW_CHANNELS = 64 if jax.__version_info__ < (0, 11) else 0


class Conv(nnx.Conv):
    """\`nnx.Conv\` computed by \`conv\`: the same arguments, weights and values, with gradients that are fast on a CPU.

    [batch, ..., in_features] -> [batch, ..., out_features], with one, two or three axes between.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        kernel_size: Sequence[int],
        strides: int | Sequence[int] = 1,
        **options,
    ):
        super().__init__(in_features, out_features, kernel_size, strides, conv_general_dilated=conv, **options)


def conv(x, kernel, window_strides, padding, *, lhs_dilation=None, rhs_dilation=None, feature_group_count=1, **options):
    """Drop-in for \`lax.conv_general_dilated\`, as \`Conv\` calls it: by the form that is fastest for the shapes.

    x: [batch, ..., channels] with one, two or three axes between; kernel: [..., channels / groups, filters]. What a
    CPU gains nothing from (GPUs, other types) goes to \`lax\` as it is.
    """
    axes = x.ndim - 2
    strides, dilation = tuple(window_strides), tuple(rhs_dilation or (1,) * axes)
    own = jax.default_backend() == "cpu" and 1 <= axes <= 3 and x.dtype == kernel.dtype == jnp.float32
    if not own or any(step != 1 for step in lhs_dilation or ()):
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
        reach = [(size - 1) * step + 1 for size, step in zip(kernel.shape[:-2], dilation, strict=True)]
        padding = lax.padtype_to_pads(x.shape[1:-1], reach, strides, padding)
    geometry = (strides, tuple((int(low), int(high)) for low, high in padding), dilation)
    if feature_group_count == 1:
        return _convolve(x, kernel, geometry)
    if kernel.shape[-2] == 1:
        return depthwise(x, kernel, geometry)
    return grouped(lambda x, kernel: _convolve(x, kernel, geometry), x, kernel, feature_group_count)


def _convolve(x, kernel, geometry):
    """By the best form for the number of axes and the size of a patch."""
    if x.ndim == 3:
        strides, pads, dilation = geometry
        image = _convolve(x[:, None], kernel[None], ((1, *strides), ((0, 0), *pads), (1, *dilation)))
        return image[:, 0]
    if x.ndim == 5 or math.prod(kernel.shape[:-1]) <= SMALL_PATCH:
        return product(x, kernel, geometry)
    return _mixed(x, kernel, geometry)


@functools.partial(jax.custom_vjp, nondiff_argnums=(2,))
def _mixed(x, kernel, geometry):
    if kernel.shape[2] <= FEW_CHANNELS:
        return product(x, kernel, geometry)  # its patches serve the kernel's gradient too
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
        seen = patches(x, window[:2], geometry)
        return (seen.reshape(-1, seen.shape[-1]).T @ gradient.reshape(-1, gradient.shape[-1])).reshape(window)
    strides, pads, dilation = geometry

    def edges(size, out, k, step, pad, spread):
        return pad[0], (k - 1) * spread + (out - 1) * step + 1 - size - pad[0], 0

    sizes = zip(x.shape[1:3], gradient.shape[1:3], window, strides, pads, dilation, strict=False)
    columns = jnp.transpose(x, (3, 1, 2, 0))
    columns = lax.pad(columns, jnp.zeros((), x.dtype), ((0, 0, 0), *(edges(*one) for one in sizes), (0, 0, 0)))
    out = lax.conv_general_dilated(
        columns,
        jnp.transpose(gradient, (1, 2, 0, 3)),
        dilation,
        "VALID",
        rhs_dilation=strides,
        dimension_numbers=LAYOUT,
    )
    return jnp.transpose(out, (1, 2, 0, 3))
`,
  "flaxen/ops/convolution_forms.py": `"""Forms of a convolution over any number of axes, made of slices and products: JAX's own gradients of them are fast.

A geometry is (strides, pads, dilation), each with one entry for every axis between batch and channels.
"""

import functools
import itertools

import jax.numpy as jnp
from jax import lax

PARTS = 8  # the most parts that groups are split into
PART_CHANNELS = 64  # channels up to which groups stay in one part: zeros cost less there than more products do


def shifts(x, window, geometry):
    """The image that each cell of the window sees: ((i, j, ...), [batch, height', width', ..., channels])."""
    strides, pads, dilation = geometry
    x = jnp.pad(x, ((0, 0), *pads, (0, 0)))
    axes = [(size - (k - 1) * d, s, d) for size, k, s, d in zip(x.shape[1:-1], window, strides, dilation, strict=True)]
    for cell in itertools.product(*map(range, window)):
        places = (slice(i * d, i * d + length, s) for i, (length, s, d) in zip(cell, axes, strict=True))
        yield cell, x[:, *places]


def patches(x, window, geometry):
    """[batch, height', width', ..., window height * window width * ... * channels]."""
    return jnp.concatenate([image for _, image in shifts(x, window, geometry)], -1)


def product(x, kernel, geometry):
    """One matrix product of patches."""
    seen = patches(x, kernel.shape[:-2], geometry)
    out = seen.reshape(-1, seen.shape[-1]) @ kernel.reshape(-1, kernel.shape[-1])
    return out.reshape(*seen.shape[:-1], -1)


def depthwise(x, kernel, geometry):
    """Every channel by itself. kernel: [height, width, ..., 1, channels * multiplier]."""
    multiplier = kernel.shape[-1] // x.shape[-1]
    if multiplier > 1:
        x = jnp.repeat(x, multiplier, -1)
    terms = (image * kernel[cell][0] for cell, image in shifts(x, kernel.shape[:-2], geometry))
    return functools.reduce(jnp.add, terms)


def grouped(convolve, x, kernel, groups):
    """Some groups at once, as one kernel with zeros between them. kernel: [..., channels / groups, filters]."""
    channels = x.shape[-1]
    parts = max(n for n in range(1, PARTS + 1) if groups % n == 0 and (n == 1 or channels // n >= PART_CHANNELS))
    together = groups // parts
    of_input, of_output = jnp.arange(channels // parts), jnp.arange(kernel.shape[-1] // parts)
    same = (of_input // kernel.shape[-2])[:, None] == of_output // (kernel.shape[-1] // groups)

    def part(x, kernel):
        repeats = (*(1,) * (kernel.ndim - 2), together, 1)
        return convolve(x, jnp.where(same, jnp.tile(kernel, repeats), 0))

    split = zip(jnp.split(x, parts, -1), jnp.split(kernel, parts, -1), strict=True)
    return jnp.concatenate([part(*one) for one in split], -1)


def transposed(x, kernel, strides, padding, dilation):
    """What \`lax.conv_transpose\` computes: every cell of the input adds the kernel, times itself, to the output."""
    window, zero = kernel.shape[:-2], jnp.zeros((), x.dtype)
    flipped = jnp.moveaxis(jnp.flip(kernel, tuple(range(len(window)))), -2, 0)
    spread = (x.reshape(-1, x.shape[-1]) @ flipped.reshape(len(flipped), -1)).reshape(
        *x.shape[:-1], *window, kernel.shape[-1]
    )
    reach = [(k - 1) * d + 1 for k, d in zip(window, dilation, strict=True)]

    def placed(cell):
        edges = ((i * d, r - 1 - i * d, s - 1) for i, d, r, s in zip(cell, dilation, reach, strides, strict=True))
        return lax.pad(spread[(..., *cell, slice(None))], zero, ((0, 0, 0), *edges, (0, 0, 0)))

    out = functools.reduce(jnp.add, map(placed, itertools.product(*map(range, window))))

    def crop(size, r, s):
        whole = (size - 1) * s + r
        if padding == "VALID":
            return 0, size * s + max(r - s, 0) - whole, 0
        low = 0 - (r - 1 - (r - 1 if s > r - 1 else -(-(r + s - 2) // 2)))
        return low, size * s - whole - low, 0

    crops = (crop(*axis) for axis in zip(x.shape[1:-1], reach, strides, strict=True))
    return lax.pad(out, zero, ((0, 0, 0), *crops, (0, 0, 0)))
`,
  "flaxen/ops/convolution_transpose.py": `"""Transposed convolution whose gradients are fast on a CPU too."""

import jax
import jax.numpy as jnp
from flax import nnx

from flaxen.ops.convolution_forms import transposed


class ConvTranspose(nnx.ConvTranspose):
    """\`nnx.ConvTranspose\` with padding "SAME" or "VALID"; float32 on a CPU goes another way to the same values.

    Milliseconds of a step in a loop on two cores, kernel 3, stride 2, [32, 7, 7, 64] to 32 filters: 2.7, stock 34.
    """

    def __call__(self, x):
        """x: [batch, ..., channels]. Returns [batch, ..., filters], larger by the strides between them."""
        kernel = self.kernel[...]
        if jax.default_backend() != "cpu" or not x.dtype == kernel.dtype == jnp.float32:
            return super().__call__(x)
        axes = len(self.kernel_size)
        strides, dilation = (_each(given, axes) for given in (self.strides, self.kernel_dilation))
        out = transposed(x, kernel, strides, self.padding, dilation)
        return out if self.bias is None else out + self.bias[...]


def _each(given, axes):
    return (1 if given is None else given,) * axes if given is None or isinstance(given, int) else tuple(given)
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
        keep = jax.random.bernoulli(self.rngs(), 1 - rate, self.drawn(x))
        return jnp.where(keep, x / (1 - rate), 0)

    def drawn(self, x):
        """The shape of what is drawn: values for which it is 1 share their fate along that axis."""
        return x.shape


class DropPath(Dropout):
    """Drops whole examples, for the branch of a residual: stochastic depth (Huang et al. 2016)."""

    def drawn(self, x):
        return x.shape[:1] + (1,) * (x.ndim - 1)


class SpatialDropout(Dropout):
    """Drops whole feature maps: x is [batch, ...positions, channels] (Tompson et al. 2015)."""

    def drawn(self, x):
        return x.shape[:1] + (1,) * (x.ndim - 2) + x.shape[-1:]
`,
  "flaxen/ops/noise.py": `"""Gaussian noise whose size is a number of the run, not of the program."""

import jax
from flax import nnx


class GaussianNoise(nnx.Module):
    """Adds noise of mean 0."""

    def __init__(self, rngs: nnx.Rngs):
        self.rngs = rngs.dropout.fork()

    def __call__(self, x, stddev, *, train):
        """x: any shape; stddev: scalar >= 0, in the unit of x."""
        if not train:
            return x
        return x + stddev * jax.random.normal(self.rngs(), x.shape, x.dtype)


class GaussianDropout(nnx.Module):
    """Multiplies by noise of mean 1 and the variance of dropout, rate / (1 - rate) (Srivastava et al. 2014)."""

    def __init__(self, rngs: nnx.Rngs):
        self.rngs = rngs.dropout.fork()

    def __call__(self, x, rate, *, train):
        """x: any shape; rate: scalar in [0, 1)."""
        if not train:
            return x
        stddev = (rate / (1 - rate)) ** 0.5
        return x * (1 + stddev * jax.random.normal(self.rngs(), x.shape, x.dtype))
`,
  "flaxen/ops/normalisation.py": `"""Layer and RMS normalisation whose gradient is its closed form, of two means over the features.

JAX derives one that reads x several times more: a step of a GPT of four layers of 128 features, [32, 64], takes 147
instead of 158 ms of CPU time with it (two cores, JAX 0.10.2). What is not float32 goes the way of Flax, which computes
means of halves in float32.
"""

import functools

import jax
import jax.numpy as jnp
from flax import nnx


class LayerNorm(nnx.LayerNorm):
    """(x - mean) / sqrt(variance + epsilon) * scale + bias over the last axis; the variance is a second pass's.

    Ba, Kiros, Hinton: Layer Normalization, 2016.
    """

    def __init__(self, num_features: int, *, epsilon: float, use_bias=True, use_scale=True, dtype=None, rngs: nnx.Rngs):
        flags = {"use_bias": use_bias, "use_scale": use_scale, "use_fast_variance": False}
        super().__init__(num_features, epsilon=epsilon, dtype=dtype, rngs=rngs, **flags)

    def __call__(self, x):
        """[..., features], as x."""
        return _scaled(self, standardised(x, self.epsilon, True)) if _is_single(self, x) else super().__call__(x)


class RMSNorm(nnx.RMSNorm):
    """x / sqrt(mean of squares + epsilon) * scale over the last axis.

    Zhang, Sennrich: Root Mean Square Layer Normalization, 2019.
    """

    def __init__(self, num_features: int, *, epsilon: float, use_scale=True, dtype=None, rngs: nnx.Rngs):
        super().__init__(num_features, epsilon=epsilon, use_scale=use_scale, dtype=dtype, rngs=rngs)

    def __call__(self, x):
        """[..., features], as x."""
        return _scaled(self, standardised(x, self.epsilon, False)) if _is_single(self, x) else super().__call__(x)


def _is_single(layer, x):
    return x.dtype == jnp.float32 and layer.dtype in (None, jnp.float32)


def _scaled(layer, x):
    if layer.scale is not None:
        x = x * layer.scale[...]
    bias = getattr(layer, "bias", None)
    return x if bias is None else x + bias[...]


@functools.partial(jax.custom_vjp, nondiff_argnums=(1, 2))
def standardised(x, epsilon, centred):
    """x: [..., features], divided by its root mean square over the features; \`centred\`: less its mean first."""
    return _standardise(x, epsilon, centred)[0]


def _standardise(x, epsilon, centred):
    if centred:
        x = x - _mean(x)
    rate = jax.lax.rsqrt(_mean(x * x) + epsilon)
    return x * rate, rate


def _forward(x, epsilon, centred):
    y, rate = _standardise(x, epsilon, centred)
    return y, (y, rate)


def _backward(_, centred, kept, gradient):
    y, rate = kept
    change = gradient - y * _mean(gradient * y)
    return (rate * (change - _mean(gradient) if centred else change),)


def _mean(x):
    return x.mean(-1, keepdims=True)


standardised.defvjp(_forward, _backward)
`,
  "flaxen/ops/pooling.py": `"""Pooling that is fast on a CPU, where the backward pass of \`reduce_window\` is 15 times slower than slices.

And that of slices, where windows lie side by side, is slower than one that knows which cell was chosen:
for relu and [128, 28, 28, 32] in windows of 2 x 2, forward and back, 13.8 and 3.3 ms on JAX 0.10.2, 5.4 and 3.3 on
0.12.0.
"""

import functools
import itertools
import math

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax


def max_pool(x, window, stride=None, padding="VALID"):
    """The largest value of each window.

    x: [batch, ..., channels]; window, stride: one number or one for each axis between batch and channels; stride
    defaults to window; padding: "VALID" or "SAME". Returns [batch, ..., channels].
    """
    return _extreme(jnp.maximum, x, window, stride, padding, _limits(x).min)


def min_pool(x, window, stride=None, padding="VALID"):
    """The smallest value of each window; arguments as in \`max_pool\`."""
    return _extreme(jnp.minimum, x, window, stride, padding, _limits(x).max)


def avg_pool(x, window, stride=None, padding="VALID"):
    """The mean of each window's values that lie in the input; arguments as in \`max_pool\`."""
    total = functools.reduce(jnp.add, _cells(*_padded(x, window, stride, padding, 0)))
    sizes = x.shape[1:-1]
    if padding == "VALID":
        return total / math.prod(_each(window, len(sizes)))
    ones = np.ones((1, *sizes, 1), np.float32)
    return total / functools.reduce(np.add, _cells(*_padded(ones, window, stride, padding, 0, np.pad)))


def _extreme(choose, x, window, stride, padding, fill):
    x, window, stride = _padded(x, window, stride, padding, fill)
    return _side_by_side(choose, x, window) if window == stride else functools.reduce(choose, _cells(x, window, stride))


@functools.partial(jax.custom_vjp, nondiff_argnums=(0, 2))
def _side_by_side(choose, x, window):
    """Chooses in each window, where none overlaps another and all are whole."""
    return functools.reduce(choose, _cells(x, window, window))


def _forward(choose, x, window):
    """Which cell was chosen is found here: what XLA computes of x again for the gradient may differ in its last bit."""
    chosen, *others = _cells(x, window, window)
    place = jnp.zeros(chosen.shape, jnp.uint8 if len(others) < 256 else jnp.int32)
    for at, cell in enumerate(others, 1):
        better = cell > chosen if choose is jnp.maximum else cell < chosen
        place, chosen = jnp.where(better, at, place).astype(place.dtype), choose(chosen, cell)
    return chosen, place


def _backward(_, window, place, gradient):
    """The first of equal values has the gradient, as in PyTorch."""
    for axis, size in enumerate(window, 1):
        place, gradient = jnp.repeat(place, size, axis), jnp.repeat(gradient, size, axis)
    within = (np.arange(size) % reach for size, reach in zip(place.shape[1:-1], window, strict=True))
    own = np.ravel_multi_index(np.meshgrid(*within, indexing="ij"), window).astype(place.dtype)
    return (jnp.where(place == own[..., None], gradient, 0),)


_side_by_side.defvjp(_forward, _backward)


def _padded(x, window, stride, padding, fill, pad=jnp.pad):
    """The input, padded, cut to whole windows where they lie side by side, and each axis's window and stride."""
    axes = x.ndim - 2
    window = _each(window, axes)
    stride = window if stride is None else _each(stride, axes)
    pads = lax.padtype_to_pads(x.shape[1:-1], window, stride, padding)
    if any(low or high for low, high in pads):
        x = pad(x, ((0, 0), *pads, (0, 0)), constant_values=fill)
    if window == stride:
        x = x[:, *(slice(size // reach * reach) for size, reach in zip(x.shape[1:-1], window, strict=True))]
    return x, window, stride


def _cells(x, window, stride):
    """Element (i, j) of every window is one strided slice of the input, whether the windows overlap or not."""
    sizes = zip(x.shape[1:-1], window, stride, strict=True)
    ends = [(size - reach) // step * step + 1 for size, reach, step in sizes]
    for cell in itertools.product(*map(range, window)):
        yield x[:, *(slice(i, i + end, step) for i, end, step in zip(cell, ends, stride, strict=True))]


def _each(value, axes):
    return (value,) * axes if isinstance(value, int) else tuple(value)


def _limits(x):
    return jnp.finfo(x.dtype) if jnp.issubdtype(x.dtype, jnp.floating) else jnp.iinfo(x.dtype)
`,
  "flaxen/ops/positions.py": `"""What tells the positions of a sequence apart."""

import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx


class LearnedPositions(nnx.Module):
    """Adds a learned vector for each position."""

    def __init__(self, length: int, features: int, *, rngs: nnx.Rngs):
        self.embedding = nnx.Param(jax.nn.initializers.normal(0.02)(rngs.params(), (length, features)))

    def __call__(self, x):
        """x: [batch, time, features], of at most \`length\` steps."""
        time, length = x.shape[1], len(self.embedding[...])
        if time > length:
            raise ValueError(f"a sequence of {time} steps is longer than the {length} positions that are learned")
        return x + self.embedding[:time]


def add_sinusoidal_positions(x):
    """x: [batch, time, features]; sines are added to the even features, cosines to the odd ones."""
    time, features = x.shape[1:]
    angles = np.arange(time)[:, None] * 10_000.0 ** (-np.arange(0, features, 2) / features)
    waves = np.stack([np.sin(angles), np.cos(angles)], -1).reshape(time, features)
    return x + jnp.asarray(waves, x.dtype)
`,
  "flaxen/ops/products.py": `"""The product of features and a kernel at many positions, whose gradients are fast on a CPU too.

Milliseconds of a product of [32, 64, 128] and [128, 512] with tanh and both gradients, one core, JAX 0.10.2 and
0.12.0: 17 and 18 as \`lax\` has it, whose gradient copies [32, 64, 512] into another order first; 9 and 10 as here.
"""

from flax import nnx
from jax import lax


class Linear(nnx.Linear):
    """\`nnx.Linear\` for features at many positions, by \`dot_general\`: the same arguments, weights and values.

    [..., in_features] -> [..., out_features]
    """

    def __init__(self, in_features: int, out_features: int, **options):
        super().__init__(in_features, out_features, dot_general=dot_general, **options)


def dot(x, kernel):
    """x: [..., features]; kernel: [features, units]; gives [..., units]."""
    return (x.reshape(-1, x.shape[-1]) @ kernel).reshape(*x.shape[:-1], -1)


def dot_general(x, kernel, dimension_numbers, **options):
    """Drop-in for \`lax.dot_general\`, as \`Linear\` calls it.

    x: [..., features]; kernel: [features, units]: all positions are rows of one matrix.
    """
    (contracted, _), _ = dimension_numbers
    if x.ndim < 3 or kernel.ndim != 2 or tuple(contracted) != (x.ndim - 1,):
        return lax.dot_general(x, kernel, dimension_numbers, **options)
    rows = lax.dot_general(x.reshape(-1, x.shape[-1]), kernel, (((1,), (0,)), ((), ())), **options)
    return rows.reshape(*x.shape[:-1], -1)
`,
  "flaxen/ops/recurrent.py": `"""Recurrent layers: one matrix product of all steps' inputs, then a \`lax.scan\` over time.

The maths of PyTorch and Keras. Gates stand side by side in the columns of the weights.
"""

import functools

import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx
from jax import lax

from flaxen.ops.products import dot


@functools.partial(jax.custom_vjp, nondiff_argnums=(0, 1))
def unroll(layer, reverse, inputs, counted, kernel, bias):
    """All states, [time, batch, units]; before the first step they are zeros.

    layer: has \`forward\` and \`backward\` of one step; inputs: [time, batch, gates * units]; counted: bool
    [time, batch, 1], false where a state stays as it is, or None; kernel: [units, gates * units]; bias: of its
    product, [gates * units], or None. JAX's own gradient of a scan would compute the gates twice and add to the
    kernel's gradient in every step: on a CPU a training step of an LSTM then takes 1.6 times as long.
    """
    return _forward(layer, reverse, inputs, counted, kernel, bias)[0]


def _forward(layer, reverse, inputs, counted, kernel, bias):
    def step(states, now):
        inputs, counted = now
        product = states[0] @ kernel
        new, saved = layer.forward(inputs, product if bias is None else product + bias, *states)
        if counted is not None:
            new = tuple(jnp.where(counted, *pair) for pair in zip(new, states, strict=True))
        return new, (new[0], saved)

    zeros = (jnp.zeros((inputs.shape[1], len(kernel)), inputs.dtype),) * layer.states
    _, (outputs, saved) = lax.scan(step, zeros, (inputs, counted), reverse=reverse)
    return outputs, (outputs, saved, counted, kernel, bias)


def _backward(layer, reverse, residuals, gradient):
    outputs, saved, counted, kernel, bias = residuals

    def step(gradients, now):
        gradient, saved, counted = now
        gradients = (gradients[0] + gradient, *gradients[1:])
        if counted is not None:
            passed = [jnp.where(counted, 0, each) for each in gradients]
            gradients = [jnp.where(counted, each, 0) for each in gradients]
        of_inputs, of_product, (direct, *others) = layer.backward(saved, *gradients)
        earlier = (of_product @ kernel.T + direct, *others)
        if counted is not None:
            earlier = tuple(map(jnp.add, earlier, passed))
        return earlier, (of_inputs, None if of_product is of_inputs else of_product)

    zero = jnp.zeros_like(outputs[:1])
    _, (of_inputs, of_product) = lax.scan(
        step, (zero[0],) * layer.states, (gradient, saved, counted), reverse=not reverse
    )
    of_product = of_inputs if of_product is None else of_product
    before = jnp.concatenate([outputs[1:], zero] if reverse else [zero, outputs[:-1]])
    of_kernel = before.reshape(-1, before.shape[-1]).T @ of_product.reshape(-1, of_product.shape[-1])
    return of_inputs, None, of_kernel, None if bias is None else of_product.sum((0, 1))


unroll.defvjp(_forward, _backward)


def sigmoid(x):
    """By the hyperbolic tangent, which a CPU computes faster."""
    return 0.5 * jnp.tanh(0.5 * x) + 0.5


class Recurrent(nnx.Module):
    """What the layers share. Each has the number of its gates and of the arrays of its state, and one step:

    forward(inputs, product, *states) -> (new states), saved: inputs and product are [batch, gates * units], the
    second one of the state and the recurrent kernel; states [batch, units].
    backward(saved, *gradients of the new states) -> gradients of the inputs, of the product, and of the earlier states
    where they enter otherwise.
    """

    gates = 1
    states = 1
    recurrent_bias = None

    def __init__(
        self, features: int, units: int, *, return_sequences: bool = False, reverse: bool = False, rngs: nnx.Rngs
    ):
        """return_sequences: all states come out, not only the last; reverse: the sequence is read from its end."""
        width = self.gates * units
        self.kernel = nnx.Param(jax.nn.initializers.glorot_uniform()(rngs.params(), (features, width)))
        self.recurrent_kernel = nnx.Param(jax.nn.initializers.orthogonal()(rngs.params(), (units, width)))
        self.bias = nnx.Param(jnp.zeros(width))
        self.return_sequences, self.reverse = return_sequences, reverse

    def __call__(self, x, mask=None):
        """The last state, [batch, units], or all of them, [batch, time, units], in the order of the input.

        x: [batch, time, features]; mask: whole numbers [batch, time], 0 where the state stays as it is.
        """
        inputs = dot(jnp.swapaxes(x, 0, 1), self.kernel[...]) + self.bias[...]  # [time, batch, gates * units]
        counted = None if mask is None else (mask.T != 0)[..., None]  # [time, batch, 1]
        bias = None if self.recurrent_bias is None else self.recurrent_bias[...]
        outputs = unroll(type(self), self.reverse, inputs, counted, self.recurrent_kernel[...], bias)
        if self.return_sequences:
            return jnp.swapaxes(outputs, 0, 1)
        return outputs[0 if self.reverse else -1]


class SimpleRNN(Recurrent):
    """state = tanh(x @ kernel + state @ recurrent_kernel + bias)."""

    @staticmethod
    def forward(inputs, product, state):
        state = jnp.tanh(inputs + product)
        return (state,), 1 - state**2

    @staticmethod
    def backward(slope, of_state):
        of_inputs = of_state * slope
        return of_inputs, of_inputs, (0,)


class LSTM(Recurrent):
    """Long short-term memory; the gates are input, forget, cell, output, and the forget gate's bias starts at 1."""

    gates = 4
    states = 2

    def __init__(self, features: int, units: int, **options):
        super().__init__(features, units, **options)
        self.bias[...] = self.bias[...].at[units : 2 * units].set(1.0)

    @staticmethod
    def forward(inputs, product, state, memory):
        half = np.repeat(np.array([0.5, 0.5, 1, 0.5], inputs.dtype), state.shape[-1])
        opened = jnp.tanh((inputs + product) * half) * half + (1 - half)  # sigmoid of all but the third, which is tanh
        admit, forget, new, show = jnp.split(opened, 4, -1)
        kept, memory = memory, forget * memory + admit * new
        seen = jnp.tanh(memory)
        slopes = (
            new * admit * (1 - admit),
            kept * forget * (1 - forget),
            admit * (1 - new**2),
            seen * show * (1 - show),
        )
        return (show * seen, memory), (jnp.concatenate(slopes, -1), show * (1 - seen**2), forget)

    @staticmethod
    def backward(saved, of_state, of_memory):
        slopes, slope, forget = saved
        of_memory = of_memory + of_state * slope
        of_inputs = slopes * jnp.concatenate([of_memory, of_memory, of_memory, of_state], -1)
        return of_inputs, of_inputs, (0, of_memory * forget)


class GRU(Recurrent):
    """Gated recurrent units; the gates are reset, update, new, and reset applies after the recurrent product."""

    gates = 3

    def __init__(self, features: int, units: int, **options):
        super().__init__(features, units, **options)
        self.recurrent_bias = nnx.Param(jnp.zeros(3 * units))

    @staticmethod
    def forward(inputs, product, state):
        opened = sigmoid(inputs[:, : 2 * state.shape[-1]] + product[:, : 2 * state.shape[-1]])
        reset, update = jnp.split(opened, 2, -1)
        own = product[:, 2 * state.shape[-1] :]
        new = jnp.tanh(inputs[:, 2 * state.shape[-1] :] + reset * own)
        slope = (1 - update) * (1 - new**2)
        both = (slope * own * reset * (1 - reset), (state - new) * update * (1 - update))
        of_inputs, of_product = (jnp.concatenate([*both, last], -1) for last in (slope, slope * reset))
        return ((1 - update) * new + update * state,), (of_inputs, of_product, update)

    @staticmethod
    def backward(saved, of_state):
        of_inputs, of_product, update = saved
        three = jnp.tile(of_state, 3)
        return three * of_inputs, three * of_product, (of_state * update,)


class Bidirectional(nnx.Module):
    """A layer for each way; their outputs stand side by side: [..., 2 * units]."""

    def __init__(self, forward: Recurrent, backward: Recurrent):
        self.forward, self.backward = forward, backward

    def __call__(self, x, mask=None):
        """x: [batch, time, features]; mask: whole numbers [batch, time], 0 where a position is padding."""
        return jnp.concatenate([self.forward(x, mask), self.backward(x, mask)], -1)
`,
  "flaxen/predict.py": `"""Predicts with a run's weights, and scores them: python -m flaxen.predict, in the program's folder.

FLAXEN_RUN is the run's folder. Requests and answers are frames on standard input and output (see frames.py);
whatever else is printed goes to standard error. The end of standard input ends the process.
"""

import functools
import importlib
import json
import os
import pathlib
import sys

import jax
import numpy as np

from flaxen.data import batches, parts
from flaxen.data.rows import Rows
from flaxen.evaluate import Evaluations
from flaxen.failure import describe
from flaxen.frames import read_frame, write_frame
from flaxen.generate import generate
from flaxen.run.cache import use_cache
from flaxen.run.steps import parts_of
from flaxen.run.weights import restore

LARGEST = 1024  # rows that the device sees at once at most; fewer where rows are large


class Predictor:
    """A trained program: \`program\` is its train.py as a module, \`folder\` holds config.json and the results."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        config = self.config = json.loads((folder / "config.json").read_text())
        results = folder / "artifacts" if (folder / "artifacts").exists() else folder
        fitted = results / "preprocessing.json"
        self.preprocessing = json.loads(fitted.read_text()) if fitted.exists() else None
        self.rows = Rows(config["data"], self.preprocessing)
        fitted = (self.preprocessing or {}).get("columns", {})
        self.targets = {name: one for name, one in fitted.items() if one.get("target")}
        self.classes = _classes(config["data"]["expects"], fitted)
        self.trained = -(-config["batch_size"] // parts_of(program.train_steps))  # rows at once
        numbers = config["trials"][0] if config.get("trials") else config
        self.hp = {name: np.float32(value) for name, value in numbers["hyperparameters"].items()}
        self.carry = jax.device_put((*self._weights(config, results / "weights.safetensors"), None))
        self.hp = jax.device_put(self.hp)

    def __call__(self, arrays, rows=None, values=None, files=None):
        """Returns the heads' outputs, name -> [rows, ...] float32; see \`Rows.prepare\`. Raises \`DataError\`."""
        batch = self.rows.prepare(arrays, rows, values, files)
        count = len(next(iter(batch.values())))
        size = self.at_once(batch)
        found = [self._predict(batch, start, min(count, start + size)) for start in range(0, count, size)]
        outputs = {name: np.concatenate([part[name] for part in found]) for name in found[0]}
        for name, fitted in self.targets.items():
            outputs[name] = parts.restore(fitted, outputs[name])
        return outputs

    @functools.cached_property
    def sums(self):
        """(params, rest, hp, batch, weight) -> the sums of a batch with its targets; nothing is learnt or dropped."""

        def sums(params, rest, hp, batch, weight):
            return self.program.loss_fn(params, rest, hp, batch, weight, train=False)[1][1]

        return jax.jit(sums)

    def at_once(self, batch):
        """How many rows the device sees at once, a power of two; batch: input -> [rows, ...]."""
        most = batches.rows_at_once(LARGEST, self.rows.spec["expects"], batch, least=min(LARGEST, self.trained))
        return 1 << (most.bit_length() - 1)

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
        hp = self.hp | means | dict.fromkeys(("total_steps", "steps_per_epoch", "rate_scale"), np.float32(1))
        given = ({},) if config.get("weights") else ()  # what the run started from is overwritten anyway
        params, rest, _ = jax.eval_shape(lambda seed, hp: self.program.init(jax.random.key(seed), hp, *given), 0, hp)
        return restore(path, params, rest)


def _classes(expects, fitted):
    """Head -> the words of its classes, where the data has words for them; input of text -> its tokens."""
    named = [
        name
        for name, one in fitted.items()
        if name in expects and (expects[name]["role"] in ("label", "labels") or one["kind"] == "text")
    ]
    words = {name: parts.vocabulary(fitted[name]) for name in named}
    return {name: found for name, found in words.items() if found is not None}


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
    requests, evaluations = sys.stdin.buffer, Evaluations(predictor)
    while frame := read_frame(requests):
        header, arrays = frame
        try:
            rows, values, files = (header.get(key) for key in ("rows", "values", "files"))
            if "generate" in header:
                texts = generate(predictor, header["generate"], arrays, values, files)
                write_frame(answers, {"id": header["id"], "texts": texts})
            elif "evaluate" in header:
                found = evaluations.answer(header["evaluate"], arrays, rows, values, files)
                write_frame(answers, {"id": header["id"]} | found)
            else:
                write_frame(answers, {"id": header["id"]}, predictor(arrays, rows, values, files))
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

    def _test(self, metrics, seconds, lane=None, **_):
        which = "" if lane is None else f"lane {lane}  "
        self._line(f"{which}{_show(metrics)}  {seconds:.1f} s")

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
from flaxen.run.rows import per_row
from flaxen.run.run import Run
from flaxen.run.weights import start_from

__all__ = ["Cancelled", "Run", "open", "per_row", "read_config", "start_from"]


@contextlib.contextmanager
def open(config, init, train_steps, evaluate, finish):
    """A run of the program's functions; \`evaluate\` is None without rows to validate or test on.

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
    """The last two carries of a few seconds ago, from which steps can be run again. The first carry is made anew.

    Both copies are on the device: a run of more than two intervals takes three times the memory of its carry, of which
    two are these. With Adam a carry is three times the parameters (they, and two moments of each), so the copies are
    six times the parameters.
    """

    def __init__(self, initial, clock=time.monotonic):
        self.initial, self.clock, self.taken = initial, clock, clock()
        self.kept = []

    def before(self, step, carry):
        """Keeps a copy of the carry that \`step\` starts from, when the last is old enough."""
        if self.clock() - self.taken > INTERVAL:
            self.kept = self.kept[-1:]  # first, so that there are never three
            self.kept.append((step, copy(carry)))
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
        """(seeds, hp, ...) -> carry; what else \`init\` takes is the same for all lanes."""
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
    def seeded(seed, hp, *shared):
        return init(jax.random.key(seed), hp, *shared)

    def lanes(seeds, hp, *shared):
        return jax.vmap(lambda seed, hp: seeded(seed, hp, *shared))(seeds, hp)

    return jax.jit(lanes if several else seeded)


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

    The supervisor starts workers with large pages besides (worker_process.py), which a running process cannot ask for.
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

TARGET = 0.4  # seconds of work a dispatch: metrics come soon, and the cost of a dispatch, its memory too, is lost in it


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
  "flaxen/run/plateau.py": `"""Lower learning rates where a metric stops improving."""

import numpy as np


class ReduceOnPlateau:
    """Decides for one run, or for every lane by itself: all state is arrays of shape () or [lanes].

    After \`patience\` epochs without an improvement of more than \`min_delta\`, \`scale\` is multiplied by \`factor\`, down to
    \`min_scale\`; the \`cooldown\` epochs after that are not counted.
    """

    def __init__(self, lanes, metric, mode, factor, patience, min_delta, cooldown, min_scale):
        self.metric, self.sign = metric, 1 if mode == "max" else -1
        self.factor, self.patience, self.min_delta = factor, patience, min_delta
        self.cooldown, self.min_scale = cooldown, min_scale
        shape = () if lanes is None else (lanes,)
        self.score, self.waited = np.full(shape, -np.inf), np.zeros(shape, int)
        self.cooling, self.scale = np.zeros(shape, int), np.ones(shape)

    def __call__(self, metrics):
        """Returns whether the scale of any lane has changed."""
        score = self.sign * np.asarray(metrics[self.metric])
        better = score > self.score + self.min_delta
        self.score = np.where(better, score, self.score)
        cooling = self.cooling > 0
        self.waited = np.where(better | cooling, 0, self.waited + 1)
        reduced = (self.waited >= self.patience) & (self.scale > self.min_scale)
        self.scale = np.where(reduced, np.maximum(self.scale * self.factor, self.min_scale), self.scale)
        self.waited = np.where(reduced, 0, self.waited)
        self.cooling = np.where(reduced, self.cooldown, np.maximum(self.cooling - 1, 0))
        return bool(reduced.any())
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

    def test(self, sums):
        """Metrics of the test rows, under "test/"."""
        finished = self._finish(self._total(self._read(sums, slice(None))))
        return {f"test/{name}": value for name, value in finished.items()}

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
  "flaxen/run/results.py": `"""What a run leaves behind: weights, and what its train rows told."""

import json

import jax

from flaxen.events import finite, plain
from flaxen.run.weights import save


def save_results(folder, weights, lanes, preprocessing, facts):
    """Writes weights.safetensors (weights-<lane>.safetensors for lanes) and, where there is any, preprocessing.json.

    weights: (params, rest); preprocessing: what was fitted, or None; facts: what \`target_facts\` gives.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if lanes is None:
        save(folder / "weights.safetensors", *weights)
    for lane in range(lanes or 0):
        params, rest = jax.tree.map(lambda leaf: leaf[lane], weights)  # noqa: B023
        save(folder / f"weights-{lane}.safetensors", params, rest)
    known = (preprocessing or {}) | ({"facts": finite(facts)} if facts else {})
    if known:
        part = folder / "preprocessing.json.part"
        part.write_text(json.dumps(known, default=plain))
        part.rename(folder / "preprocessing.json")
`,
  "flaxen/run/rows.py": `"""What a loss or a metric of the user's own gives for the rows of a batch."""


def per_row(value, weight, name, count=None):
    """The value as it is; raises where it is not one number for each row or position, as \`weight\` has.

    With \`count\` it is a tuple of so many.
    """
    if count is None:
        parts = (value,)
    elif isinstance(value, tuple | list) and len(value) == count:
        parts = value
    else:
        given = f"{len(value)} of them" if isinstance(value, tuple | list) else "one value"
        raise ValueError(f"{name} gave {given}, but it must give {count}: one for each of its sums")
    for part in parts:
        shape = getattr(part, "shape", ())
        if tuple(shape) != tuple(weight.shape):
            what = "row" if weight.ndim == 1 else "position"
            wanted = f"one number for each {what} of a batch: {list(weight.shape)}"
            raise ValueError(f"{name} gave {list(shape)}, but it must give {wanted}")
    return value
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
from flaxen.data.dataset import target_facts
from flaxen.events import Pipe
from flaxen.progress import Progress
from flaxen.run import weights
from flaxen.run.blame import blame
from flaxen.run.carry import Snapshots
from flaxen.run.device import open_device
from flaxen.run.early_stopping import EarlyStopping
from flaxen.run.functions import compiled_functions
from flaxen.run.lanes import Lanes
from flaxen.run.memory import keep_freed_memory
from flaxen.run.pace import Pace
from flaxen.run.plateau import ReduceOnPlateau
from flaxen.run.report import Report
from flaxen.run.results import save_results
from flaxen.run.steps import Order, Steps, parts_of

CHUNK = 512  # steps of one dispatch at most
EVALUATION_BATCH = 1000  # rows at most, unless training reads more at once
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
        plateau = config.get("reduce_on_plateau")
        self.plateau = plateau and ReduceOnPlateau(self.lanes.count, **plateau)
        self.step, self.reported, self.pending, self.alarmed = 0, 0, collections.deque(), set()
        self.shown = None  # the lane whose metrics are the result's
        self.result = {"step": 0, "epoch": None, "bestEpoch": None, "metrics": {}}
        self.started = time.perf_counter()
        backend, devices = open_device()
        self.emit("device.info", backend=backend, devices=devices, jax=jax.__version__, warm=self.control.warm)

    def init(self, train, validation=None, test=None):
        """Compiles everything and returns the first carry."""
        self.control.check()
        config, lanes, size = self.config, self.lanes, self.config["batch_size"]
        self.train, steps = train, batches.steps_per_epoch(train.rows, size)
        self.total = config.get("steps") or config["epochs"] * steps
        held = {name: part for name, part in (("validation", validation), ("test", test)) if part}
        self._prepared({"train": train} | held, steps)
        facts = {"total_steps": self.total, "steps_per_epoch": steps, "rate_scale": 1.0}
        self.facts = target_facts(config["data"]["expects"], train)
        facts |= self.facts
        self.hp = jax.device_put(lanes.hp | {name: lanes.constant(value) for name, value in facts.items()})
        order = Order(train.rows, size, config["shuffle_seed"], chunk=min(CHUNK, steps, self.total))
        self.pace = Pace(order.chunk)
        carry = self._compile(order, held)
        self.control.check()
        self.epoch_started = time.perf_counter()
        return carry

    def _compile(self, order, held):
        start, lanes, program = functools.partial(compiled_functions().start, self.emit), self.lanes, self.programs
        # Runs once: to compile it well would take longer than it runs.
        options = {"xla_backend_optimization_level": 1}
        arguments = lanes.seeds, self.hp, *self._given()
        carry, init = start("init", lanes.init(program["init"]), *arguments, **options)
        index, weight = (jax.ShapeDtypeStruct((order.chunk, order.batch_size), kind) for kind in (np.int32, np.float32))
        function, columns = lanes.train_steps(program["train_steps"]), self.train.columns
        _, train_steps = start("train_steps", function, carry, self.hp, np.int32(1), columns, index, weight)
        evaluations = {}
        for name, part in held.items():
            index, weight = jax.device_put(batches.evaluation(part.rows, self._evaluated(part)))
            function = lanes.evaluate(program["evaluate"])
            _, evaluate = start("evaluate", function, carry, self.hp, part.columns, index, weight)
            evaluations[name] = evaluate, part.columns, index, weight
        init = init()
        first = functools.partial(init, *arguments)
        carry, self.snapshots = first(), Snapshots(first)
        self.device_steps = Steps(train_steps(), program["train_steps"], self.hp, columns, order)
        self.evaluations = {name: (evaluate(), *rest) for name, (evaluate, *rest) in evaluations.items()}
        return carry

    def _evaluated(self, part):
        """Rows that \`evaluate\` reads at once: never fewer than \`train_steps\` does, which has more to keep of each."""
        size = self.config["batch_size"]
        return batches.rows_at_once(
            max(size, EVALUATION_BATCH),
            self.config["data"]["expects"],
            part.columns,
            least=-(-size // parts_of(self.programs["train_steps"])),
            copies=self.lanes.count or 1,
        )

    def _given(self):
        """The weights to start from, where the config names their file: what \`init\` takes besides."""
        file = self.config.get("weights")
        return (jax.device_put(weights.load(pathlib.Path(self.config["assets"]) / file)),) if file else ()

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
        first, self.step = self.step, self.step + count
        return self.device_steps(carry, first, count, index, weight)

    def evaluate(self, carry, _validation):
        """Dispatches the validation rows; returns the sums of each batch, [batches] arrays."""
        self.control.check()
        return self._evaluate("validation", carry)

    def test(self, carry, _test):
        """Scores the test rows, once: with the weights that \`save\` will write."""
        self.control.check()
        self._drain(keep=0)
        started = time.perf_counter()
        metrics = self.report.test(self._evaluate("test", (*self._kept(carry), *carry[2:])))
        seconds = round(time.perf_counter() - started, 3)
        for fields, lane in self.lanes.each(metrics):
            self.emit("test", step=self.step, metrics=lane, seconds=seconds, **fields)
            if fields.get("lane") == self.shown:
                self.result["metrics"] = self.result["metrics"] | lane

    def steps(self, count, sums):
        """Reports a chunk. The one before is read only now that this one is on its way: the device never waits."""
        self.pending.append((self._report_steps, count, sums, self.dispatched))
        self._drain(keep=1)

    def epoch(self, epoch, carry, sums=None):
        """Reports an epoch, \`sums\` those of the validation rows. True when the run should end."""
        self.pending.append((self._report_epoch, epoch, self.step, carry, sums))
        # Read with the next chunk: its dispatch comes first, so that short epochs do not leave the device idle.
        if self.stopping or self.plateau:
            self._drain(keep=0)
        return self.control.stop or bool(self.stopping and self.stopping.stopped.all())

    def save(self, carry):
        """Writes the weights: the best epoch's where early stopping chose one, else these."""
        self._drain(keep=0)
        folder, kept = pathlib.Path(self.config["outputs"]), self._kept(carry)
        save_results(folder, kept, self.lanes.count, self.train.preprocessing, self.facts)

    def close(self, reason=None):
        """Reports the end; called by \`run.open\`."""
        if reason is None:
            self._drain(keep=0)
            reason = "stopped" if self.control.stop else "completed"
        self.emit("_result", reason=reason, **self.result)
        self.emit.close()

    def _kept(self, carry):
        """(parameters, other state) of the best epoch where early stopping chose one, else those of the carry."""
        return self.stopping.best if self.stopping and self.stopping.best else carry[:2]

    def _evaluate(self, part, carry):
        function, *data = self.evaluations[part]
        return function(carry, self.hp, *data)

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
        if self.plateau and self.plateau(metrics):
            self.device_steps.change(step, rate_scale=np.float32(self.plateau.scale))
        now = time.perf_counter()
        seconds, self.epoch_started = round(now - self.epoch_started, 3), now
        for fields, lane in self.lanes.each(metrics | {"": np.stack([running, better], -1)}):
            active, best = lane.pop("").tolist()
            if active:
                self.emit("epoch", epoch=epoch, step=step, metrics=lane, best=best, seconds=seconds, **fields)
            if best or not self.stopping:
                self.result |= {"metrics": lane, "bestEpoch": epoch if best else None}
                self.shown = fields.get("lane")
        self.result |= {"step": step, "epoch": epoch}

    def _warn(self, lane, step):
        if lane not in self.alarmed:
            self.alarmed.add(lane)
            self.emit("warning", code="non-finite-loss", text=f"lane {lane}: the loss is not finite at step {step}")
`,
  "flaxen/run/steps.py": `"""The steps of a run by their number: which rows each reads, and how to run some of them again."""

import inspect

import jax
import numpy as np

from flaxen.data import batches


def parts_of(train_steps):
    """In how many parts the program's \`train_steps\` reads a batch: the constant PARTS of its module, else 1."""
    return inspect.unwrap(train_steps).__globals__.get("PARTS", 1)


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
        self.compiled, self.program, self.columns, self.order = compiled, program, columns, order
        self.numbers = [(0, hp)]  # hyperparameters, and the steps that they hold from

    def change(self, step, **numbers):
        """Other hyperparameters from a step on, which begins an epoch."""
        self.numbers.append((step, self.numbers[-1][1] | jax.device_put(numbers)))

    def hp(self, step):
        """The hyperparameters of a step."""
        return next(hp for first, hp in reversed(self.numbers) if first <= step)

    def __call__(self, carry, first, count, index, weight):
        """Steps \`first\` .. \`first + count - 1\` of one epoch; index, weight: [chunk, batch]. The carry is donated."""
        return self.compiled(carry, self.hp(first), np.int32(count), self.columns, index, weight)

    def again(self, carry, first, count):
        """Runs steps \`first\` .. \`first + count - 1\` of the run and returns the carry."""
        done = first + count
        while first < done:
            epoch, at = divmod(first, self.order.steps)
            count = min(done - first, self.order.chunk, self.order.steps - at)
            index, weight = (part[at : at + self.order.chunk] for part in self.order.epoch(epoch))
            carry, _ = self(carry, first, count, index, weight)
            first += count
        return carry

    def one_by_one(self, carry, step):
        """Runs one step operation by operation, as Python runs it."""
        epoch, at = divmod(step, self.order.steps)
        index, weight = (jax.numpy.asarray(part[at : at + 1]) for part in self.order.epoch(epoch))
        with jax.disable_jit():
            return self.program(carry, self.hp(step), 1, self.columns, index, weight)
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

    arrays = {name: np.asarray(leaf, order="C") for name, leaf in jax.device_get(flatten(params, rest)).items()}
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


def load(path):
    """Returns name -> array of a safetensors file, for \`start_from\`."""
    from safetensors.numpy import load_file

    return load_file(path)


def start_from(weights, params, rest):
    """Returns (params, rest) with the given arrays in place of those of their names; the others stay.

    weights: name -> array. A name that the model does not have, or another shape, is a ValueError.
    """
    left = dict(weights)

    def leaf(path, own):
        keys = [str(key.key) for key in path]
        given = None if "rngs" in keys else left.pop("/".join(keys), None)
        if given is None:
            return own
        if given.shape != own.shape:
            raise ValueError(f'the weights "{"/".join(keys)}" of shape {own.shape}: those given have {given.shape}')
        return jnp.asarray(given, own.dtype)

    started = tuple(jax.tree_util.tree_map_with_path(leaf, tree) for tree in (params, rest))
    if left:
        raise ValueError(f"weights that the model does not have: {', '.join(sorted(left))}")
    return started
`,
  "flaxen/worker.py": `"""Runs the program in the current folder for a supervisor: python -m flaxen.worker.

FLAXEN_RUN is the run's folder, FLAXEN_EVENTS_FD the pipe that events are written to; standard input brings control
lines, and its end means that the supervisor is dead. Standard output and error are the program's own. With FLAXEN_KEEP
the process stays when a run has ended well: it tells so by \`_idle\` and runs the same program again when it is asked to,
which it tells by \`_taken\` before anything of that run happens.
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
        request = listener.next_run()
        emit("_taken")
        _prepare(program, request)
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

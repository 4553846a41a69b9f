"""A data set on the device."""

import concurrent.futures
import dataclasses
import hashlib

import numpy as np

from flaxen.data import tokens
from flaxen.data.errors import DataError

BLOCK = 4 << 20  # bytes that are hashed at once, on any core


@dataclasses.dataclass(frozen=True)
class Dataset:
    """`columns`: name -> device array [rows, ...]; `preprocessing`: what was fitted on the train rows, or None."""

    columns: dict
    rows: int
    fingerprint: str
    preprocessing: dict | None = None


def fingerprint(columns):
    """`sha256:...` of names, types, shapes and the hashes of the content's blocks. columns: name -> NumPy array."""
    digest = hashlib.sha256()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        for name in sorted(columns):
            values = columns[name]
            digest.update(f"{name} {values.dtype.str} {values.shape}\n".encode())
            content = memoryview(values.ravel().view("u1"))
            blocks = (content[at : at + BLOCK] for at in range(0, len(content), BLOCK))
            for block in pool.map(lambda block: hashlib.sha256(block).digest(), blocks):
                digest.update(block)
    return f"sha256:{digest.hexdigest()}"


def target_facts(expects, train):
    """What programs read of the train rows' targets and labels.

    `<target>_mean`: a number, or [outputs]; sums of r2 are taken around it. `<target>_scale`: alike, where the target
    is scaled; what an error is multiplied by to be in the target's own unit. `<target>_naive`: alike, where the naive
    forecast is asked for; how far a target [time, outputs] is from the one before, NaN where it never changes.
    `<label>_class_weights`: [classes], rows / (classes * rows of the class), where classes are balanced.
    `<input>_bytes`: how many bytes each token of a text stands for, where they are asked for.
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

"""A data set on the device."""

import dataclasses
import hashlib

import numpy as np


@dataclasses.dataclass(frozen=True)
class Dataset:
    """`columns`: name -> device array [rows, ...]; `preprocessing`: what was fitted on the train rows, or None."""

    columns: dict
    rows: int
    fingerprint: str
    preprocessing: dict | None = None


def fingerprint(columns):
    """`sha256:...` of names, types, shapes and content. columns: name -> NumPy array."""
    digest = hashlib.sha256()
    for name in sorted(columns):
        values = columns[name]
        digest.update(f"{name} {values.dtype.str} {values.shape}\n".encode())
        digest.update(memoryview(values.ravel().view("u1")))
    return f"sha256:{digest.hexdigest()}"


def target_means(expects, train):
    """`<target>_mean` of the train rows: a number, or [outputs]. Sums of r2 are taken around it."""
    means = {}
    for name, expected in expects.items():
        if expected["role"] == "target":
            mean = np.asarray(train.columns[name]).mean(0, dtype=np.float64)
            means[f"{name}_mean"] = mean[0] if len(mean) == 1 else mean
    return means

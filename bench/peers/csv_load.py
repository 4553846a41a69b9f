"""A table of a million rows: as the runtime puts it on the device, and as Polars alone reads it."""

import os
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "python"))

import jax
import numpy as np
import polars as pl
from flaxen.data import load
from flaxen.data.kept import last_data

from protocol import Marks, serve

ROWS, FEATURES = 1_000_000, 32
FOLDER = pathlib.Path(os.environ.get("BENCH_TABLES") or tempfile.gettempdir()) / "flaxen-bench-tables"
FILE = FOLDER / f"{ROWS}x{FEATURES + 1}.csv"
NAMES = [f"x{place}" for place in range(FEATURES)]
SPEC = {
    "kind": "csv",
    "path": FILE.name,
    "features": {"x": NAMES},
    "targets": {"y": "y"},
    "validation": None,
    "scaling": "standard",
    "expects": {
        "x": {"role": "input", "shape": [FEATURES], "dtype": "float"},
        "y": {"role": "target", "outputs": 1},
    },
}


def write():
    """Once a machine; 360 MB."""
    if FILE.exists():
        return
    FOLDER.mkdir(exist_ok=True)
    values = np.random.default_rng(0).standard_normal((ROWS, FEATURES + 1), dtype=np.float32)
    part = FILE.with_suffix(".part")
    pl.DataFrame(values, schema=[*NAMES, "y"]).write_csv(part)
    part.rename(FILE)


def ours(times):
    """Read, scaled, checked, hashed, on the device."""
    marks = Marks()
    for _ in range(times):
        last_data().identity = None  # what a run of another process would find
        train, _ = load({"data": SPEC, "assets": str(FOLDER), "batch_size": 128, "shuffle_seed": 0})
        jax.block_until_ready(train.columns)
        marks.add(1)
    return marks, f"{train.rows:,} rows"


def bare(times):
    marks = Marks()
    for _ in range(times):
        frame = pl.read_csv(FILE)
        marks.add(1)
    return marks, f"read_csv, {frame.height:,} x {frame.width}"


if __name__ == "__main__":
    write()
    serve(f"Polars {pl.__version__}", {"load": ours, "read": bare})

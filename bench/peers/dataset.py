"""The data of the benchmarks, the same bytes for everybody."""

import os
import pathlib

import numpy as np


def digits():
    """Image float32 [1797, 64] in 0..1 and digit int32 [1797], as the bench wrote them."""
    folder = pathlib.Path(os.environ["BENCH_DIGITS"])
    image = np.fromfile(folder / "image.f32", np.float32).reshape(-1, 64)
    return image, np.fromfile(folder / "digit.i32", np.int32)


def mnist():
    """MNIST's 60,000 training rows: image float32 [60000, 28, 28, 1] in 0..1 and digit int32 [60000]."""
    folder = pathlib.Path(os.environ["BENCH_MNIST"])
    image = np.fromfile(folder / "train-images-idx3-ubyte", np.uint8, offset=16).reshape(-1, 28, 28, 1)
    digit = np.fromfile(folder / "train-labels-idx1-ubyte", np.uint8, offset=8)
    return image.astype(np.float32) / 255, digit.astype(np.int32)

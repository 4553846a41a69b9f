"""Writes scikit-learn's digits as raw files: python write_digits.py FOLDER"""

import pathlib
import sys

import numpy as np
from sklearn.datasets import load_digits

folder = pathlib.Path(sys.argv[1])
digits = load_digits()
folder.mkdir(parents=True, exist_ok=True)
(digits.data / 16).astype(np.float32).tofile(folder / "image.f32")
digits.target.astype(np.int32).tofile(folder / "digit.i32")

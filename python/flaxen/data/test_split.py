"""Validation rows are set aside once, by the shuffle seed."""

import numpy as np
import pytest

from flaxen.data import DataError
from flaxen.data.split import split


def test_both_parts_hold_every_row_once():
    columns = {"x": np.arange(50).reshape(50, 1), "y": np.arange(50)}
    train, validation = split(columns, 0.2, 3)
    assert len(validation["y"]) == 10
    np.testing.assert_array_equal(np.sort(np.concatenate([train["y"], validation["y"]])), np.arange(50))
    np.testing.assert_array_equal(train["x"][:, 0], train["y"])
    again = split(columns, 0.2, 3)
    np.testing.assert_array_equal(next(iter(again))["y"], train["y"])


def test_a_part_without_rows_is_refused():
    with pytest.raises(DataError, match="0.01 of 10 rows leaves 10 to train on and 0 to validate on"):
        split({"x": np.arange(10)}, 0.01, 0)

"""Validation rows are set aside once, by the shuffle seed."""

import numpy as np
import pytest

from flaxen.data import DataError
from flaxen.data.split import chosen, split

LABELS = np.repeat([0, 1, 2], [70, 20, 10])
PATIENTS = np.arange(100) // 4 % 25


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


def test_every_class_has_the_same_share():
    validates = chosen(100, {"ratio": 0.2, "stratify": "kind"}, 0, {"stratify": LABELS})
    assert np.bincount(LABELS[validates]).tolist() == [14, 4, 2]
    assert (chosen(100, {"ratio": 0.2}, 1, {}) != validates).any()
    with pytest.raises(DataError, match='the class "2" has one row only'):
        chosen(91, {"ratio": 0.2}, 0, {"stratify": LABELS[:91]})


@pytest.mark.parametrize("stratify", [{}, {"stratify": LABELS}])
def test_groups_are_never_on_both_sides(stratify):
    for how in ({"ratio": 0.3}, {"fold": 1, "of": 4}):
        validates = chosen(100, how, 5, {"group": PATIENTS} | (stratify if "fold" in how else {}))
        assert not set(PATIENTS[validates]) & set(PATIENTS[~validates])
        assert 10 < validates.sum() < 50


def test_further_groups_move_none_of_the_old():
    first = chosen(100, {"ratio": 0.3}, 5, {"group": PATIENTS})
    more = chosen(140, {"ratio": 0.3}, 5, {"group": np.concatenate([PATIENTS, np.arange(100, 140)])})
    np.testing.assert_array_equal(more[:100], first)


@pytest.mark.parametrize("marks", [{}, {"stratify": LABELS}, {"group": PATIENTS}])
def test_every_row_is_in_one_fold(marks):
    folds = [chosen(100, {"fold": fold, "of": 5}, 2, marks) for fold in range(5)]
    np.testing.assert_array_equal(np.sum(folds, 0), np.ones(100))
    assert [fold.sum() for fold in folds] == [20] * 5
    if "stratify" in marks:
        assert {tuple(np.bincount(LABELS[fold])) for fold in folds} == {(14, 4, 2)}


def test_fewer_groups_than_folds():
    with pytest.raises(DataError, match="9 folds need as many groups, but there are 2"):
        chosen(4, {"fold": 0, "of": 9}, 0, {"group": np.array(["a", "b", "a", "b"])})

"""Rows are set aside once, by the shuffle seed: to validate, and to test."""

import numpy as np
import pytest

from flaxen.data import DataError
from flaxen.data.split import chosen, set_aside

LABELS = np.repeat([0, 1, 2], [70, 20, 10])
PATIENTS = np.arange(100) // 4 % 25


def test_every_row_is_in_one_part():
    for ways, sizes in (
        ({"validation": 0.2}, (40, 10, 0)),
        ({"validation": 0.2, "test": 0.1}, (35, 10, 5)),
        ({"test": 0.3}, (35, 0, 15)),
    ):
        parts = set_aside(50, ways, 3, {})
        assert tuple(parts.get(name, np.zeros(50)).sum() for name in ("train", "validation", "test")) == sizes
        np.testing.assert_array_equal(sum(part.astype(int) for part in parts.values()), np.ones(50))
        for name, part in set_aside(50, ways, 3, {}).items():
            np.testing.assert_array_equal(part, parts[name])
        assert (set_aside(50, ways, 4, {})["train"] != parts["train"]).any()


def test_what_tests_is_the_same_however_rows_validate():
    marks = {"test": {"stratify": LABELS}, "validation": {"group": PATIENTS, "stratify": LABELS}}
    test = {"ratio": 0.2, "stratify": "kind"}
    alone = set_aside(100, {"test": test}, 7, marks)["test"]
    assert np.bincount(LABELS[alone]).tolist() == [14, 4, 2]
    folds = [{"fold": fold, "of": 4} for fold in range(4)]
    drawn = {"test": marks["test"]}
    parts = [set_aside(100, {"test": test, "validation": how}, 7, drawn) for how in folds]
    for part in parts:
        np.testing.assert_array_equal(part["test"], alone)
    np.testing.assert_array_equal(sum(part["validation"].astype(int) for part in parts), ~alone)


def test_groups_are_on_one_side_of_three():
    groups = np.repeat(np.arange(300), 3)
    how = {"ratio": 0.2, "group": "patient"}
    ways, marks = {"test": how, "validation": how}, {"test": {"group": groups}, "validation": {"group": groups}}
    parts = set_aside(900, ways, 1, marks)
    for name in ("test", "validation"):
        assert 120 < parts[name].sum() < 240
        assert not set(groups[parts[name]]) & set(groups[~parts[name]])
    more = np.concatenate([groups, np.arange(300, 400)])
    again = set_aside(1000, ways, 1, {"test": {"group": more}, "validation": {"group": more}})
    for name, part in parts.items():
        np.testing.assert_array_equal(again[name][:900], part)


def test_stratified_shares_are_of_all_rows():
    how = {"ratio": 0.2, "stratify": "kind"}
    parts = set_aside(
        100, {"test": how, "validation": how}, 0, {name: {"stratify": LABELS} for name in ("test", "validation")}
    )
    assert {name: np.bincount(LABELS[part]).tolist() for name, part in parts.items()} == {
        "train": [42, 12, 6],
        "validation": [14, 4, 2],
        "test": [14, 4, 2],
    }


def test_a_part_without_rows_is_refused():
    with pytest.raises(DataError, match="validation: 0.01 of 10 rows leaves 10 to train on and 0 to validate on"):
        set_aside(10, {"validation": 0.01}, 0, {})
    with pytest.raises(DataError, match="test: 0.01 of 10 rows leaves 10 to train on and 0 to test on"):
        set_aside(10, {"validation": 0.5, "test": 0.01}, 0, {})
    with pytest.raises(DataError, match="validation: 0.5 of 10 rows leaves 0 to train on and 5 to validate on"):
        set_aside(10, {"validation": 0.5, "test": 0.5}, 0, {})
    with pytest.raises(DataError, match='test: no row has "c" in column "part"'):
        set_aside(2, {"test": {"column": "part", "value": "c"}}, 0, {"test": {"column": np.array(["a", "b"])}})


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

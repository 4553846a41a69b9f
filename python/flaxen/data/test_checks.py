"""Each thing that may be wrong with a column: its code, and a message that names column, row and value."""

import numpy as np
import pytest
from sklearn.utils.class_weight import compute_class_weight

from flaxen.data import DataError
from flaxen.data.checks import check, check_batch_size
from flaxen.data.dataset import Dataset, target_facts

EXPECTS = {
    "image": {"role": "input", "shape": [2, 2, 1], "dtype": "float"},
    "words": {"role": "input", "shape": [3], "dtype": "int", "below": 5},
    "digit": {"role": "label", "classes": 10},
    "price": {"role": "target", "outputs": 1},
}


def columns(**changes):
    good = {
        "image": np.zeros((4, 2, 2), np.uint8),
        "words": np.zeros((4, 3), np.int64),
        "digit": np.arange(4, dtype=np.uint8),
        "price": np.arange(4, dtype=np.float64),
    }
    return good | changes


def test_good_columns_get_the_types_and_shapes_that_the_model_reads():
    result = check(columns(), EXPECTS, "train")
    assert {name: (values.dtype.name, values.shape) for name, values in result.items()} == {
        "image": ("uint8", (4, 2, 2, 1)),
        "words": ("int32", (4, 3)),
        "digit": ("int32", (4,)),
        "price": ("float32", (4, 1)),
    }


with_nan = np.zeros((4, 2, 2, 1))
with_nan[2, 1, 0] = np.nan


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        ({"digit": np.array([0, 1, 12, 11])}, "label-out-of-range", 'column "digit", row 2: 12, but .* 0 to 9 .2 rows'),
        ({"digit": np.array([0, 1, -1, 2])}, "label-out-of-range", "row 2: -1"),
        ({"digit": np.zeros(4)}, "wrong-dtype", "float64 values, but class numbers"),
        ({"digit": np.zeros(3, int)}, "shape-mismatch", '3 rows in column "digit", but 4 in "words"'),
        ({"words": np.full((4, 3), 5)}, "index-out-of-range", 'column "words", row 0: 5, but .* 0 to 4'),
        ({"words": np.zeros((4, 2), int)}, "shape-mismatch", r"shape \[2\], but the model expects \[3\]"),
        ({"image": with_nan}, "not-a-number", r"row 2, position \[1, 0, 0\]: nan"),
        ({"image": np.full((4, 2, 2, 1), 1e300)}, "not-a-number", r"1e\+300"),
        ({"image": np.zeros((4, 3, 2))}, "shape-mismatch", r"\[3, 2\], but the model expects \[2, 2, 1\]"),
        ({"image": np.full((4, 2, 2), "a")}, "wrong-dtype", "numbers are expected"),
        ({"price": np.array([1, 2, np.inf, 4])}, "not-a-number", 'column "price", row 2: inf'),
    ],
)
def test_bad_values_are_named(change, code, message):
    with pytest.raises(DataError, match=message) as caught:
        check(columns(**change), EXPECTS, "train")
    assert caught.value.code == code
    assert caught.value.facts["column"] in change


def test_missing_and_empty_columns():
    with pytest.raises(DataError, match='the train data has no column "image"; did you mean "imagr"'):
        check({"imagr": np.zeros(3)}, EXPECTS, "train")
    with pytest.raises(DataError, match="the validation data has no rows") as caught:
        check({name: values[:0] for name, values in columns().items()}, EXPECTS, "validation")
    assert caught.value.code == "empty-data"


def test_a_batch_may_not_be_larger_than_the_data():
    check_batch_size(4, columns())
    with pytest.raises(DataError, match="the batch size is 5, but there are only 4 rows") as caught:
        check_batch_size(5, columns())
    assert caught.value.code == "batch-larger-than-data"


POSITIONS = {
    "words": {"role": "input", "shape": ["time"], "dtype": "int", "below": 5},
    "tag": {"role": "label", "classes": 3, "shape": ["time"]},
    "topics": {"role": "labels", "classes": 2},
    "box": {"role": "target", "outputs": 2, "shape": [2, 2]},
}


def of_positions(**changes):
    good = {
        "words": np.ones((3, 4), np.int64),
        "tag": np.array([[0, 1, 2, -1]] * 3),
        "topics": np.array([[0, 1], [1, 1], [False, True]]),
        "box": np.zeros((3, 2, 2)),
    }
    return good | changes


def test_labels_of_positions_and_of_several_classes_and_targets_of_any_shape():
    result = check(of_positions(), POSITIONS, "train")
    assert {name: (values.dtype.name, values.shape) for name, values in result.items()} == {
        "words": ("int32", (3, 4)),
        "tag": ("int32", (3, 4)),
        "topics": ("float32", (3, 2)),
        "box": ("float32", (3, 2, 2)),
    }


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        (
            {"tag": np.array([[0, 1, 2, -2]] * 3)},
            "label-out-of-range",
            r'"tag", row 0, position \[3\]: -2, but .* -1 is',
        ),
        ({"tag": np.array([[0, 3, 2, 1]] * 3)}, "label-out-of-range", r"position \[1\]: 3, but the head has 3 classes"),
        ({"tag": np.zeros((3, 5), int)}, "shape-mismatch", '"time" is 4 in column "words", but 5 in column "tag"'),
        ({"tag": np.zeros(3, int)}, "shape-mismatch", r"a row has the shape \[\], but the model expects \['time'\]"),
        ({"topics": np.array([[0, 1], [1, 2], [0, 0]])}, "label-out-of-range", r"row 1, position \[1\]: 2, but 0 or 1"),
        ({"box": np.zeros((3, 2, 3))}, "shape-mismatch", r"\[2, 3\], but the model expects \[2, 2\]"),
    ],
)
def test_bad_labels_of_positions_are_named(change, code, message):
    with pytest.raises(DataError, match=message) as caught:
        check(of_positions(**change), POSITIONS, "train")
    assert caught.value.code == code


def test_a_scaled_target_tells_what_its_errors_are_multiplied_by():
    expects = {"price": {"role": "target", "outputs": 1, "scaled": True}, "age": {"role": "target", "outputs": 2}}
    expects["both"] = {"role": "target", "outputs": 2, "scaled": True}
    columns = {name: np.ones((3, one["outputs"]), np.float32) for name, one in expects.items()}
    fitted = {"price": [4.0], "age": [1.0, 1.0], "both": [0.5, 1.0]}
    fitted = {name: {"columns": [{"scale": scale} for scale in scales]} for name, scales in fitted.items()}
    facts = target_facts(expects, Dataset(columns, 3, "", {"columns": fitted}))
    assert facts["price_scale"] == 4
    assert facts["both_scale"].tolist() == [0.5, 1]
    assert "age_scale" not in facts


def test_balanced_classes_weigh_what_scikit_learn_says():
    labels = np.array([[0, 0, -1], [0, 1, 2], [2, 0, -1]], np.int32)
    expects = {"tag": {"role": "label", "classes": 4, "shape": [3], "balanced": True}}
    facts = target_facts(expects, Dataset({"tag": labels}, 3, ""))
    counted = labels[labels >= 0]
    expected = compute_class_weight("balanced", classes=np.unique(counted), y=counted)
    np.testing.assert_allclose(facts["tag_class_weights"][:3] * 4 / 3, expected)

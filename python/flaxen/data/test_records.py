"""Rows that were handed over as JSON: every cell is what it is."""

import json

import numpy as np
import pytest

from flaxen.data import DataError, load

SPEC = {
    "kind": "records",
    "path": "train.json",
    "validation": "held.json",
    "scaling": "none",
    "features": {"size": ["area"], "place": [{"column": "city", "kind": "category", "missing": "unknown"}]},
    "targets": {"kind": "kind"},
    "expects": {
        "size": {"role": "input", "shape": [1], "dtype": "float"},
        "place": {"role": "input", "shape": [1], "dtype": "int", "below": 6},
        "kind": {"role": "label", "classes": 2},
    },
}
TRAIN = {"area": [1, 2.5, 3, 4], "city": ["NA", "007", None, "7"], "kind": [True, False, True, True], "other": [1]}


def loaded(folder, **changes):
    (folder / "train.json").write_text(json.dumps(TRAIN | changes))
    (folder / "held.json").write_text(json.dumps({"area": [9], "city": ["7.0"], "kind": [False]}))
    return load({"data": SPEC, "assets": str(folder), "batch_size": 1, "shuffle_seed": 0})


def test_strings_stay_strings_and_only_null_is_missing(tmp_path):
    train, held = loaded(tmp_path)
    assert train.preprocessing["columns"]["place"]["columns"][0]["words"] == ["007", "7", "NA"]
    np.testing.assert_array_equal(train.columns["place"], [[3], [1], [0], [2]])
    np.testing.assert_array_equal(train.columns["size"], [[1], [2.5], [3], [4]])
    np.testing.assert_array_equal(train.columns["kind"], [1, 0, 1, 1])
    np.testing.assert_array_equal(held.columns["place"], [[0]])


def test_an_error_names_the_row(tmp_path):
    with pytest.raises(DataError, match="row 2") as caught:
        loaded(tmp_path, area=[1, 2, None, 4])
    assert (caught.value.code, caught.value.facts["row"]) == ("missing-value", 2)

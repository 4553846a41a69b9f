"""What a run leaves behind can be read by anyone."""

import json

import numpy as np
import pytest

from flaxen.data.dataset import Dataset, target_facts
from flaxen.data.errors import DataError
from flaxen.run.results import save_results

EXPECTS = {"y": {"role": "target", "outputs": 1, "naive": True}}


def facts_of(series):
    return target_facts(EXPECTS, Dataset({"y": np.asarray(series, np.float32)[..., None]}, len(series), ""))


def test_what_is_not_finite_is_a_string_and_not_a_word_that_json_lacks(tmp_path):
    save_results(tmp_path, ({}, {}), None, None, facts_of([[3, 3, 3]]))

    def refused(word):
        raise AssertionError(word)

    saved = json.loads((tmp_path / "preprocessing.json").read_text(), parse_constant=refused)
    assert saved == {"facts": {"y_mean": 3.0, "y_naive": "NaN"}}
    assert np.isnan(np.asarray(saved["facts"]["y_naive"], np.float32))


def test_one_position_in_time_has_none_before_it():
    assert facts_of([[1, 2, 4]])["y_naive"] == 1.5
    with pytest.raises(DataError, match='target "y" has one position in time'):
        facts_of([[1], [2]])

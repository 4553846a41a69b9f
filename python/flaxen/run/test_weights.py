"""Weights to start from: in place by name, refused where they do not fit."""

import jax
import numpy as np
import pytest

from flaxen.run.weights import start_from

PARAMS = {"dense1": {"kernel": np.zeros((2, 3), np.float32), "bias": np.zeros(3, np.float32)}}
REST = {"norm1": {"mean": np.zeros(3, np.float32)}, "rngs": {"count": np.uint32(7)}}


def test_what_is_given_takes_its_place_and_the_rest_stays():
    given = {"dense1/bias": np.arange(3.0, dtype=np.float64), "norm1/mean": np.ones(3, np.float32)}
    params, rest = jax.jit(start_from)(given, PARAMS, REST)
    assert np.asarray(params["dense1"]["bias"]).tolist() == [0, 1, 2]
    assert params["dense1"]["bias"].dtype == np.float32
    assert np.asarray(params["dense1"]["kernel"]).tolist() == [[0] * 3] * 2
    assert np.asarray(rest["norm1"]["mean"]).tolist() == [1, 1, 1]
    assert rest["rngs"]["count"] == 7


def test_nothing_changes_nothing():
    assert start_from({}, PARAMS, REST) == (PARAMS, REST)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"dense1/bias": np.zeros(4)}, r'"dense1/bias" of shape \(3,\): those given have \(4,\)'),
        ({"dense2/bias": np.zeros(3)}, "does not have: dense2/bias"),
        ({"rngs/count": np.uint32(1)}, "does not have: rngs/count"),
    ],
)
def test_what_does_not_fit_is_named(given, words):
    with pytest.raises(ValueError, match=words):
        start_from(given, PARAMS, REST)

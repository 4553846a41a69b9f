"""Early stopping of single runs and of lanes, against the rule written out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flaxen.run.early_stopping import EarlyStopping

scores = st.lists(st.sampled_from([0.0, 0.1, 0.2, 0.3, float("nan")]), min_size=1, max_size=8)


def expected(values, patience, min_delta):
    """Returns (kept epoch, epochs run) of one lane that wants large values."""
    best, kept, waited = -np.inf, 0, 0
    for epoch, value in enumerate(values):
        if value > best + min_delta:
            best, kept, waited = value, epoch, 0
        else:
            waited += 1
        if waited >= max(patience, 1):
            return kept, epoch + 1
    return kept, len(values)


def carry(epoch, lanes=None):
    weights = {"w": np.full((2,) if lanes is None else (lanes, 2), epoch, np.float32)}
    return weights, {}, None


@settings(max_examples=25, deadline=None)
@given(st.lists(scores, min_size=2, max_size=3), st.integers(0, 3), st.sampled_from([0, 0.15]))
def test_every_lane_keeps_what_it_would_keep_alone(lanes, patience, min_delta):
    length = max(map(len, lanes))
    padded = np.array([values + values[-1:] * (length - len(values)) for values in lanes])
    together = EarlyStopping(len(lanes), "m", "max", patience, min_delta)
    for epoch in range(length):
        together({"m": padded[:, epoch]}, carry(epoch, len(lanes)))
    for lane, values in enumerate(padded):
        kept, _ = expected(values, patience, min_delta)
        np.testing.assert_array_equal(together.best[0]["w"][lane], kept)


@pytest.mark.parametrize("patience", [0, 1, 2])
def test_a_single_run_stops_after_its_patience(patience):
    values = [0.5, 0.4, 0.3, 0.4, 0.6]  # smaller is better
    stopping = EarlyStopping(None, "m", "min", patience, 0)
    epochs = 0
    for value in values:
        stopping({"m": np.float64(value)}, carry(epochs))
        epochs += 1
        if stopping.stopped.all():
            break
    kept, ran = expected([-value for value in values], patience, 0)
    assert (epochs, float(stopping.best[0]["w"][0])) == (ran, kept)

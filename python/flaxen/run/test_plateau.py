"""Lower learning rates of single runs and of lanes, against the rule written out; runs that see them."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import losses
from flaxen.run.plateau import ReduceOnPlateau
from flaxen.run.steps import Order, Steps

scores = st.lists(st.sampled_from([0.0, 0.1, 0.2, 0.3, float("nan")]), min_size=8, max_size=8)


def expected(values, factor, patience, min_delta, cooldown, min_scale):
    """The scale after each epoch of one lane that wants small values."""
    best, waited, cooling, scale, scales = np.inf, 0, 0, 1.0, []
    for value in values:
        resting = cooling > 0
        cooling = max(cooling - 1, 0)
        improved = value < best - min_delta
        if improved:
            best = value
        waited = 0 if improved or resting else waited + 1
        if waited >= patience and scale > min_scale:
            scale, waited, cooling = max(scale * factor, min_scale), 0, cooldown
        scales.append(scale)
    return scales


@settings(max_examples=50, deadline=None)
@given(
    st.lists(scores, min_size=2, max_size=3),
    st.integers(1, 3),
    st.sampled_from([0, 0.15]),
    st.integers(0, 2),
    st.sampled_from([0, 0.3]),
)
def test_every_lane_has_the_scale_that_it_would_have_alone(lanes, patience, min_delta, cooldown, min_scale):
    rule = {"factor": 0.5, "patience": patience, "min_delta": min_delta, "cooldown": cooldown, "min_scale": min_scale}
    together = ReduceOnPlateau(len(lanes), "m", "min", **rule)
    last, found = np.ones(len(lanes)), []
    for values in np.array(lanes).T:
        changed = together({"m": values})
        assert changed == bool((together.scale != last).any())
        last = together.scale
        found.append(last)
    for lane, values in enumerate(lanes):
        np.testing.assert_array_equal([scales[lane] for scales in found], expected(values, **rule))


def test_a_run_that_wants_large_values():
    plateau = ReduceOnPlateau(None, "m", "max", 0.1, 2, 0, 0, 0)
    scales = []
    for value in [1.0, 2.0, 2.0, 1.5, 3.0, 3.0, 3.0]:
        plateau({"m": np.float64(value)})
        scales.append(float(plateau.scale))
    np.testing.assert_allclose(scales, [1, 1, 1, 0.1, 0.1, 0.1, 0.01])


def test_steps_that_are_run_again_have_the_numbers_that_they_had():
    order = Order(rows=10, batch_size=5, shuffle_seed=0, chunk=2)  # 2 steps an epoch

    def train(carry, hp, count, _columns, _index, _weight):
        return carry + float(count * hp["rate_scale"]), None

    steps = Steps(train, train, {"rate_scale": np.float32(1)}, {}, order)
    steps.change(2, rate_scale=np.float32(0.5))
    steps.change(6, rate_scale=np.float32(0.25))
    assert steps.again(0.0, 0, 8) == 2 + 4 * 0.5 + 2 * 0.25
    assert steps.again(0.0, 1, 4) == 1 + 3 * 0.5
    assert steps.again(0.0, 5, 2) == 0.5 + 0.25
    assert steps.one_by_one(0.0, 7)[0] == 0.25


def test_lanes_are_reduced_each_by_itself(project):
    """Lanes as single runs; a lane whose metric never stops improving learns as if there were no rule."""
    p = project("diabetes")
    p.edit("train.py", 'hp["learning_rate"], b1', 'hp["rate_scale"] * hp["learning_rate"], b1')
    base = p.config["hyperparameters"]
    trials = [{"seed": seed, "hyperparameters": base | {"learning_rate": r}} for seed, r in ((0, 0.1), (1, 1e-4))]
    rule = {
        "metric": "loss",
        "mode": "min",
        "factor": 0.1,
        "patience": 1,
        "min_delta": 0,
        "cooldown": 0,
        "min_scale": 0,
    }
    run = {"early_stopping": None, "epochs": 8}
    together = p.finished(trials=trials, reduce_on_plateau=rule, **run)
    del p.config["trials"]
    differences = []
    for lane, trial in enumerate(trials):
        alone = losses(p.finished(reduce_on_plateau=rule, **trial, **run))
        np.testing.assert_allclose(losses(together, lane), alone, rtol=1e-3, atol=1e-3)
        unruled = losses(p.finished(reduce_on_plateau=None, **trial, **run))
        differences.append(float(np.abs(np.subtract(unruled, alone)).max()))
    assert differences[0] > 1e-3
    assert differences[1] == 0

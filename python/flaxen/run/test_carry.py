"""Copies of the carry, from which steps are run again."""

import jax.numpy as jnp
import numpy as np

from flaxen.run import carry as module
from flaxen.run.carry import INTERVAL, Snapshots, not_finite


def carry(value):
    return {"dense1": {"kernel": jnp.full(3, value)}}, {"count": jnp.uint32(0)}, None


def test_the_last_sound_copy_is_taken_up():
    now = [0.0]
    snapshots = Snapshots(lambda: carry(0.0), lambda: now[0])
    for step, value in ((10, 1.0), (20, 2.0), (30, 3.0), (40, jnp.nan)):
        snapshots.before(step - 1, carry(-1.0))  # too soon after the last
        now[0] += INTERVAL + 1
        snapshots.before(step, carry(value))

    def start(step):
        at, (params, *_) = snapshots.latest(step)
        return at, float(params["dense1"]["kernel"][0])

    assert start(100) == (30, 3.0)
    assert start(30) == (30, 3.0)
    assert start(29) == (0, 0.0)
    assert len(snapshots.kept) == 2


def test_there_are_never_three_copies(monkeypatch):
    now, held = [0.0], []
    snapshots = Snapshots(lambda: carry(0.0), lambda: now[0])

    def counted(tree):
        held.append(len(snapshots.kept))
        return tree

    monkeypatch.setattr(module, "copy", counted)
    for step in range(4):
        now[0] += INTERVAL + 1
        snapshots.before(step, carry(1.0))
    assert held == [0, 1, 1, 1]


def test_leaves_that_are_not_finite_are_named():
    params = {"a": {"kernel": np.ones(2, np.float32)}, "b": {"bias": np.array([1, np.inf], np.float32)}}
    assert not_finite(params) == ["b/bias"]

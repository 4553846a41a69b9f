"""Copies of what a step hands to the next: parameters, other state, the optimizer's state."""

import time

import jax
import jax.numpy as jnp
import numpy as np

INTERVAL = 5.0  # seconds between two copies: rare enough to cost nothing, near enough to be reached again soon


@jax.jit
def copy(tree):
    """The same arrays in memory of their own: a donated carry is gone."""
    return jax.tree.map(jnp.copy, tree)


@jax.jit
def select(better, new, old):
    """Lane by lane the new arrays or the old ones; better: [lanes]."""

    def choose(new, old):
        return jnp.where(better.reshape(better.shape + (1,) * (new.ndim - better.ndim)), new, old)

    return jax.tree.map(choose, new, old)


def not_finite(tree):
    """Paths of the floating-point leaves that hold a NaN or an infinity."""
    return [
        "/".join(str(getattr(key, "key", key)) for key in path)
        for path, leaf in jax.tree_util.tree_leaves_with_path(tree)
        if jnp.issubdtype(leaf.dtype, jnp.floating) and not np.isfinite(np.asarray(leaf)).all()
    ]


class Snapshots:
    """The last two carries of a few seconds ago, from which steps can be run again. The first carry is made anew.

    Both copies are on the device: a run of more than two intervals takes three times the memory of its carry, of which
    two are these. With Adam a carry is three times the parameters (they, and two moments of each), so the copies are
    six times the parameters.
    """

    def __init__(self, initial, clock=time.monotonic):
        self.initial, self.clock, self.taken = initial, clock, clock()
        self.kept = []

    def before(self, step, carry):
        """Keeps a copy of the carry that `step` starts from, when the last is old enough."""
        if self.clock() - self.taken > INTERVAL:
            self.kept = self.kept[-1:]  # first, so that there are never three
            self.kept.append((step, copy(carry)))
            self.taken = self.clock()

    def latest(self, step):
        """Returns (step, carry) of the last sound carry before or at `step`. The carry may be donated."""
        for at, carry in reversed(self.kept):
            if at <= step and not not_finite(carry):
                return at, copy(carry)
        return 0, self.initial()

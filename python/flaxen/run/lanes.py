"""One run or several trials: the same program, vmapped over (carry, hp) when there are lanes."""

import functools

import jax
import numpy as np


class Lanes:
    """`count` is None for one run. `seeds` and `hp` have one value a lane then, else they are scalars."""

    def __init__(self, config):
        trials = config.get("trials")
        self.count = len(trials) if trials else None
        trials = trials or [config]
        self.seeds = self._column([trial["seed"] for trial in trials], np.uint32)
        names = trials[0]["hyperparameters"]
        # The declared type, not the JSON literal's: `1` and `1.0` are one program.
        self.hp = {name: self._column([t["hyperparameters"][name] for t in trials], np.float32) for name in names}

    def constant(self, value):
        """A number or an array that all lanes share, as a hyperparameter."""
        return self._column([value] * (self.count or 1), np.float32)

    def init(self, init):
        """(seeds, hp, ...) -> carry; what else `init` takes is the same for all lanes."""
        return _seeded(init, self.count is not None)

    def train_steps(self, function):
        return function if self.count is None else _train_lanes(function)

    def evaluate(self, function):
        return function if self.count is None else _evaluate_lanes(function)

    def each(self, metrics):
        """Yields (fields, metrics) for every event: one event, or one a lane."""
        if self.count is None:
            yield {}, metrics
        else:
            for lane in range(self.count):
                yield {"lane": lane}, {name: values[lane] for name, values in metrics.items()}

    def _column(self, values, dtype):
        array = np.asarray(values, dtype)
        return array[0] if self.count is None else array


# The same function for the same function, so that what is compiled of it is found again.


@functools.cache
def _seeded(init, several):
    def seeded(seed, hp, *shared):
        return init(jax.random.key(seed), hp, *shared)

    def lanes(seeds, hp, *shared):
        return jax.vmap(lambda seed, hp: seeded(seed, hp, *shared))(seeds, hp)

    return jax.jit(lanes if several else seeded)


@functools.cache
def _train_lanes(function):
    return jax.jit(jax.vmap(function, in_axes=(0, 0, None, None, None, None)), donate_argnums=0)


@functools.cache
def _evaluate_lanes(function):
    return jax.jit(jax.vmap(function, in_axes=(0, 0, None, None, None)))

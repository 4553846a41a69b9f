"""Lower learning rates where a metric stops improving."""

import numpy as np


class ReduceOnPlateau:
    """Decides for one run, or for every lane by itself: all state is arrays of shape () or [lanes].

    After `patience` epochs without an improvement of more than `min_delta`, `scale` is multiplied by `factor`, down to
    `min_scale`; the `cooldown` epochs after that are not counted.
    """

    def __init__(self, lanes, metric, mode, factor, patience, min_delta, cooldown, min_scale):
        self.metric, self.sign = metric, 1 if mode == "max" else -1
        self.factor, self.patience, self.min_delta = factor, patience, min_delta
        self.cooldown, self.min_scale = cooldown, min_scale
        shape = () if lanes is None else (lanes,)
        self.score, self.waited = np.full(shape, -np.inf), np.zeros(shape, int)
        self.cooling, self.scale = np.zeros(shape, int), np.ones(shape)

    def __call__(self, metrics):
        """Returns whether the scale of any lane has changed."""
        score = self.sign * np.asarray(metrics[self.metric])
        better = score > self.score + self.min_delta
        self.score = np.where(better, score, self.score)
        cooling = self.cooling > 0
        self.waited = np.where(better | cooling, 0, self.waited + 1)
        reduced = (self.waited >= self.patience) & (self.scale > self.min_scale)
        self.scale = np.where(reduced, np.maximum(self.scale * self.factor, self.min_scale), self.scale)
        self.waited = np.where(reduced, 0, self.waited)
        self.cooling = np.where(reduced, self.cooldown, np.maximum(self.cooling - 1, 0))
        return bool(reduced.any())

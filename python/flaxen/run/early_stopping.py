"""Keeping the best weights, and knowing when to stop waiting for better ones."""

import numpy as np

from flaxen.run.carry import copy, select


class EarlyStopping:
    """Decides for one run, or for every lane by itself: all state is arrays of shape () or [lanes].

    `patience`: epochs without an improvement of more than `min_delta` before the run stops.
    """

    def __init__(self, lanes, metric, mode, patience, min_delta):
        self.metric, self.sign = metric, 1 if mode == "max" else -1
        self.patience, self.min_delta = max(patience, 1), min_delta
        shape = () if lanes is None else (lanes,)
        self.score, self.waited = np.full(shape, -np.inf), np.zeros(shape, int)
        self.stopped = np.zeros(shape, bool)
        self.best = None

    def __call__(self, metrics, carry):
        """Returns which lanes are better than ever. What a lane keeps is never touched again once it has stopped."""
        weights = carry[:2]
        score = self.sign * np.asarray(metrics[self.metric])
        better = (score > self.score + self.min_delta) & ~self.stopped
        self.score = np.where(better, score, self.score)
        self.waited = np.where(better, 0, self.waited + 1)
        self.stopped |= self.waited >= self.patience
        if self.best is None or np.all(better):
            self.best = copy(weights)
        elif np.any(better):
            self.best = select(better, weights, self.best)
        return better

"""How many steps go to the device at once."""

import time

TARGET = 0.4  # seconds of work a dispatch: metrics come soon, and the cost of a dispatch, its memory too, is lost in it


class Pace:
    """One step first, for an early first metric; then as many as the measured time of a step allows."""

    def __init__(self, most, clock=time.perf_counter):
        self.most, self.clock = most, clock
        self.count, self.finished = 1, clock()

    def next(self, left):
        """Steps of the next dispatch, `left` at most."""
        return max(1, min(self.count, left, self.most))

    def ended(self, count, dispatched):
        """`count` steps that were dispatched at time `dispatched` have just ended."""
        now = self.clock()
        seconds = (now - max(dispatched, self.finished)) / count
        self.finished = now
        # At most eightfold: one fast measurement must not make a dispatch of a minute.
        self.count = min(int(TARGET / max(seconds, 1e-9)) or 1, 8 * max(self.count, count))

"""Dispatches grow until they take as long as they should."""

import itertools

from flaxen.run.pace import TARGET, Pace


class Clock:
    """Time that passes when told."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def dispatches(seconds_a_step, steps, most=512):
    """Counts of a device that works one dispatch while the next waits, as in a run."""
    clock = Clock()
    pace, counts, waiting = Pace(most, clock), [], []
    while sum(counts) < steps:
        counts.append(pace.next(steps - sum(counts)))
        waiting.append((counts[-1], clock.now))
        if len(waiting) > 1:
            count, dispatched = waiting.pop(0)
            clock.now += count * seconds_a_step
            pace.ended(count, dispatched)
    return counts


def test_the_first_metric_comes_early_and_dispatches_settle_at_the_target():
    counts = dispatches(0.001, 5000)
    assert counts[:2] == [1, 1]
    assert all(after <= 8 * max(before, 1) for before, after in itertools.pairwise(counts))
    assert set(counts[8:-1]) <= {int(TARGET / 0.001), int(TARGET / 0.001) - 1}
    assert sum(counts) == 5000


def test_slow_steps_go_one_by_one_and_fast_ones_as_many_as_there_is_room_for():
    assert set(dispatches(1.0, 10)) == {1}
    assert max(dispatches(1e-6, 5000)) == 512

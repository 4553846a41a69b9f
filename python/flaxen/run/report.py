"""From the sums that the device returns to the numbers of events."""

import jax
import numpy as np


class Report:
    """Adds up the sums of an epoch, in float64, and turns sums into metrics by the program's `finish`."""

    def __init__(self, finish, lanes):
        self.finish, self.axis = finish, 0 if lanes is None else 1
        self.totals = None

    def steps(self, count, sums):
        """Metrics of each of the first `count` steps: [count], or [lanes, count]. The epoch's totals grow."""
        sums = self._read(sums, slice(count))
        totals = self._total(sums)
        self.totals = totals if self.totals is None else {name: self.totals[name] + totals[name] for name in totals}
        return self._finish(sums)

    def epoch(self, validation=None):
        """Metrics of all rows since the last call, and of the validation rows under "val/"."""
        metrics, self.totals = self._finish(self.totals), None
        if validation is not None:
            finished = self._finish(self._total(self._read(validation, slice(None))))
            metrics |= {f"val/{name}": value for name, value in finished.items()}
        return metrics

    def test(self, sums):
        """Metrics of the test rows, under "test/"."""
        finished = self._finish(self._total(self._read(sums, slice(None))))
        return {f"test/{name}": value for name, value in finished.items()}

    def _read(self, sums, part):
        part = (slice(None),) * self.axis + (part,)
        return {name: values[part].astype(np.float64) for name, values in jax.device_get(sums).items()}

    def _total(self, sums):
        return {name: values.sum(self.axis) for name, values in sums.items()}

    def _finish(self, sums):
        # One row has no spread and NaN is a number here: what is wrong is reported, not warned about.
        with np.errstate(all="ignore"):
            return self.finish(sums)

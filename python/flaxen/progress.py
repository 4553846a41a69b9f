"""Progress for a person at a terminal, where no supervisor listens."""

import sys
import time


class Progress:
    """Prints a line an epoch, and between them one that is rewritten on a terminal or now and then added to a file."""

    def __init__(self, stream=None, clock=time.monotonic):
        self.stream, self.clock = stream or sys.stdout, clock
        self.terminal = self.stream.isatty()
        self.started, self.first, self.last = None, 0, clock()
        self.total = self.epochs = 0

    def __call__(self, type, **fields):
        report = getattr(self, "_" + type.removeprefix("_").replace(".", "_"), None)
        if report:
            report(**fields)

    def close(self):
        self.stream.flush()

    def _prepare_ended(self, data, totalSteps, epochs, **_):  # noqa: N803
        self.total, self.epochs = totalSteps, epochs
        parts = ", ".join(f"{split['rows']:,} {name} rows" for name, split in data.items())
        self._line(f"{parts}; {totalSteps:,} steps")

    def _steps(self, first, count, metrics, lane=None):
        now = self.clock()
        if self.started is None:
            self.started, self.first = now, first + count
        if lane or now - self.last < (0.1 if self.terminal else 10):
            return
        self.last, done = now, first + count
        rate = (done - self.first) / max(now - self.started, 1e-9)
        left = (self.total - done) / rate if rate else 0
        text = f"step {done:,}/{self.total:,}  {_show(metrics, -1)}  {rate:,.1f} steps/s  {_minutes(left)} left"
        self._line(text, end="\r" if self.terminal else "\n")

    def _epoch(self, epoch, step, metrics, best, seconds, lane=None):
        self.last = self.clock()
        which = "" if lane is None else f"lane {lane}  "
        mark = "  best" if best else ""
        self._line(f"{which}epoch {epoch + 1}/{self.epochs}  step {step:,}  {_show(metrics)}  {seconds:.1f} s{mark}")

    def _test(self, metrics, seconds, lane=None, **_):
        which = "" if lane is None else f"lane {lane}  "
        self._line(f"{which}{_show(metrics)}  {seconds:.1f} s")

    def _result(self, reason, step, bestEpoch, **_):  # noqa: N803
        best = "" if bestEpoch is None else f"; the best epoch was {bestEpoch + 1}"
        self._line(f"{reason} after {step:,} steps{best}")

    def _warning(self, text, **_):
        self._line(text)

    def _line(self, text, end="\n"):
        clear = "\x1b[2K" if self.terminal else ""
        print(clear + text, end=end, file=self.stream, flush=True)


def _show(metrics, at=None):
    return "  ".join(f"{name} {value if at is None else value[at]:.4f}" for name, value in metrics.items())


def _minutes(seconds):
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"

"""What a person reads."""

import io

from flaxen.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def tell(stream):
    now = [0.0]
    progress = Progress(stream, lambda: now[0])
    progress("prepare.ended", data={"train": {"rows": 60000}, "validation": {"rows": 10000}}, totalSteps=100, epochs=2)
    progress("compile.ended", function="init", seconds=1, cached=False)
    for first in range(0, 50, 10):
        now[0] += 5
        progress("steps", first=first, count=10, metrics={"loss": [9.0] * 9 + [0.5]})
    progress("epoch", epoch=0, step=50, metrics={"loss": 0.25}, best=True, seconds=25.0)
    progress("test", step=50, metrics={"test/loss": 0.125}, seconds=0.5)
    progress("_result", reason="completed", step=50, epoch=0, bestEpoch=0, metrics={})
    progress.close()
    return stream.getvalue()


def test_a_file_gets_a_line_now_and_then():
    assert tell(io.StringIO()).splitlines() == [
        "60,000 train rows, 10,000 validation rows; 100 steps",
        "step 20/100  loss 0.5000  2.0 steps/s  0:40 left",
        "step 40/100  loss 0.5000  2.0 steps/s  0:30 left",
        "epoch 1/2  step 50  loss 0.2500  25.0 s  best",
        "test/loss 0.1250  0.5 s",
        "completed after 50 steps; the best epoch was 1",
    ]


def test_a_terminal_gets_one_that_is_rewritten():
    text = tell(Terminal())
    assert text.count("\r") == 5
    assert "\x1b[2Kepoch 1/2  step 50  loss 0.2500  25.0 s  best\n" in text

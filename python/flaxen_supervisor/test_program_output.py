"""What a program prints becomes `log` events, bounded."""

import json

import pytest

from flaxen_supervisor.event_log import LINE_CAP
from flaxen_supervisor.program_output import TEXT_CAP, Budget, ProgramOutput


def output(tmp_path, lines=1000, size=10_000_000):
    """A stream with a budget that does not refill."""
    return ProgramOutput("stdout", tmp_path / "stdout.log", Budget(lines, 0), Budget(size, 0))


def texts(events):
    """The texts of events."""
    return [json.loads(event)["text"] for event in events]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_however_the_bytes_are_cut_the_lines_are_the_same(tmp_path, size):
    data = "one\r\ntwo\rthree\n\nvier ä\nrest".encode()
    stream = output(tmp_path)
    events = []
    for start in range(0, len(data), size):
        events += stream.feed(data[start : start + size])
    events += stream.close()
    assert [text for text in texts(events) if text] == ["one", "two", "three", "vier ä", "rest"]
    assert (tmp_path / "stdout.log").read_bytes() == data


def test_what_does_not_fit_the_budget_is_counted(tmp_path):
    stream = output(tmp_path, lines=2)
    events = stream.feed(b"a\nb\nc\nd\n")
    stream._lines.left = 1
    events += stream.feed(b"e\nf\n") + stream.close()
    told = [json.loads(event) for event in events]
    assert [(event["text"], event["dropped"]) for event in told[:3]] == [("a", 0), ("b", 0), ("e", 2)]
    assert told[3]["dropped"] == 1
    assert told[3]["text"].startswith("1 lines were left out here; ")
    assert len(told) == 4


def test_long_lines_are_cut_and_never_exceed_the_cap_of_the_log(tmp_path):
    stream = output(tmp_path)
    events = stream.feed(b"\x01" * (3 * TEXT_CAP) + b"\xff" * TEXT_CAP + b"\n") + stream.close()
    assert len(events) == 4
    assert all(len(event) < LINE_CAP for event in events)
    assert texts(events)[3] == "\ufffd" * TEXT_CAP


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("plain", "info"),
        ("WARNING:absl:careful", "warning"),
        ("E0000 00:00:1763715600 cuda.cc:1] no", "error"),
        ("Epoch 3", "info"),
        ("ERROR no", "error"),
    ],
)
def test_a_line_may_name_its_level(tmp_path, line, level):
    stream = output(tmp_path)
    (event,) = stream.feed(line.encode() + b"\n")
    stream.close()
    assert json.loads(event)["level"] == level


def test_a_budget_refills_with_time():
    now = [0.0]
    budget = Budget(2, 10, clock=lambda: now[0])
    assert [budget.take(1) for _ in range(3)] == [True, True, False]
    now[0] = 0.1
    assert [budget.take(1) for _ in range(2)] == [True, False]

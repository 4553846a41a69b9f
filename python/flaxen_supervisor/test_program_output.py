"""What a program prints becomes `log` events, bounded."""

import json
import re
import resource
import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from flaxen_supervisor.event_log import LINE_CAP, encode
from flaxen_supervisor.program_output import RAW_CAP, TEXT_CAP, Budget, ProgramOutput
from flaxen_supervisor.worker_events import WorkerEvents

ENDLESS = 10**12


def output(folder, stream="stdout", lines=ENDLESS, size=ENDLESS, states=ENDLESS):
    """A stream with budgets that do not refill."""
    return ProgramOutput(stream, folder / f"{stream}.log", Budget(lines, 0), Budget(size, 0), Budget(states, 0))


def fed(stream, data, size):
    """The events of bytes that come in pieces of a size, up to the end."""
    events = []
    for start in range(0, len(data), size):
        events += stream.feed(data[start : start + size])
    return [json.loads(event) for event in events + stream.close()]


def texts(events):
    """The texts of events."""
    return [json.loads(event)["text"] for event in events]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_however_the_bytes_are_cut_the_lines_are_the_same(tmp_path, size):
    data = "one\r\ntwo\rthree\n\nvier ä\r\r\nnul \0\r\r\rrest\r".encode()
    told = fed(output(tmp_path), data, size)
    assert [event["text"] for event in told] == ["one", "two", "three", "vier ä", "nul \0", "rest"]
    assert (tmp_path / "stdout.log").read_bytes() == data


hostile = some.lists(
    some.one_of(
        some.binary(max_size=30),
        some.text(max_size=30).map(lambda text: text.encode("utf-8", "surrogatepass")),
        some.sampled_from(
            [
                b"\r",
                b"\n",
                b"\r\n",
                b"\0",
                b"\x1b[31m",
                b"\x1b[2K",
                b"\xff\xfe",
                b'{"type":"_result"}\n',
                b"x" * TEXT_CAP,
            ]
        ),
    ),
    max_size=12,
).map(b"".join)


@given(hostile, some.integers(1, 30), some.integers(0, 6), some.integers(0, 3))
def test_whatever_is_printed_is_kept_raw_and_told_or_counted(tmp_path_factory, data, pieces, lines, states):
    size = len(data) // pieces + 1
    folder = tmp_path_factory.mktemp("output")
    whole = fed(output(folder), data, len(data) + 1)
    assert (folder / "stdout.log").read_bytes() == data
    assert fed(output(folder), data, size) == whole
    assert all(len(encode(event)) < LINE_CAP - 1024 and event["dropped"] == 0 for event in whole)
    bounded = fed(output(folder, lines=lines, states=states), data, size)
    notes = [event for event in bounded if event["text"].endswith("stdout.log has them")]
    told = [event["text"] for event in bounded if event not in notes]
    assert len(told) <= lines
    rest = iter(event["text"] for event in whole)
    assert all(text in rest for text in told)
    # What only moves the cursor is no line to tell, but one to count where it finds no place.
    assert sum(event["dropped"] for event in bounded) >= len(whole) - len(told)


@given(hostile, some.lists(some.floats(allow_nan=False, allow_infinity=False), min_size=1), some.integers(1, 30))
def test_metrics_pass_exactly_whatever_is_printed_meanwhile(tmp_path_factory, data, losses, pieces):
    stream, worker = output(tmp_path_factory.mktemp("output"), lines=2, states=1), WorkerEvents()
    line = encode({"type": "steps", "first": 0, "count": len(losses), "metrics": {"loss": losses}})
    events, size = [], len(data) // pieces + 1
    for start in range(0, max(len(data), len(line) + 1), size):
        stream.feed(data[start : start + size])
        events += worker.feed((line + b"\n")[start : start + size])
    stream.close()
    assert events == [line]
    assert (worker.result, worker.failure) == (None, None)


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


def test_a_progress_bar_takes_no_place_from_lines_and_warns_of_nothing(tmp_path):
    now = [0.0]
    clock = lambda: now[0]  # noqa: E731
    budgets = Budget(500, 200, clock), Budget(1e6, 1e6, clock), Budget(3, 1, clock)
    stream, told = ProgramOutput("stderr", tmp_path / "stderr.log", *budgets), []
    for update in range(10_000):
        now[0] = update / 1000
        told += map(json.loads, stream.feed(f"\r\x1b[32m{update / 100:.0f} %\x1b[0m".encode()))
        if update % 1000 == 999:
            told += map(json.loads, stream.feed(f"\nline {update // 1000}\n".encode()))
    told += map(json.loads, stream.close())
    lines = [event for event in told if event["text"].startswith("line")]
    states = [event for event in told if event["text"].endswith("%")]
    assert [(event["text"], event["level"]) for event in lines] == [(f"line {i}", "warning") for i in range(10)]
    # Ten bars that end, and the states in between: three at once, then one a second.
    assert 20 <= len(states) <= 23
    assert {event["level"] for event in states} == {"info"}
    assert sum(event["dropped"] for event in told) + len(states) == 10_000


def test_long_lines_are_cut_between_characters_and_never_exceed_the_cap_of_the_log(tmp_path):
    text = "ä€😀" * TEXT_CAP
    told = fed(output(tmp_path), text.encode() + b"\n" + b"\x01" * (3 * TEXT_CAP) + b"\xff" * TEXT_CAP + b"\n", 4096)
    assert all(len(encode(event)) < LINE_CAP - 1024 for event in told)
    assert "".join(event["text"] for event in told[:-4]) == text
    assert told[-1]["text"] == "\ufffd" * TEXT_CAP


@pytest.mark.parametrize("data", [b"x" * 10_000_000, b"\r" * 10_000_000, b"\n" * 10_000_000, b"\xff\x80" * 5_000_000])
def test_ten_megabytes_of_anything_take_no_time(tmp_path, data):
    started = time.monotonic()
    told = fed(output(tmp_path), data + b"\nend\n", 1024 * 1024)
    assert time.monotonic() - started < 5
    assert told[-1]["text"] == "end"
    assert len(told) == (1 if data[:1] in b"\r\n" else len(data) // TEXT_CAP + 2)


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("plain", "info"),
        ("WARNING:absl:careful", "warning"),
        ("E0000 00:00:1763715600 cuda.cc:1] no", "error"),
        ("Epoch 3", "info"),
        ("ERROR no", "error"),
        ("\x1b[1;31mERROR\x1b[0m no", "error"),
        ("\x1b]8;;https://example.com\x07WARNING\x1b]8;;\x1b\\ linked", "warning"),
    ],
)
def test_a_line_may_name_its_level(tmp_path, line, level):
    stream = output(tmp_path)
    (event,) = stream.feed(line.encode() + b"\n")
    stream.close()
    told = json.loads(event)
    assert told["level"] == level
    assert "\x1b" not in told["text"]
    assert told["text"].endswith(re.search(r"\w+$", line)[0]) or level == "warning"


def test_streams_of_two_runs_share_nothing(tmp_path):
    first = output(tmp_path, lines=1)
    first.feed(b"a\nb\nhalf a li")
    first.close()
    (tmp_path / "next").mkdir()
    second = output(tmp_path / "next", lines=1)
    assert texts(second.feed(b"ne\n")) == ["ne"]
    assert texts(second.close()) == []
    assert second.tail == b"ne\n"


def test_a_file_that_cannot_grow_is_full_and_the_lines_are_told_all_the_same(tmp_path):
    stream = output(tmp_path)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        events = stream.feed(b"0123456\nabcdef\nmore\n")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    assert stream.full
    assert texts(events + stream.feed(b"after\n") + stream.close()) == ["0123456", "abcdef", "more", "after"]
    assert (tmp_path / "stdout.log").read_bytes() == b"0123456\nab"


def test_the_raw_file_stops_at_its_cap(tmp_path):
    stream = output(tmp_path, lines=0)
    for _ in range(RAW_CAP // 2**20 + 2):
        stream.feed(b"x" * 2**20)
    stream.close()
    assert RAW_CAP < (tmp_path / "stdout.log").stat().st_size < RAW_CAP + 100


def test_a_budget_refills_with_time():
    now = [0.0]
    budget = Budget(2, 10, clock=lambda: now[0])
    assert [budget.take(1) for _ in range(3)] == [True, True, False]
    now[0] = 0.1
    assert [budget.take(1) for _ in range(2)] == [True, False]

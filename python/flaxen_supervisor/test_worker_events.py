"""A worker's pipe, in pieces of any size."""

import json

import pytest

from flaxen_supervisor.event_log import LINE_CAP
from flaxen_supervisor.worker_events import WorkerEvents

LINES = [
    b'{"type":"steps","first":0,"count":2,"metrics":{"loss":[2,1]}}',
    b'{"type":"steps","first":2,"count":3,"metrics":{"loss":[2,1,0]}}',
    b'{"type":"epoch","epoch":4,"step":5,"metrics":{"loss":"NaN"},"best":true,"seconds":1}',
]


@pytest.mark.parametrize("size", [1, 10, 64, 1000])
def test_however_the_bytes_are_cut_the_events_are_the_same(size):
    worker, events = WorkerEvents(), []
    failure = dict.fromkeys(("code", "type", "message", "traceback", "frames", "data"), "oom")
    private = b'{"type":"_result","reason":"completed","step":5}\n'
    private += json.dumps({"type": "_failure", "failure": failure}, separators=(",", ":")).encode() + b"\n"
    data = b"\n".join(LINES) + b"\n" + private + b'{"type":"epoch","ep'
    for start in range(0, len(data), size):
        events += worker.feed(data[start : start + size])
    assert events == LINES
    assert worker.events == 3
    assert worker.result == {"reason": "completed", "step": 5}
    assert worker.failure == failure
    assert worker.reached() == (5, 4, {"loss": "NaN"})


def test_nothing_told_means_nothing_reached():
    assert WorkerEvents().reached() == (0, None, {})


@pytest.mark.parametrize(
    "garbage",
    [
        b"hello",
        b"[1]",
        b"{}",
        b'{"type":1}x',
        b"\xff\xfe",
        b'{"type":"_result","step":5}',
        b'{"type":"_result","reason":"wonderful"}',
        b'{"type":"_result","rea',
        b'{"type":"_failure","failure":{"code":"oom"}}',
        b'{"type":"_idle"}',
        b'{"type":"_other"}',
    ],
)
def test_what_is_no_event_becomes_a_warning(garbage):
    worker = WorkerEvents()
    (event,) = worker.feed(garbage + b"\n")
    assert json.loads(event)["code"] == "worker-protocol"
    assert (worker.result, worker.failure, worker.idle) == (None, None, None)


def test_an_event_in_another_spelling_is_taken():
    (event,) = WorkerEvents().feed(b'{ "first": 0, "type" : "steps" }\n')
    assert event == b'{"type":"steps","first":0}'


@pytest.mark.parametrize("size", [1000, LINE_CAP, 4 * LINE_CAP])
def test_a_line_beyond_the_cap_is_told_once_and_skipped(size):
    worker, events = WorkerEvents(), []
    data = b'{"type":"log","text":"' + b"x" * (2 * LINE_CAP) + b'"}\n' + LINES[0] + b"\n"
    for start in range(0, len(data), size):
        events += worker.feed(data[start : start + size])
    assert len(events) == 2
    assert json.loads(events[0])["code"] == "worker-protocol"
    assert events[1] == LINES[0]

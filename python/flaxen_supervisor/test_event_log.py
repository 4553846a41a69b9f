"""The log's lines are whole, numbered and enveloped, whatever happens to the disk."""

import json
import resource

import pytest

from flaxen_supervisor.event_log import LINE_CAP, EventLog

ENDED = {"reason": "completed", "step": 0, "epoch": None, "bestEpoch": None, "metrics": {}}


def read(folder):
    """Every line, parsed."""
    text = (folder / "events.jsonl").read_text()
    assert text.endswith("\n")
    return [json.loads(line) for line in text.splitlines()]


def test_lines_get_envelopes_without_a_hole(tmp_path):
    log = EventLog(tmp_path / "attempt-1", "r_1", 1)
    log.event("warning", code="ä", text="\n")
    log.lines([b'{"type":"steps","first":0}', b'{"type":"steps","first":1}'])
    log.end(failure=None, **ENDED)
    events = read(tmp_path / "attempt-1")
    assert [event["seq"] for event in events] == [0, 1, 2, 3]
    assert {(event["v"], event["run"], event["att"]) for event in events} == {(1, "r_1", 1)}
    assert [event["type"] for event in events] == ["warning", "steps", "steps", "run.ended"]
    assert [event["m"] for event in events] == sorted(event["m"] for event in events)
    lines = (tmp_path / "attempt-1" / "events.jsonl").read_bytes().splitlines(keepends=True)
    assert (events[-1]["events"], events[-1]["bytes"]) == (4, sum(map(len, lines[:-1])))
    assert sorted(path.name for path in (tmp_path / "attempt-1").iterdir()) == ["events.jsonl"]


def test_a_failure_is_cut_to_the_cap_from_its_beginning(tmp_path):
    log = EventLog(tmp_path / "attempt-1", "r_1", 1)
    log.end(failure={"message": "no", "traceback": "\x01" * 200_000 + "the end"}, **ENDED)
    (event,) = read(tmp_path / "attempt-1")
    assert event["failure"]["traceback"].endswith("the end")
    assert (tmp_path / "attempt-1" / "events.jsonl").stat().st_size <= LINE_CAP


class SmallDisk(EventLog):
    """A disk on which `room` bytes of log fit until the reserve is freed."""

    def _free_reserve(self):
        super()._free_reserve()
        limit(resource.RLIM_INFINITY)


def limit(size):
    """Sets the size from which on this process's writes to files fail, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


@pytest.mark.parametrize("room", [1500, 1501, 1550, 1599, 1600, 2000])
def test_on_a_full_disk_the_torn_line_is_completed_and_the_end_still_written(tmp_path, room):
    log = SmallDisk(tmp_path / "attempt-1", "r_1", 1)
    line = b'{"type":"steps","first":0,"count":1,"metrics":{"loss":[0.123456]}}'
    limit(room)
    try:
        log.lines([line] * 100)
    finally:
        limit(resource.RLIM_INFINITY)
    assert log.full
    written = log.events
    assert 0 < written < 100
    log.end(failure=None, **ENDED | {"reason": "disk-full"})
    events = read(tmp_path / "attempt-1")
    assert [event["seq"] for event in events] == list(range(written + 1))
    assert events[-1]["reason"] == "disk-full"


def test_a_disk_that_stays_full_is_an_error(tmp_path):
    log = EventLog(tmp_path / "attempt-1", "r_1", 1)
    limit(10)
    try:
        with pytest.raises(OSError, match="no space left"):
            log.event("warning", code="x", text="y")
    finally:
        limit(resource.RLIM_INFINITY)

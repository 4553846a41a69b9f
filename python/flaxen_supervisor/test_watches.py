"""Who is called when descriptors are ready, and that what reports often holds up nobody."""

import os
import socket
import time

import pytest

from flaxen_supervisor.watches import BATCH, Watches


class Busy:
    """Reports often."""

    batched = True


@pytest.fixture
def pair():
    """Two connected sockets."""
    ends = socket.socketpair()
    yield ends
    for end in ends:
        end.close()


def test_a_descriptor_may_be_watched_for_both(pair):
    watches, own = Watches(), pair[0].fileno()
    watches.watch(own, "readable")
    watches.watch(own, "writable", write=True)
    assert [watch.call for watch in watches.ready(0)] == ["writable"]
    pair[1].send(b"x")
    assert [watch.call for watch in watches.ready(0)] == ["readable", "writable"]
    watches.unwatch(own, write=True)
    assert [watch.call for watch in watches.ready(0)] == ["readable"]
    watches.unwatch(own)
    assert list(watches.ready(0)) == []
    with pytest.raises(KeyError):
        watches.unwatch(own)


def test_who_was_unwatched_by_an_earlier_call_of_the_same_turn_is_not_called(pair):
    watches = Watches()
    for end, other in (pair, pair[::-1]):
        end.send(b"x")
        watches.watch(end.fileno(), other.fileno())
    calls = []
    for watch in watches.ready(0):
        calls.append(watch.call)
        watches.unwatch(watch.call)
    assert len(calls) == 1


def test_what_is_busy_is_read_in_batches_and_others_do_not_wait(pair):
    watches = Watches()
    reader, writer = os.pipe()
    os.write(writer, b"x")
    watches.watch(reader, "busy", owner=Busy())
    watches.watch(pair[0].fileno(), "urgent")
    started, turns = time.monotonic(), 0
    while time.monotonic() - started < 8 * BATCH:
        assert [watch.call for watch in watches.ready(1)] == ["busy"]
        turns += 1
    assert turns < 100
    pair[1].send(b"x")
    started = time.monotonic()
    for _ in range(200):
        assert "urgent" in [watch.call for watch in watches.ready(1)]
    assert time.monotonic() - started < 200 * BATCH / 4
    os.close(reader)
    os.close(writer)


def test_little_is_never_held_back():
    watches = Watches()
    reader, writer = os.pipe()
    watches.watch(reader, "seldom", owner=Busy())
    for _ in range(20):
        os.write(writer, b"x")
        started = time.monotonic()
        assert [watch.call for watch in watches.ready(1)] == ["seldom"]
        assert time.monotonic() - started < BATCH
        os.read(reader, 1)
    os.close(reader)
    os.close(writer)


def test_a_beginning_run_is_heard_at_once_however_busy_it_was(pair):
    watches = Watches()
    watches.watch(pair[0].fileno(), "busy", owner=Busy())
    pair[1].send(b"x")
    for _ in range(60):
        list(watches.ready(0))

    def seconds():
        started = time.monotonic()
        assert [watch.call for watch in watches.ready(None)] == ["busy"]
        return time.monotonic() - started

    assert seconds() >= BATCH
    watches.hurry()
    assert seconds() < BATCH

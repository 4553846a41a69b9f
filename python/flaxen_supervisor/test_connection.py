"""Clients of every kind at a supervisor's socket: none of them is another's affair."""

import pathlib
import re
import select
import socket
import struct
import time

import pytest

from flaxen_supervisor import wire
from flaxen_supervisor.connection import Connection
from flaxen_supervisor.requests import Requests
from flaxen_supervisor.server import Server
from flaxen_supervisor.test_support import Client, daemon, resident, wait_for

MEMORY = 24 * 1024 * 1024  # bytes that one client may make a supervisor hold, and some air


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A supervisor that serves every test here: (root, pid, socket)."""
    root = tmp_path_factory.mktemp("w") / "runs"
    with daemon(root) as (process, socket):
        yield root, process.pid, socket


@pytest.fixture
def connect(place):
    """Makes clients, which hang up when the test is over."""
    clients = []

    def connect():
        clients.append(Client(place[2]))
        return clients[-1]

    yield connect
    for client in clients:
        client.close()


@pytest.fixture
def log(place, request):
    """The log, empty, of a run of this test's own."""
    folder = place[0] / re.sub(r"\W", "_", request.node.name)[:100]
    (folder / "attempt-1").mkdir(parents=True)
    path = folder / "attempt-1" / "events.jsonl"
    path.touch()
    return path


def reading(log, **fields):
    """Fields of a `read` of it."""
    return {"run": log.parents[1].name, "file": "attempt-1/events.jsonl", "offset": 0} | fields


def flood(client, data):
    """Sends until the other side takes no more; returns the bytes that it took."""
    sent, client_socket = 0, client.socket
    client_socket.setblocking(False)
    while sent < len(data) and select.select([], [client_socket], [], 0.3)[1]:
        sent += client_socket.send(data[sent : sent + (1 << 18)])
    client_socket.settimeout(20)
    return sent


def test_a_million_pings_that_are_not_read_hold_nobody_up(place, connect):
    flooding, other, before = connect(), connect(), resident(place[1])
    frames = [b"".join(wire.frame({"id": id, "verb": "ping"})) for id in range(1, 300_000)]
    data = b"".join(frames) * 4
    sent = flood(flooding, data)
    assert sent < len(data)
    began = time.monotonic()
    assert other.ask("ping")[0]["ok"]
    assert time.monotonic() - began < 1
    assert resident(place[1]) - before < MEMORY
    whole = data[:sent].count(b'"ping"')
    assert [flooding.next()[0]["id"] for _ in range(20_000)] == list(range(1, 20_001))
    assert whole > 20_000


def test_lists_of_runs_that_are_asked_for_without_end_hold_nobody_up(place, connect):
    job = '{"document": "sha256:d", "sites": "%s"}' % ("x" * 100_000)
    for number in range(200):
        (place[0] / f"a_{number}").mkdir()
        (place[0] / f"a_{number}" / "job.json").write_text(job)
    asking, other = connect(), connect()
    flood(asking, b"".join(b"".join(wire.frame({"id": id, "verb": "runs"})) for id in range(2000)))
    began = time.monotonic()
    assert other.ask("ping")[0]["ok"]
    assert time.monotonic() - began < 0.5


def test_what_grew_in_a_turn_of_the_loop_is_told_in_the_same(tmp_path):
    server = Server(tmp_path / "home", root=tmp_path)
    path = tmp_path / "r_1" / "attempt-1" / "events.jsonl"
    path.parent.mkdir(parents=True)
    own, theirs = socket.socketpair()
    connection = Connection(server, Requests(server), theirs.detach())
    client = Client(own)
    id = client.send("read", **reading(path, wait=20))
    connection._hear()
    connection.tick(time.monotonic())
    path.write_bytes(b"grown\n")
    connection.tick(time.monotonic())
    own.setblocking(False)
    assert client.answer(id)[1] == b"grown\n"
    client.close()
    connection._hear()
    assert server.connections == []


def test_megabytes_that_are_not_read_are_not_made(place, connect, log):
    log.write_bytes(b"x" * 1_000_000)
    greedy, other, before = connect(), connect(), resident(place[1])
    for _ in range(500):
        greedy.send("read", **reading(log))
    time.sleep(0.3)
    assert resident(place[1]) - before < MEMORY
    assert len(other.ask("read", **reading(log))[1]) == 1_000_000
    assert sum(len(greedy.next()[1]) for _ in range(500)) == 500_000_000


def test_who_stops_reading_in_the_middle_can_go_on(connect, log):
    log.write_bytes(bytes(range(256)) * 4096)
    client = connect()
    ids = [client.send("read", **reading(log, offset=at * 1000, limit=300_000)) for at in range(20)]
    time.sleep(0.2)
    for at, id in enumerate(ids):
        assert client.answer(id)[1] == log.read_bytes()[at * 1000 : at * 1000 + 300_000]


@pytest.mark.parametrize(
    "garbage",
    [
        struct.pack("<II", 3, 7) + b"{}\n",
        struct.pack("<II", 2**32 - 1, 0),
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"".join(wire.frame({"verb": "ping"})),
        b"".join(wire.frame({"id": True, "verb": "ping"})),
        b"".join(wire.frame({"id": -1, "verb": "ping"})),
        b"".join(wire.frame({"id": 2**53, "verb": "ping"})),
    ],
    ids=["damaged", "too long", "another protocol", "no id", "no number", "negative", "too large"],
)
def test_what_is_no_request_closes_its_own_connection_only(connect, garbage):
    bad, good = connect(), connect()
    bad.raw(b"".join(wire.frame({"id": 1, "verb": "ping"})) + garbage)
    assert bad.next()[0] == {"id": 1, "ok": True}
    assert bad.is_closed()
    assert good.ask("ping")[0]["ok"]


def test_a_frame_may_come_byte_by_byte(connect):
    client = connect()
    for byte in b"".join(wire.frame({"id": 5, "verb": "ping"})):
        client.raw(bytes([byte]))
        time.sleep(0.001)
    assert client.next()[0] == {"id": 5, "ok": True}


def test_a_read_waits_until_its_file_grows_while_others_are_answered(connect, log):
    client = connect()
    id = client.send("read", **reading(log, wait=20))
    assert client.ask("ping")[0]["ok"]
    with log.open("ab") as file:
        file.write(b"grown\n")
    began = time.monotonic()
    assert client.answer(id) == ({"id": id, "ok": True, "size": 6}, b"grown\n")
    assert time.monotonic() - began < 1


def test_a_read_waits_no_longer_than_it_said(connect, log):
    began = time.monotonic()
    assert connect().ask("read", **reading(log, wait=0.2))[0] == {"id": 1, "ok": True, "size": 0}
    assert 0.2 <= time.monotonic() - began < 2


def test_a_file_that_is_not_there_yet_has_no_bytes_until_it_comes(connect, log):
    client, later = connect(), log.parents[1] / "attempt-2" / "events.jsonl"
    asked = reading(log) | {"file": "attempt-2/events.jsonl"}
    assert client.ask("read", **asked)[0]["size"] == 0
    id = client.send("read", **asked, wait=20)
    later.parent.mkdir()
    later.write_bytes(b"{}\n")
    assert client.answer(id)[1] == b"{}\n"


def test_a_file_shorter_than_what_was_read_is_told_at_once(connect, log):
    log.write_bytes(b"12345")
    began = time.monotonic()
    assert connect().ask("read", **reading(log, offset=9, wait=20)) == ({"id": 1, "ok": True, "size": 5}, b"")
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("name", ["\ud800", "x" * 5000, "file/below"])
def test_a_name_that_no_disk_can_hold_is_refused_and_nothing_else(connect, log, name):
    (log.parents[1] / "artifacts").mkdir()
    (log.parents[1] / "artifacts" / "file").touch()
    client = connect()
    asked = reading(log, wait=20) | {"file": f"artifacts/{name}"}
    assert client.ask("read", **asked)[0]["code"] == "refused"
    assert client.ask("ping")[0]["ok"]


def test_a_page_of_a_file_is_as_long_as_asked(connect, log):
    log.write_bytes(b"0123456789")
    assert connect().ask("read", **reading(log, offset=2, limit=3)) == ({"id": 1, "ok": True, "size": 10}, b"234")


def test_more_reads_than_may_wait_are_refused_and_the_others_wait_on(connect, log):
    client = connect()
    ids = [client.send("read", **reading(log, wait=20)) for _ in range(1025)]
    assert client.answer(ids[-1])[0]["code"] == "refused"
    log.write_bytes(b"!")
    assert all(client.answer(id)[1] == b"!" for id in ids[:-1])


def test_waiting_costs_next_to_nothing(place, connect, log):
    client = connect()
    ids = [client.send("read", **reading(log, wait=1)) for _ in range(10)]
    before = processor_time(place[1])
    for id in ids:
        client.answer(id)
    assert processor_time(place[1]) - before < 0.1


def test_a_client_that_vanishes_leaves_nothing(place, connect, log):
    open_before = descriptors(place[1])
    gone = Client(place[2])
    for _ in range(100):
        gone.send("read", **reading(log, wait=20))
    gone.close()
    wait_for(lambda: descriptors(place[1]) == open_before)
    assert connect().ask("ping")[0]["ok"]


def processor_time(pid):
    """Seconds of processor that a process has used."""
    return int(pathlib.Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def descriptors(pid):
    """How many descriptors a process has open."""
    return sum(1 for _ in pathlib.Path(f"/proc/{pid}/fd").iterdir())

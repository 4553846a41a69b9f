"""docs/protocol.md shows what the supervisor really says."""

import itertools
import json
import pathlib
import re

import pytest

from flaxen_supervisor import wire
from flaxen_supervisor.requests import Requests
from flaxen_supervisor.test_support import Client, daemon

DOCUMENT = pathlib.Path(__file__).parents[2] / "docs" / "protocol.md"
TEXT = DOCUMENT.read_text()
LINE = re.compile(r"^([<>]) ((?:[0-9a-f]{2} ){8})(.+)$", re.MULTILINE)


def exchange():
    """What the document shows, as (direction, bytes)."""
    (block,) = re.findall(r"```exchange\n(.*?)```", TEXT, re.DOTALL)
    lines = [
        (way, bytes.fromhex(head) + payload.replace("\\n", "\n").encode()) for way, head, payload in LINE.findall(block)
    ]
    assert len(lines) == len(block.splitlines())
    return lines


def logged():
    """The line that the document shows in the log of r_7."""
    return next(data for way, data in exchange() if way == "<" and b'"seq":0' in data).split(b"\n", 1)[1]


@pytest.fixture
def root(tmp_path):
    """A root with the run that the document speaks of."""
    (tmp_path / "runs" / "r_7" / "attempt-1").mkdir(parents=True)
    (tmp_path / "runs" / "r_7" / "attempt-1" / "events.jsonl").write_bytes(logged())
    return tmp_path / "runs"


def test_the_exchange_is_what_happens(root):
    with daemon(root) as (_, socket):
        client = Client(socket)
        for way, data in exchange():
            if way == ">":
                client.raw(data)
            else:
                heard = b""
                while len(heard) < len(data) and (piece := client.socket.recv(len(data) - len(heard))):
                    heard += piece
                assert heard == data
        client.close()
    control = root / "r_7" / "control"
    assert json.loads((control / "c_cancel.json").read_text()) == {"id": "c_cancel", "verb": "cancel", "arguments": {}}


def test_however_it_is_cut_its_frames_are_whole():
    reader, stream = wire.FrameReader(), b"".join(data for _, data in exchange())
    for byte in stream:
        reader.feed(bytes([byte]))
    assert len(list(itertools.takewhile(bool, iter(reader.next, None)))) == len(exchange())


def test_every_verb_is_there_and_no_other():
    (table,) = re.findall(r"\| verb \|.*?\n\n", TEXT, re.DOTALL)
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == Requests(None).verbs.keys()


def test_the_greeting_is_as_it_says():
    assert wire.greeting("<identity>").decode().replace("\n", "\\n") in TEXT

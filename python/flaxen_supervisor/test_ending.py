"""Which ending follows from what a worker told and how its process went."""

import json

import pytest

from flaxen_supervisor.ending import decide, describe
from flaxen_supervisor.inbox import Inbox

COMPLETED = {"reason": "completed"}


@pytest.mark.parametrize(
    ("code", "result", "failure", "killed_for_memory", "reason", "why"),
    [
        (0, COMPLETED, None, False, "completed", None),
        (1, {"reason": "stopped"}, None, False, "stopped", None),
        (1, None, describe("exception", "ValueError", "no", ""), False, "failed", "exception"),
        (1, None, describe("label-out-of-range", "DataError", "no", ""), False, "failed", "label-out-of-range"),
        (1, None, describe("oom", "MemoryError", "no", ""), False, "oom", "oom"),
        (1, None, describe("disk-full", "OSError", "no", ""), False, "disk-full", "disk-full"),
        (1, None, describe("device-mismatch", "DeviceError", "no", ""), False, "device-mismatch", "device-mismatch"),
        (None, COMPLETED, None, False, "completed", None),
        (None, None, None, False, "failed", "worker-exited"),
        (-34, None, None, False, "failed", "worker-killed"),
        (-9, None, None, True, "oom", "oom"),
        (-9, None, None, False, "failed", "worker-killed"),
        (-11, None, None, True, "failed", "worker-killed"),
        (0, None, None, False, "failed", "worker-exited"),
        (7, None, None, False, "failed", "worker-exited"),
    ],
)
def test_endings(code, result, failure, killed_for_memory, reason, why):
    found, described = decide(code, result, failure, "stderr", killed_for_memory)
    assert found == reason
    assert (described and described["code"]) == why


def test_a_signal_is_named_and_the_end_of_stderr_kept():
    _, failure = decide(-11, None, None, "Fatal Python error", False)
    assert failure["message"] == "Python was ended by a segmentation fault (SIGSEGV)"
    assert failure["traceback"] == "Fatal Python error"


def test_what_was_killed_says_how_much_memory_it_held():
    for killed_for_memory in (True, False):
        _, failure = decide(-9, None, None, "", killed_for_memory, rss=2**30)
        assert failure["data"] == {"rss": 2**30}
        assert "memory" in failure["message"]
    _, failure = decide(1, None, describe("oom", "MemoryError", "no", ""), "", False, rss=2**30)
    assert failure["data"] == {"rss": 2**30}


def test_the_inbox_gives_each_request_once(tmp_path):
    inbox = Inbox(tmp_path / "control")

    def put(name, text):
        (tmp_path / "control" / name).write_text(text)

    put("a.json", json.dumps({"id": "c_1", "verb": "cancel", "arguments": {}}))
    put(".b.part", "half")
    assert inbox.poll() == [("c_1", "cancel")]
    put("again.json", json.dumps({"id": "c_1", "verb": "cancel"}))
    put("broken.json", "{")
    assert inbox.poll() == [("broken", None)]
    assert inbox.poll() == []

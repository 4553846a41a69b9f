"""What is read out of the folder of a run that was tried before."""

import json
import os

import pytest

from flaxen_supervisor import restart, status
from flaxen_supervisor.inbox import Inbox
from flaxen_supervisor.submission import Refused, Submission
from flaxen_supervisor.test_support import make_run

DEAD = {"pid": 2**22 + 1, "startTime": "1", "bootId": status.boot_id()}


@pytest.fixture
def folder(tmp_path):
    """A run's folder whose first attempt has answered a request and ended in the middle of a line."""
    folder = make_run(tmp_path, "r_1", "")
    (folder / "attempt-1").mkdir()
    (folder / "attempt-1" / ".reserve").write_bytes(b"0")
    lines = [{"type": "attempt.started"}, {"type": "control", "request": "q1"}, {"type": "log", "text": "q2"}]
    log = "".join(json.dumps({"v": 1} | line, separators=(",", ":")) + "\n" for line in lines)
    (folder / "attempt-1" / "events.jsonl").write_text(log + '{"v":1,"type":"run.ended"')
    return folder


def supervised_by(folder, supervisor):
    """Writes the status that a supervisor would have."""
    status.write(folder, run="r_1", attempt=1, state="running", startedAt=17, supervisor=supervisor)


def test_a_torn_end_is_no_end(folder):
    assert restart.last_attempt(folder, "r_1")[2:] == (1, "lost")
    with (folder / "attempt-1" / "events.jsonl").open("a") as log:
        log.write("}\n")
    assert restart.last_attempt(folder, "r_1")[2:] == (1, "ended")


def test_a_folder_without_attempts_or_with_an_empty_log(folder, tmp_path):
    assert restart.last_attempt(tmp_path, "r_1") is None
    (folder / "attempt-10").mkdir()
    assert restart.last_attempt(folder, "r_1")[2:] == (10, "lost")


def test_what_a_dead_supervisor_left_is_taken_over(folder):
    supervised_by(folder, DEAD)
    submission = Submission({}, folder, None)
    (folder / "control" / "a.json").write_text(json.dumps({"id": "q1", "verb": "cancel"}))
    (folder / "control" / "b.json").write_text(json.dumps({"id": "q2", "verb": "stop"}))
    restart.take_over(restart.last_attempt(folder, "r_1"), submission)
    assert (submission.first, submission.started) == (2, 17)
    assert submission.inbox.poll() == [("q2", "stop")]
    assert not (folder / "attempt-1" / ".reserve").exists()
    assert Inbox(folder / "control").poll() == [("q1", "cancel"), ("q2", "stop")]


def test_an_attempt_that_was_killed_before_its_first_line_is_made_again(folder):
    supervised_by(folder, DEAD)
    for log in (None, b""):
        submission = Submission({}, folder, None)
        (folder / "attempt-2").mkdir()
        (folder / "attempt-2" / ".reserve").write_bytes(b"0")
        if log is not None:
            (folder / "attempt-2" / "events.jsonl").write_bytes(log)
        restart.take_over(restart.last_attempt(folder, "r_1"), submission)
        assert submission.first == 2
        assert [path.name for path in folder.glob("attempt-*")] == ["attempt-1"]


def test_what_another_may_still_write_to_is_not(folder):
    submission = Submission({}, folder, None)
    with pytest.raises(Refused, match="not proven dead"):  # It may be about to say who it is.
        restart.take_over(restart.last_attempt(folder, "r_1"), submission)
    os.utime(folder / "attempt-1", (1, 1))
    restart.take_over(restart.last_attempt(folder, "r_1"), submission)
    alive = {"pid": 1, "startTime": status.processes.start_time(1), "bootId": status.boot_id()}
    supervised_by(folder, alive)
    with pytest.raises(Refused, match="not proven dead"):
        restart.take_over(restart.last_attempt(folder, "r_1"), submission)


def test_of_another_containers_process_nothing_is_proven():
    assert status.death({"supervisor": DEAD | {"pidNamespace": "pid:[1]"}}) is None
    assert "no process" in status.death({"supervisor": DEAD | {"pidNamespace": status.pid_namespace("self")}})


def test_a_death_is_proven_by_boot_pid_or_start():
    own = status.supervisor()
    assert status.death({"supervisor": own}) is None
    assert "started again" in status.death({"supervisor": own | {"bootId": "another"}})
    assert "another one" in status.death({"supervisor": own | {"startTime": "1"}})
    assert "there is no process" in status.death({"supervisor": DEAD})

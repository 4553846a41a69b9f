"""What may be asked for: nothing leads out of a run's folder, and no nonsense gets further than its refusal."""

import contextlib
import json
import os
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flaxen_supervisor import known_runs, run_files, status
from flaxen_supervisor.event_log import FULL
from flaxen_supervisor.requests import Reading, Requests
from flaxen_supervisor.server import Refused, Server

DEAD = {"pid": 2**30, "startTime": "1", "bootId": status.boot_id()}


@pytest.fixture
def root(tmp_path):
    """A root with one run that somebody made."""
    folder = tmp_path / "runs" / "r_1"
    (folder / "artifacts" / "deep").mkdir(parents=True)
    (folder / "attempt-1").mkdir()
    (folder / "attempt-1" / "events.jsonl").write_text("{}\n")
    (folder / "artifacts" / "deep" / "w.bin").write_text("weights")
    (folder / "job.json").write_text(json.dumps({"run": "r_1", "document": "sha256:d", "program": "sha256:p"}))
    (tmp_path / "secret").write_text("secret")
    return tmp_path / "runs"


@pytest.fixture
def requests(root):
    """The verbs of a server of that root, which does not run."""
    return Requests(Server(root.parent / "home", root=root, detached=True))


def ask(requests, verb, **fields):
    """The answer, or the code of the refusal."""
    try:
        answer = requests.take({"id": 1, "verb": verb, **fields}, None)
        return answer.look() if isinstance(answer, Reading) else answer
    except Exception as error:
        return requests.refusal(error)["code"]


def read(requests, file, **fields):
    """A read of `r_1`."""
    return ask(requests, "read", **{"run": "r_1", "file": file, "offset": 0} | fields)


def test_what_clients_may_read(requests):
    assert read(requests, "attempt-1/events.jsonl") == (3, b"{}\n")
    assert read(requests, "artifacts/deep/w.bin", offset=3, limit=2) == (7, b"gh")
    assert read(requests, "job.json")[1].startswith(b'{"run"')
    assert read(requests, "status.json") == (0, b"")
    assert read(requests, "artifacts/absent/w.bin") == (0, b"")


@pytest.mark.parametrize(
    "file",
    [
        *("", ".", "..", "/etc/passwd", "../secret", "artifacts/../../secret", "artifacts/..", "artifacts/./w"),
        *("artifacts", "artifacts/", "artifacts//etc/passwd", "artifacts/deep/", "artifacts/a\0b", "job.json/"),
        *("./job.json", "config.json", "attempt-1/stdout.log", "attempt-0/events.jsonl", "attempt-01/events.jsonl"),
        *("attempt-1/../job.json", "job.json\n", "attempt-1/events.jsonl\n", "program/train.py", "control/c_1.json"),
        *(7, None, ["job.json"]),
    ],
)
def test_what_they_may_not(requests, file):
    assert read(requests, file) == "bad-request"


@pytest.mark.parametrize("name", ["\ud800", "ü/\udcff", "x" * 5000, "a/" * 3000 + "b"])
def test_names_that_no_disk_can_hold_are_answered(requests, name):
    assert read(requests, f"artifacts/{name}") in ((0, b""), "refused")


def test_no_link_is_followed(requests, root):
    artifacts = root / "r_1" / "artifacts"
    (artifacts / "link").symlink_to(root.parent / "secret")
    (artifacts / "folder").symlink_to(root.parent)
    (artifacts / "absolute").symlink_to("/")
    (root / "r_2").symlink_to(root.parent)
    for file in ("artifacts/link", "artifacts/folder/secret", "artifacts/absolute/etc/passwd"):
        assert read(requests, file) == "refused"
    assert read(requests, "job.json", run="r_2") == "unknown-run"
    assert [run["run"] for run in ask(requests, "runs")["runs"]] == ["r_1"]


def test_what_is_no_file_is_not_waited_for(requests, root):
    os.mkfifo(root / "r_1" / "artifacts" / "pipe")
    assert read(requests, "artifacts/pipe") == "refused"
    assert read(requests, "artifacts/deep") == "refused"


@pytest.mark.parametrize("run", ["", "..", ".", "r 1", "r/1", "x" * 101, "é", "r_1\n", "\0", 1, None, {}])
def test_what_is_no_run_id_is_refused(requests, run):
    assert read(requests, "job.json", run=run) == "bad-request"
    assert ask(requests, "life", run=run) == "bad-request"


def test_a_run_that_is_not_there_is_unknown(requests):
    assert ask(requests, "life", run="r_9") == "unknown-run"
    assert ask(requests, "control", run="r_9", request={"id": "c", "verb": "cancel"}) == "unknown-run"


wild = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["r_1", "job.json", "cancel"]),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(max_size=5), values, max_size=3),
    max_leaves=6,
)
names = ("run", "file", "offset", "limit", "wait", "request", "after", "folder", "interpreter", "environment")
settable = (*names, "variables", "slots", "device", "maxSeconds", "retries", "warm", "detached")
verbs = st.sampled_from(["ping", "submit", "read", "control", "life", "runs", "prepare"])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(verbs | wild, st.dictionaries(st.sampled_from(settable) | st.text(), wild, max_size=6))
def test_whatever_is_asked_is_answered(requests, verb, fields):
    with contextlib.suppress(Refused, OSError):
        answer = requests.take({"id": 1} | fields | {"verb": verb}, None)
        assert isinstance(answer, Reading) or json.dumps(answer, allow_nan=False)
    assert ask(requests, "ping") == {}


@pytest.mark.parametrize(
    "fields", [{"offset": -1}, {"offset": 1.0}, {"offset": True}, {"limit": 0}, {"limit": 2**20 + 1}, {"wait": 20.1}]
)
def test_numbers_of_a_read_have_bounds(requests, fields):
    assert read(requests, "job.json", **fields) == "bad-request"


@pytest.mark.parametrize(
    "fields",
    [
        *({"detached": "false"}, {"detached": 0}, {"warm": None}, {"maxSeconds": True}, {"interpreter": []}),
        *(
            {"slots": 1.5},
            {"slots": 0},
            {"retries": -1},
            {"device": "tpu"},
            {"variables": {"A": 1}},
            {"folder": "../x"},
        ),
        *({"environment": {"name": 1}}, {"variables": {"A=B": ""}}, {"variables": {"A": "\0"}}, {"maxSeconds": -1}),
    ],
)
def test_what_is_no_submission_starts_nothing(requests, root, fields):
    (root / "r_2").mkdir()
    (root / "r_2" / "job.json").write_text((root / "r_1" / "job.json").read_text().replace("r_1", "r_2"))
    asked = {"folder": str(root / "r_2"), "interpreter": "/bin/true", "environment": {"name": "base"}} | fields
    assert ask(requests, "submit", **asked) == "bad-request"
    assert [path.name for path in (root / "r_2").iterdir() if path.is_file()] == ["job.json"]


def test_a_fault_of_its_own_is_an_answer_and_told_not_too_often(requests, capfd):
    for _ in range(200):
        assert requests.refusal(KeyError("x"))["code"] == "refused"
    assert 50 < capfd.readouterr().err.count("KeyError: 'x'") <= 101


def test_a_request_to_a_run_is_written_whole_and_once(requests, root):
    first = {"id": "c_1", "verb": "cancel", "arguments": {"why": "ü"}}
    assert ask(requests, "control", run="r_1", request=first) == {}
    assert ask(requests, "control", run="r_1", request=first | {"verb": "stop"}) == {}
    control = root / "r_1" / "control"
    assert [path.name for path in control.iterdir()] == ["c_1.json"]
    assert json.loads((control / "c_1.json").read_text()) == first


@pytest.mark.parametrize(
    "request_",
    [
        *(None, {}, {"id": "c"}, {"id": "../c", "verb": "x"}, {"id": "", "verb": "x"}, {"id": 1, "verb": "x"}),
        *({"id": "c", "verb": 1}, {"id": "c", "verb": "x", "arguments": []}, {"id": "c", "verb": "x" * 70_000}),
    ],
)
def test_what_is_no_request_to_a_run_is_not_written(requests, root, request_):
    assert ask(requests, "control", run="r_1", request=request_) == "bad-request"
    assert not (root / "r_1" / "control").exists()


def test_an_inbox_that_is_a_link_is_not_written_to(requests, root):
    (root / "r_1" / "control").symlink_to(root.parent)
    assert ask(requests, "control", run="r_1", request={"id": "c", "verb": "cancel"}) == "refused"
    assert not (root.parent / "c.json").exists()


def test_a_full_disk_has_its_own_code(requests):
    assert {requests.refusal(OSError(number, "full"))["code"] for number in FULL} == {"disk-full"}


def test_a_run_without_a_supervisor_is_dead_only_after_a_while(requests, root):
    assert ask(requests, "life", run="r_1") == {"alive": True, "cause": None, "status": None}
    os.utime(root / "r_1", (time.time() - 60,) * 2)
    assert ask(requests, "life", run="r_1") == {"alive": False, "cause": "never took it up", "status": None}


@pytest.mark.parametrize(
    ("supervisor", "word"),
    [
        (DEAD, "no process"),
        (DEAD | {"bootId": "another"}, "started again"),
        (status.supervisor() | {"startTime": "1"}, "another one"),
        (status.supervisor(), "done with it"),
    ],
    ids=["gone", "reboot", "pid of another", "itself, without the run"],
)
def test_death_is_proven(requests, root, supervisor, word):
    status.write(root / "r_1", run="r_1", state="running", supervisor=supervisor)
    told = ask(requests, "life", run="r_1")
    assert not told["alive"]
    assert word in told["cause"]
    assert told["status"]["state"] == "running"


def test_another_supervisor_that_lives_may_still_write(requests, root):
    parent = {"pid": os.getppid(), "startTime": status.processes.start_time(os.getppid()), "bootId": status.boot_id()}
    status.write(root / "r_1", run="r_1", state="running", supervisor=parent)
    assert ask(requests, "life", run="r_1")["alive"]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"supervisor": 1}', '{"supervisor": {"pid": "1"}}', "\xff"])
def test_a_broken_status_proves_nothing(requests, root, text):
    (root / "r_1" / "status.json").write_text(text)
    assert ask(requests, "life", run="r_1")["alive"]
    assert ask(requests, "runs")["runs"][0]["run"] == "r_1"


def test_runs_are_listed_with_what_is_proven(requests, root):
    status.write(root / "r_1", run="r_1", attempt=2, state="running", reason=None, supervisor=DEAD)
    (root / ".r_2.part").mkdir()
    (root / "a file").write_text("")
    (run,) = ask(requests, "runs")["runs"]
    assert (run["run"], run["folder"], run["attempt"]) == ("r_1", str(root / "r_1"), 2)
    assert (run["document"], run["program"], run["alive"]) == ("sha256:d", "sha256:p", False)


def test_long_lists_come_in_pages(requests, root, monkeypatch):
    for number in range(2, 30):
        (root / f"r_{number}").mkdir()
    monkeypatch.setattr(known_runs, "PAGE_BYTES", 500)
    found, after, pages = [], None, 0
    while pages == 0 or after:
        page = ask(requests, "runs", after=after)
        found += [run["run"] for run in page["runs"]]
        after, pages = page["next"], pages + 1
    assert found == sorted(f"r_{number}" for number in range(1, 30))
    assert pages > 3


def test_a_write_that_fails_leaves_nothing_behind(root, monkeypatch):
    def fail(*_, **__):
        raise OSError(28, "no space left")

    monkeypatch.setattr(run_files.os, "rename", fail)
    with pytest.raises(OSError, match="no space"):
        run_files.write_request(root / "r_1", "c_1", b"{}")
    assert list((root / "r_1" / "control").iterdir()) == []

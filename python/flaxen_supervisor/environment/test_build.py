"""Environments: built once, whole or not at all."""

import concurrent.futures
import json
import subprocess
import sys

import pytest

from flaxen_supervisor.environment import installers
from flaxen_supervisor.environment.build import MARK, ensure, find_ready
from flaxen_supervisor.environment.conftest import SOURCES, only_tool, silent
from flaxen_supervisor.environment.failure import EnvironmentBuildError


@pytest.fixture
def failing(tiny):
    """Builds what cannot be built; the error."""

    def build(**changes):
        with pytest.raises(EnvironmentBuildError) as raised:
            ensure(tiny.wanted | changes, tiny.home, silent)
        return raised.value

    return build


def test_it_is_built_once_and_then_found(tiny, tool):
    first = ensure(tiny.wanted, tiny.home, silent)
    assert first["built"]
    folder = tiny.home / "environments" / first["key"]
    ran = subprocess.run([first["python"], "-c", "import sys; print(sys.prefix)"], capture_output=True, text=True)
    assert ran.stdout.strip() == str(folder)
    scripts = [path for path in (folder / "bin").iterdir() if not path.is_symlink() and path.stat().st_size < 65536]
    assert subprocess.run([folder / "bin" / "tiny-tool"]).returncode == 0
    assert not any(".building/" in path.read_text() for path in scripts)
    assert json.loads((folder / MARK).read_text())["accelerator"] == "cpu"
    again = ensure(tiny.wanted, tiny.home, silent)
    assert not again["built"]
    assert again["python"] == first["python"]
    assert tiny.environments == [first["key"]]
    assert (folder / "bin" / "pip").exists() == (tool == "pip")


def test_one_without_its_mark_is_built_anew(tiny):
    key = ensure(tiny.wanted, tiny.home, silent)["key"]
    (tiny.home / "environments" / key / MARK).unlink()
    assert ensure(tiny.wanted, tiny.home, silent)["built"]


def test_it_is_built_by_pip_when_uv_does_not_manage(tiny, tmp_path, monkeypatch):
    only_tool("pip", tmp_path, monkeypatch)
    broken = tmp_path / "path-pip" / "uv"
    broken.write_text("#!/bin/sh\necho 'uv: no'\nexit 2\n")
    broken.chmod(0o755)
    lines = []
    assert ensure(tiny.wanted, tiny.home, lines.append)["built"]
    assert any("pip is tried next" in text for text in lines)


def test_a_wheel_that_is_not_the_locked_one_is_refused(tiny, failing, monkeypatch):
    monkeypatch.setattr(installers, "has_pip", lambda: False)
    tiny.wheel("tiny", "1.0", "tiny-more; python_version < '3'")
    failed = failing()
    assert failed.code == "env-failed"
    assert "hash" in failed.output.lower()
    assert tiny.environments == []


def test_another_lock_is_another_environment(tiny):
    before = ensure(tiny.wanted, tiny.home, silent)["key"]
    tiny.lock(f"# changed\ntiny==1.0 --hash=sha256:{tiny.wheel('tiny', '1.0')}\n")
    after, python = find_ready(tiny.wanted, tiny.home)
    assert before != after
    assert python is None
    ensure(tiny.wanted, tiny.home, silent)
    assert tiny.environments == sorted([before, after])


def test_two_threads_make_one_environment(tiny):
    with concurrent.futures.ThreadPoolExecutor() as pool:
        both = list(pool.map(lambda _: ensure(tiny.wanted, tiny.home, silent), range(2)))
    assert sorted(ready["built"] for ready in both) == [False, True]
    assert both[0]["python"] == both[1]["python"]


def test_an_environment_that_cannot_be_imported_is_not_used(tiny, failing):
    tiny.check("import no_such_module")
    assert "no_such_module" in failing().output
    assert find_ready(tiny.wanted, tiny.home)[1] is None
    assert tiny.environments == []


def test_no_space_left_has_a_code_of_its_own():
    script = "import sys; print('OSError: [Errno 28] No space left on device'); sys.exit(1)"
    with pytest.raises(EnvironmentBuildError) as raised:
        installers.run([(sys.executable, "-c", script)], silent)
    assert raised.value.code == "disk-full"


def test_the_command_prints_json_lines(tmp_path):
    command = [sys.executable, "-m", "flaxen_supervisor.environment", "ensure", "--name", "no", "--home", str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=SOURCES)
    assert ran.returncode == 1
    told = json.loads(ran.stdout.splitlines()[-1])
    assert (told["type"], told["code"]) == ("failed", "env-failed")

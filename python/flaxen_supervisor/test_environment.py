"""Environments: built once, whole or not at all. The lock used here is empty, so that nothing is downloaded."""

import concurrent.futures
import json
import subprocess
import sys

import pytest

from flaxen_supervisor.environment import build, installers, locks
from flaxen_supervisor.environment.build import MARK, ensure, find_ready
from flaxen_supervisor.environment.locks import EnvironmentBuildError


@pytest.fixture(autouse=True)
def tiny(tmp_path, monkeypatch):
    """An environment "tiny" of no packages."""
    folder = tmp_path / "locks"
    folder.mkdir()
    monkeypatch.setattr(locks, "FOLDER", folder)
    monkeypatch.setitem(locks.CHECKS, "tiny", "import sys; assert sys.prefix != sys.base_prefix")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("UV_NO_INDEX", "1")
    return write_lock(folder, "# nothing\n")


def write_lock(folder, text):
    """Writes the lock for both rows."""
    for _, row in locks.ROWS:
        (folder / f"tiny-{row}.txt").write_text(text)
    return folder


def silent(_text):
    """Takes progress and forgets it."""


@pytest.fixture
def bare(monkeypatch):
    """Makes environments without pip in them: quick, and all that the steps around the installation need."""

    def install(target, _lock, say):
        installers.run([(sys.executable, "-m", "venv", "--without-pip", str(target))], say)

    monkeypatch.setattr(build, "install", install)


def test_it_is_built_by_pip_when_uv_does_not_manage(tmp_path, monkeypatch):
    broken = tmp_path / "uv"
    broken.write_text("#!/bin/sh\necho 'uv: no'\nexit 2\n")
    broken.chmod(0o755)
    monkeypatch.setattr(installers.shutil, "which", lambda _name: str(broken))
    told = []
    ready = ensure("tiny", tmp_path, told.append)
    assert ready["built"]
    assert any("pip is tried next" in text for text in told)
    folder = tmp_path / "environments" / ready["key"]
    ran = subprocess.run([folder / "bin" / "pip", "--version"], capture_output=True, text=True)
    assert str(folder) in ran.stdout


def test_a_failed_installation_leaves_nothing_and_tells_the_installers_words(tmp_path, tiny):
    write_lock(tiny, f"no-such-package==1.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(EnvironmentBuildError) as raised:
        ensure("tiny", tmp_path, silent)
    assert raised.value.code == "env-failed"
    assert "no-such-package" in raised.value.output
    assert [path.name for path in (tmp_path / "environments").iterdir() if path.is_dir()] == []


@pytest.mark.usefixtures("bare")
def test_it_is_built_once_and_then_found(tmp_path):
    first = ensure("tiny", tmp_path, silent)
    assert first["built"]
    folder = tmp_path / "environments" / first["key"]
    ran = subprocess.run([first["python"], "-c", "import sys; print(sys.prefix)"], capture_output=True, text=True)
    assert ran.stdout.strip() == str(folder)
    scripts = [path for path in (folder / "bin").iterdir() if not path.is_symlink()]
    assert scripts
    assert not any(f"{first['key']}.building/" in path.read_text() for path in scripts)
    again = ensure("tiny", tmp_path, silent)
    assert not again["built"]
    assert again["python"] == first["python"]
    (folder / MARK).unlink()
    assert ensure("tiny", tmp_path, silent)["built"]


@pytest.mark.usefixtures("bare")
def test_another_lock_is_another_environment(tmp_path, tiny):
    before = ensure("tiny", tmp_path, silent)["key"]
    write_lock(tiny, "# changed\n")
    after, python = find_ready("tiny", tmp_path)
    assert before != after
    assert python is None


@pytest.mark.usefixtures("bare")
def test_what_a_killed_builder_left_is_built_anew(tmp_path):
    key, _ = find_ready("tiny", tmp_path)
    half = tmp_path / "environments" / f".{key}.building"
    half.mkdir(parents=True)
    (half / "rest").write_text("half")
    ready = ensure("tiny", tmp_path, silent)
    assert ready["built"]
    assert not half.exists()
    assert not (tmp_path / "environments" / key / "rest").exists()


@pytest.mark.usefixtures("bare")
def test_two_builders_make_one_environment(tmp_path):
    with concurrent.futures.ThreadPoolExecutor() as pool:
        both = list(pool.map(lambda _: ensure("tiny", tmp_path, silent), range(2)))
    assert sorted(ready["built"] for ready in both) == [False, True]
    assert both[0]["python"] == both[1]["python"]


@pytest.mark.usefixtures("bare")
def test_an_environment_that_cannot_be_imported_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setitem(locks.CHECKS, "tiny", "import no_such_module")
    with pytest.raises(EnvironmentBuildError) as raised:
        ensure("tiny", tmp_path, silent)
    assert "no_such_module" in raised.value.output
    assert find_ready("tiny", tmp_path)[1] is None


def test_no_space_left_has_a_code_of_its_own():
    script = "import sys; print('OSError: [Errno 28] No space left on device'); sys.exit(1)"
    with pytest.raises(EnvironmentBuildError) as raised:
        installers.run([(sys.executable, "-c", script)], silent)
    assert raised.value.code == "disk-full"


def test_old_pythons_and_unknown_names_are_refused():
    with pytest.raises(EnvironmentBuildError, match=r"3\.11 or newer"):
        locks.lock_file("tiny", (3, 10, 4))
    with pytest.raises(EnvironmentBuildError, match="Known: base, dev"):
        locks.lock_file("text")


def test_rows_follow_the_version(tiny):
    assert locks.lock_file("tiny", (3, 11, 2)) == tiny / "tiny-py311.txt"
    assert locks.lock_file("tiny", (3, 14, 0)) == tiny / "tiny-py312.txt"


def test_the_command_prints_json_lines(tmp_path):
    command = [sys.executable, "-m", "flaxen_supervisor.environment", "ensure", "--name", "no", "--home", str(tmp_path)]
    cwd = build.__file__.rsplit("/flaxen_supervisor/", 1)[0]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=cwd)
    assert ran.returncode == 1
    told = json.loads(ran.stdout.splitlines()[-1])
    assert (told["type"], told["code"]) == ("failed", "env-failed")


def test_locks_that_are_shipped_name_no_registry_and_hash_everything(monkeypatch):
    monkeypatch.undo()
    files = [path for path in locks.FOLDER.iterdir() if path.suffix == ".txt"]
    assert sorted(path.name for path in files) == ["base-py311.txt", "base-py312.txt", "dev-py311.txt", "dev-py312.txt"]
    for path in files:
        text = path.read_text()
        assert "://" not in text
        assert "--index" not in text
        packages = [line for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))]
        assert packages
        assert all(line.endswith("\\") for line in packages)

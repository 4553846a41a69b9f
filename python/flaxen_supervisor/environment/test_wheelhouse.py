"""Wheels from a folder, while the index cannot be reached; and a user's own packages beside the locked ones."""

import pathlib
import subprocess

import pytest

from flaxen_supervisor.environment import installers
from flaxen_supervisor.environment.build import ensure, find_ready
from flaxen_supervisor.environment.conftest import silent
from flaxen_supervisor.environment.failure import EnvironmentBuildError
from flaxen_supervisor.environment.packages import Package


@pytest.fixture
def add(tiny):
    """Builds with own packages; returns a function that asks the environment, and its key."""

    def build(*packages):
        ready = ensure(tiny.wanted | {"packages": packages}, tiny.home, silent)

        def ask(expression, module):
            command = [ready["python"], "-c", f"import {module}; print({expression})"]
            return subprocess.run(command, capture_output=True, text=True).stdout.strip()

        return ask, ready["key"]

    return build


@pytest.fixture
def refused(tiny):
    """The error of asking for packages that cannot be had."""

    def build(*packages):
        with pytest.raises(EnvironmentBuildError) as raised:
            ensure(tiny.wanted | {"packages": packages}, tiny.home, silent)
        assert tiny.environments == []
        return raised.value

    return build


def test_without_the_folder_of_wheels_nothing_is_found(tiny, monkeypatch):
    monkeypatch.setattr(installers, "has_pip", lambda: False)
    with pytest.raises(EnvironmentBuildError, match="the index of packages could not be reached"):
        ensure(tiny.wanted | {"wheelhouse": None}, tiny.home, silent)


@pytest.mark.usefixtures("tool")
def test_a_wheel_that_lacks_in_the_folder_is_named(tiny):
    tiny.lock(f"tiny==2.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(EnvironmentBuildError, match=r"has no wheel of tiny==2\.0 for") as raised:
        ensure(tiny.wanted, tiny.home, silent)
    assert "pip download" in str(raised.value)


def test_a_folder_without_wheels_is_refused(tiny, tmp_path):
    for folder in (tmp_path / "none", tiny.locks):
        with pytest.raises(EnvironmentBuildError, match="is no folder of wheels"):
            ensure(tiny.wanted | {"wheelhouse": str(folder)}, tiny.home, silent)


@pytest.mark.usefixtures("tool")
def test_own_packages_come_on_top_in_an_environment_of_their_own(tiny, add):
    tiny.wheel("einops", "0.8.1", "tiny")
    tiny.wheel("einops", "0.9.0", "tiny")
    tiny.wheel("tiny", "1.1")
    ask, key = add("einops==0.8.1")
    assert ask("einops.VERSION", "einops") == "0.8.1"
    assert ask("tiny.VERSION", "tiny") == "1.0"
    assert key != find_ready(tiny.wanted, tiny.home)[0]
    assert find_ready(tiny.wanted, tiny.home)[1] is None


def test_the_order_and_writing_of_packages_make_no_difference(tiny):
    keys = [["Some_Thing==1", "other"], ["other", "some-thing == 1"], ["other", "some-thing==1", "other"]]
    assert len({find_ready(tiny.wanted | {"packages": packages}, tiny.home)[0] for packages in keys}) == 1


def test_a_wheel_made_anew_is_another_environment(tiny, add):
    tiny.wheel("mine", "1.0")
    _, before = add("mine")
    tiny.wheel("mine", "1.0", "tiny")
    assert add("mine")[1] != before


@pytest.mark.usefixtures("tool")
def test_a_package_that_does_not_exist_is_named(tiny, refused):
    tiny.wheel("einops", "0.8.1")
    failed = refused("einops", "einopz==0.8.1")
    assert failed.code == "package-not-found"
    assert "no package einopz==0.8.1 can be found" in str(failed)
    assert "einopz" in failed.output


def test_a_version_that_does_not_exist_is_named(tiny, refused):
    tiny.wheel("einops", "0.8.1")
    assert "einops==7" in str(refused("einops==7"))


@pytest.mark.usefixtures("tool")
def test_a_package_that_wants_another_version_of_a_locked_one_is_named(tiny, refused):
    tiny.wheel("tiny", "2.0")
    tiny.wheel("good", "1.0", "tiny>=1")
    tiny.wheel("greedy", "1.0", "tiny>=2")
    failed = refused("good", "greedy")
    assert failed.code == "package-conflict"
    assert str(failed).startswith("greedy does not go with tiny==1.0")


def test_another_version_of_a_locked_package_is_refused(tiny, refused):
    tiny.wheel("tiny", "2.0")
    assert str(refused("tiny==2.0")).startswith("tiny==2.0 does not go with tiny==1.0")


def test_packages_that_exclude_each_other_are_named(tiny, refused):
    for version in ("1.0", "2.0"):
        tiny.wheel("common", version)
    tiny.wheel("one", "1.0", "common<2")
    tiny.wheel("two", "1.0", "common>=2")
    assert "exclude each other: one, two" in str(refused("one", "two"))


def test_an_index_that_cannot_be_reached_is_told_from_a_missing_package(tiny):
    python = ensure(tiny.wanted, tiny.home, silent)["python"]
    target = pathlib.Path(python).parents[1]
    uv, *_ = installers.tools(target, "tiny")
    with pytest.raises(EnvironmentBuildError, match="could not be reached for einops"):
        installers.add(uv, target, tiny.locks / "tiny-py311.txt", [Package.parse("einops")], (), silent)


@pytest.mark.parametrize("text", ["--pre", "-r list.txt", "./folder", "two words", "", "a==1\nb==2", "/tmp/x.whl"])
def test_what_is_no_package_is_refused_before_anything_is_made(tiny, text):
    with pytest.raises(EnvironmentBuildError, match="names no package") as raised:
        ensure(tiny.wanted | {"packages": [text]}, tiny.home, silent)
    assert raised.value.code == "bad-package"

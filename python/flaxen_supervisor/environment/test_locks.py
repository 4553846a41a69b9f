"""Which lock is chosen for which interpreter and machine."""

import pytest

from flaxen_supervisor.environment import accelerator, locks
from flaxen_supervisor.environment.description import Description
from flaxen_supervisor.environment.failure import EnvironmentBuildError
from flaxen_supervisor.environment.locks import choose

PROC = "NVRM version: NVIDIA UNIX x86_64 Kernel Module  {}  Tue\nGCC version:  gcc 12.2.0\n"
OPEN = "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  {}  Release Build  (root@x)\n"


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with a GPU and a driver, as far as its files tell."""

    def make(version, text=PROC, device="nvidia0"):
        root = tmp_path / f"machine-{version}-{device}"
        (root / "dev").mkdir(parents=True)
        (root / "dev" / device).touch()
        (root / "proc/driver/nvidia").mkdir(parents=True)
        (root / "proc/driver/nvidia/version").write_text(text.format(version))
        monkeypatch.setattr(accelerator, "detect", lambda: detect(root))
        return root

    detect = accelerator.detect
    yield make
    detect.cache_clear()


def test_old_pythons_and_unknown_names_are_refused():
    with pytest.raises(EnvironmentBuildError, match=r"3\.11 or newer"):
        choose(Description("base"), (3, 10, 4))
    with pytest.raises(EnvironmentBuildError, match="Known: base, dev"):
        choose(Description("text"))


def test_rows_follow_the_version(tiny):
    wanted = Description("tiny", accelerator="cpu")
    assert choose(wanted, (3, 11, 2)) == (tiny.locks / "tiny-py311.txt", "cpu")
    assert choose(wanted, (3, 14, 0)) == (tiny.locks / "tiny-py312.txt", "cpu")


@pytest.mark.parametrize("text", [PROC, OPEN])
def test_a_machine_with_a_gpu_gets_the_lock_for_it(tiny, machine, text):
    tiny.lock("# cuda\n", "-cuda12")
    machine("550.54.15", text)
    assert choose(Description("tiny"), (3, 11, 2)) == (tiny.locks / "tiny-cuda12-py311.txt", "cuda12")
    assert choose(Description("tiny", accelerator="cpu"), (3, 11, 2))[1] == "cpu"


@pytest.mark.usefixtures("tiny")
def test_what_has_no_lock_for_the_gpu_computes_on_the_cpu_unless_asked(machine):
    machine("550.54.15")
    assert choose(Description("tiny"))[0].name.startswith("tiny-py")
    with pytest.raises(EnvironmentBuildError, match='cannot compute on "cuda12" here. Known: cpu'):
        choose(Description("tiny", accelerator="cuda12"))


def test_an_old_driver_and_a_missing_device_mean_cpu(tiny, machine):
    tiny.lock("# cuda\n", "-cuda12")
    assert accelerator.driver(machine("470.82.01")) == 470
    assert choose(Description("tiny"))[1] == "cpu"
    machine("550.54.15", device="null")
    assert choose(Description("tiny"))[1] == "cpu"


def test_another_accelerator_is_another_key(tiny):
    lock, wanted = tiny.locks / "tiny-py311.txt", Description("tiny")
    assert locks.key_of(wanted, lock, "cpu") != locks.key_of(wanted, lock, "cuda12")


def test_locks_that_are_shipped_name_no_registry_and_hash_everything():
    files = [path for path in locks.FOLDER.iterdir() if path.suffix == ".txt"]
    names = [f"{name}-{row}.txt" for name in ("base", "base-cuda12", "dev") for row in ("py311", "py312")]
    assert sorted(path.name for path in files) == sorted(names)
    for path in files:
        text = path.read_text()
        assert "://" not in text
        assert "--index" not in text
        packages = [line for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))]
        assert packages
        assert all(line.endswith("\\") for line in packages)


@pytest.mark.parametrize("row", ["py311", "py312"])
def test_the_lock_for_a_gpu_holds_what_the_one_for_the_cpu_holds(row):
    cpu, gpu = (set(pins(f"base{accelerator}-{row}.txt")) for accelerator in ("", "-cuda12"))
    assert cpu < gpu
    assert all(line.startswith(("jax-cuda12", "nvidia-")) for line in gpu - cpu)


def pins(name):
    """Packages with their versions and markers."""
    return [line for line in (locks.FOLDER / name).read_text().splitlines() if "==" in line and line[0].isalpha()]

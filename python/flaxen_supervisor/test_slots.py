"""How many runs run at once, which wait, and for what."""

import os
import types

import pytest

from flaxen_supervisor import slots
from flaxen_supervisor.slots import Slots


class Asking:
    """An attempt as far as its place is concerned."""

    def __init__(self, submission):
        self.submission = submission


def attempt(run, places=None, gpus=None, on_gpu=True):
    """One that asks for a place."""
    variables = {} if gpus is None else {"CUDA_VISIBLE_DEVICES": gpus}
    return Asking(types.SimpleNamespace(run=run, slots=places, variables=variables, may_use_gpu=lambda: on_gpu))


@pytest.fixture
def machine(monkeypatch):
    """The places of a machine without GPUs."""
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    monkeypatch.setattr(slots, "find_gpus", list)
    return Slots()


def test_without_more_said_half_of_the_cores_are_places(machine):
    assert machine.limit(attempt("r_1").submission) == max(1, os.cpu_count() // 2)


def test_places_are_given_in_the_order_of_asking(machine):
    first, second, third = (attempt(f"r_{number}", places=1) for number in (1, 2, 3))
    assert machine.take(first, ()) == (None, None)
    assert machine.take(first, ()) == (None, None)
    for waiting in (second, third):
        assert machine.take(waiting, ()) == ("1 of 1 places is taken by r_1", None)
    assert not machine.stirred()
    machine.release(first)
    assert machine.stirred()
    assert not machine.stirred()
    assert machine.take(third, ()) == ("r_2 came before it", None)
    assert machine.take(second, ()) == (None, None)
    machine.release(second)
    machine.release(second)
    assert machine.take(third, ()) == (None, None)


def test_many_holders_are_counted_not_listed(machine):
    for number in range(7):
        machine.take(attempt(f"r_{number}", places=7), ())
    reason, _ = machine.take(attempt("r_7", places=7), ())
    assert reason == "7 of 7 places are taken by r_0, r_1, r_2, r_3, r_4 and 2 more"


def test_each_gpu_is_a_place_and_the_liked_one_is_tried_first(machine):
    runs = [attempt(f"r_{number}", gpus="0, 2,-1,") for number in range(3)]
    assert machine.take(runs[0], {"2"}) == (None, "2")
    assert machine.take(runs[1], {"2"}) == (None, "0")
    assert machine.take(runs[2], ()) == ("2 of 2 places are taken by r_0, r_1", None)
    machine.release(runs[0])
    assert machine.take(runs[2], ()) == (None, "2")


def test_more_places_than_gpus_share_them_evenly(machine):
    taken = [machine.take(attempt(f"r_{number}", places=4, gpus="0,1"), ())[1] for number in range(4)]
    assert taken == ["0", "1", "0", "1"]


def test_who_needs_no_gpu_does_not_wait_for_one(machine):
    machine.take(attempt("r_1", gpus="0"), ())
    assert machine.take(attempt("r_2", gpus="0", places=1, on_gpu=False), ()) == (None, None)


def test_gpus_are_found_by_their_devices_or_the_drivers_tool(monkeypatch, tmp_path):
    (tmp_path / "nvidia-smi").write_text("#!/bin/sh\necho 'GPU 0: A'\necho '  MIG 1g'\necho 'GPU 1: B'\n")
    (tmp_path / "nvidia-smi").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(slots, "DEVICES", tmp_path)
    assert slots.find_gpus() == ["0", "1"]
    for name in ("nvidia0", "nvidia1", "nvidia7", "nvidiactl", "nvidia-uvm"):
        (tmp_path / name).touch()
    assert slots.find_gpus() == ["0", "1", "2"]

"""Data that is still there is not read again, unless anything about it has changed."""

import os

import pytest

from flaxen.data import DataError, load
from flaxen.data.kept import Kept, identity


def spec(project, **changes):
    return {**project.config, "assets": str(project.folder / "assets"), **changes}


def test_the_same_data_is_the_same_arrays(project, tmp_path):
    p = project("diabetes")
    train, validation = load(spec(p))
    again = load(spec(p, batch_size=7, seed=5, hyperparameters={}))
    assert again[0] is train
    assert again[1] is validation
    # Another name for the same file, as in the folder of another run.
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "diabetes.csv").symlink_to(p.folder / "assets" / "diabetes.csv")
    assert load({**p.config, "assets": str(tmp_path / "other")})[0] is train
    with pytest.raises(DataError, match="the batch size is 1,000, but there are only 354 rows"):
        load(spec(p, batch_size=1000))


@pytest.mark.parametrize("change", ["shuffle", "fraction", "time", "size", "gone"])
def test_what_decides_over_the_data(project, change):
    p = project("diabetes")
    file = p.folder / "assets" / "diabetes.csv"
    before = load(spec(p))[0]
    if change == "shuffle":
        p.config["shuffle_seed"] = 1
    elif change == "fraction":
        p.config["data"] = p.config["data"] | {"validation": 0.5}
    elif change == "time":
        os.utime(file, ns=(0, file.stat().st_mtime_ns + 1))
    elif change == "size":
        file.write_text(file.read_text() + file.read_text().splitlines()[-1] + "\n")
    else:
        file.unlink()
        with pytest.raises(DataError, match="does not exist"):
            load(spec(p))
        return
    assert load(spec(p))[0] is not before


def test_arrays_are_known_by_their_hash_wherever_they_lie(project, tmp_path):
    p = project("two-heads")
    train, _ = load(spec(p))
    assert load({**p.config, "assets": str(tmp_path / "not there")})[0] is train
    # Without rows to draw, the seed that draws them changes nothing.
    assert load(spec(p, shuffle_seed=9))[0] is train


def test_every_file_counts(project):
    p = project("digits")
    assert identity(spec(p), [p.folder / "config.json"]) is None
    p.write()
    one, two = (identity(spec(p), files) for files in ([], [p.folder / "config.json"]))
    assert one != two
    from flaxen.data import mnist

    assets = p.folder / "assets"
    assert {file.name for file in mnist.files(p.config["data"], assets)} == {file.name for file in assets.iterdir()}


def test_one_value_is_kept_and_a_failure_leaves_none():
    kept, made = Kept(), iter(range(9))
    assert [kept.get(name, lambda: next(made)) for name in ("a", "a", "b", "a", None, None)] == [0, 0, 1, 2, 3, 4]
    with pytest.raises(ZeroDivisionError):
        kept.get("c", lambda: 1 / 0)
    assert (kept.identity, kept.value) == (None, None)

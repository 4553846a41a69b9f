"""Data of every kind, from real files."""

import numpy as np
import pytest

from flaxen.data import DataError, load
from flaxen.data.dataset import fingerprint
from flaxen.data.idx import read_idx


def spec(project, **changes):
    return {**project.config, "assets": str(project.folder / "assets"), **changes}


def test_mnist(project):
    p = project("digits")
    train, validation = load(spec(p))
    assert (train.rows, validation.rows) == (60_000, 10_000)
    assert train.columns["image"].shape == (60_000, 28, 28, 1)
    assert train.columns["image"].dtype == np.uint8
    assert np.bincount(train.columns["digit"]).tolist()[:3] == [5923, 6742, 5958]
    p.config["data"]["validation"] = 0.1
    train, validation = load(spec(p))
    assert (train.rows, validation.rows) == (54_000, 6_000)
    p.config["data"]["test"] = True
    assert [part.rows for part in load(spec(p))] == [54_000, 6_000, 10_000]


def test_digits_in_the_shape_of_the_input(project):
    p = project("residual")
    train, validation = load(spec(p))
    assert train.columns["image"].shape == (1438, 8, 8, 1)
    assert float(train.columns["image"].max()) == 1
    assert validation.rows == 359
    p.config["data"]["expects"]["image"]["shape"] = [64]
    assert load(spec(p))[0].columns["image"].shape == (1438, 64)
    p.config["data"]["expects"]["image"]["shape"] = [8, 9]
    with pytest.raises(DataError, match=r"shape \[64\], but the model expects \[8, 9\]"):
        load(spec(p))


def test_arrays_by_their_hash(project):
    p = project("two-heads")
    train, validation = load(spec(p))
    assert validation is None
    assert train.columns["centre"].shape == (1797, 2)
    p.config["data"] |= {"validation": p.config["data"]["columns"], "test": {"ratio": 0.25, "stratify": "digit"}}
    assert [part.rows for part in load(spec(p))] == [1348, 1797, 449]
    p.config["data"] |= {"validation": 0.25, "test": p.config["data"]["columns"]}
    assert [part.rows for part in load(spec(p))] == [1348, 449, 1797]
    p.config["data"]["columns"]["image"]["shape"] = [1797, 8, 9]
    with pytest.raises(DataError, match="holds 115,008 values, but the shape .* needs 129,384") as caught:
        load(spec(p))
    assert caught.value.code == "wrong-format"


def test_the_fingerprint_is_of_names_types_shapes_and_content():
    values = np.arange(12, dtype=np.int32).reshape(3, 4)
    prints = {
        fingerprint(columns)
        for columns in (
            {"a": values},
            {"b": values},
            {"a": values.astype(np.float32)},
            {"a": values.reshape(4, 3)},
            {"a": values + 1},
        )
    }
    assert len(prints) == 5
    assert fingerprint({"a": values, "b": values}) == fingerprint({"b": values, "a": values.copy()})


def test_idx_files_are_read_as_their_header_says(tmp_path):
    path = tmp_path / "values"
    path.write_bytes(bytes([0, 0, 0x0C, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 1, 0, 255, 255, 255, 255]))
    np.testing.assert_array_equal(read_idx(path, "x"), [[256], [-1]])
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(DataError, match="has 19 bytes, but its header .2, 1. needs 20"):
        read_idx(path, "x")
    path.write_bytes(b"\x1f\x8b\x08\x00")
    with pytest.raises(DataError, match="not an IDX file"):
        read_idx(path, "x")
    with pytest.raises(DataError, match='column "x": the file .*/none does not exist') as caught:
        read_idx(tmp_path / "none", "x")
    assert caught.value.code == "missing-file"

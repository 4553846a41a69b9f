"""Folders of images: decoded once, in the model's size."""

import io

import numpy as np
import pytest
from PIL import Image

from flaxen.data import DataError, images, load
from flaxen.data.rows import Rows

SPEC = {
    "kind": "images",
    "path": "flowers",
    "columns": {"image": "photo", "label": "flower"},
    "validation": {"ratio": 0.5, "stratify": "flower"},
    "fit": "crop",
    "expects": {
        "photo": {"role": "input", "shape": [4, 6, 3], "dtype": "float", "stored": "uint8"},
        "flower": {"role": "label", "classes": 3},
    },
}
COLOURS = {"rose": (200, 0, 0), "tulip": (0, 100, 0)}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("FLAXEN_CACHE", str(tmp_path / "cache"))
    for name, colour in COLOURS.items():
        (tmp_path / "flowers" / name).mkdir(parents=True)
        for n, (kind, size) in enumerate([("png", (6, 4)), ("jpg", (60, 40)), ("png", (12, 30)), ("png", (8, 4))]):
            Image.new("RGB", size, colour).save(tmp_path / "flowers" / name / f"{n}.{kind}")
    return tmp_path


def loaded(folder, **changes):
    return load({"data": SPEC | changes, "assets": str(folder), "batch_size": 1, "shuffle_seed": 0})


def test_a_class_for_each_sub_folder(folder):
    train, held = loaded(folder)
    assert train.columns["photo"].shape == (4, 4, 6, 3)
    assert train.columns["photo"].dtype == np.uint8
    for part in (train, held):
        assert sorted(np.asarray(part.columns["flower"]).tolist()) == [0, 0, 1, 1]
        for pixels, label in zip(np.asarray(part.columns["photo"]), np.asarray(part.columns["flower"]), strict=True):
            np.testing.assert_allclose(pixels.mean((0, 1)), list(COLOURS.values())[label], atol=2)
    assert train.preprocessing["columns"]["flower"]["words"] == ["rose", "tulip"]


def test_images_that_test_are_set_aside_first(folder):
    parts = loaded(folder, validation={"ratio": 0.25, "stratify": "flower"}, test={"ratio": 0.25, "stratify": "flower"})
    assert [sorted(np.asarray(part.columns["flower"]).tolist()) for part in parts] == [[0, 0, 1, 1], [0, 1], [0, 1]]
    (folder / "end" / "tulip").mkdir(parents=True)
    Image.new("RGB", (6, 4), COLOURS["tulip"]).save(folder / "end" / "tulip" / "a.png")
    assert [part.rows for part in loaded(folder, test="end")] == [4, 4, 1]


def test_grey_and_the_middle_or_all(folder):
    wide = np.zeros((4, 12), np.uint8)
    wide[:, 3:9] = 250
    Image.fromarray(wide).save(folder / "flowers" / "rose" / "0.png")
    grey = {**SPEC["expects"], "photo": {**SPEC["expects"]["photo"], "shape": [4, 6, 1]}}
    middle, whole = (loaded(folder, expects=grey, validation=None, fit=fit)[0] for fit in ("crop", "stretch"))
    assert np.asarray(middle.columns["photo"])[0].min() == 250
    assert np.asarray(whole.columns["photo"])[0].min() == 0


def test_the_same_files_are_decoded_once(folder, monkeypatch):
    first = images.read(SPEC, folder).train["photo"]
    monkeypatch.setattr(images, "_pixels", None)
    np.testing.assert_array_equal(images.read(SPEC, folder).train["photo"], first)
    (folder / "flowers" / "rose" / "0.png").write_bytes((folder / "flowers" / "tulip" / "0.png").read_bytes())
    with pytest.raises(TypeError):
        images.read(SPEC, folder)


def test_files_to_predict_from(folder):
    train, _ = loaded(folder, validation=None)
    contents = [(folder / "flowers" / name / "1.jpg").read_bytes() for name in COLOURS]
    rows = Rows(SPEC, train.preprocessing)
    given = {"photo": np.frombuffer(b"".join(contents), np.uint8)}
    prepared = rows.prepare(given, files={"photo": [len(one) for one in contents]})
    np.testing.assert_array_equal(prepared["photo"], np.asarray(train.columns["photo"])[[1, 5]])
    with pytest.raises(DataError, match=r"photo\[0\] is no image"):
        rows.prepare({"photo": np.zeros(9, np.uint8)}, files={"photo": [9]})


def test_what_is_wrong_is_named(folder):
    broken = folder / "flowers" / "rose" / "2.png"
    whole = broken.read_bytes()
    broken.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError, match=r"rose/2.png is no image that can be read") as caught:
        loaded(folder)
    assert caught.value.code == "wrong-format"
    broken.write_bytes(whole)
    with pytest.raises(DataError, match="has 2 sub-folders, but head .flower. has 1 classes"):
        loaded(folder, expects={**SPEC["expects"], "flower": {"role": "label", "classes": 1}})
    (folder / "flowers" / "lily").mkdir()
    with pytest.raises(DataError, match="flowers/lily has no images"):
        loaded(folder)
    with pytest.raises(DataError, match="the folder weeds does not exist"):
        loaded(folder, path="weeds")
    (folder / "one" / "rose").mkdir(parents=True)
    with pytest.raises(DataError, match="one has 1 sub-folders .rose., but a class needs"):
        loaded(folder, path="one")


def test_transparency_is_a_channel_where_the_model_has_one():
    content = io.BytesIO()
    Image.new("RGBA", (3, 2), (1, 2, 3, 4)).save(content, "PNG")
    data = np.frombuffer(content.getvalue(), np.uint8)
    assert images.decode("photo", data, [len(data)], [2, 3, 4], "crop")[0, 0, 0].tolist() == [1, 2, 3, 4]

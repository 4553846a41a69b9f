"""CSV: types, scaling and vocabularies of the train rows only, errors by line."""

import numpy as np
import pytest

from flaxen.data import DataError, load
from flaxen.data.rows import Rows

SPEC = {
    "kind": "csv",
    "path": "flowers.csv",
    "features": {"size": ["length", "width"], "place": ["country"]},
    "targets": {"species": "species", "price": "price"},
    "validation": "held.csv",
    "scaling": "standard",
    "expects": {
        "size": {"role": "input", "shape": [2], "dtype": "float"},
        "place": {"role": "input", "shape": [1], "dtype": "int", "below": 4},
        "species": {"role": "label", "classes": 3},
        "price": {"role": "target", "outputs": 1},
    },
}
HEADER = "length,width,country,species,price\n"
GOOD = HEADER + "1,10,nl,iris,1.5\n3,10,de,tulip,2\n5,10,nl,iris,3\n"


def loaded(folder, train=GOOD, validation=HEADER + "7,12,de,tulip,4\n", **changes):
    (folder / "flowers.csv").write_text(train)
    (folder / "held.csv").write_text(validation)
    spec = SPEC | changes
    return load({"data": spec, "assets": str(folder), "batch_size": 1, "shuffle_seed": 0})


def test_the_train_rows_decide_scaling_and_vocabularies(tmp_path):
    train, validation = loaded(tmp_path)
    size = np.asarray(train.columns["size"])
    np.testing.assert_allclose(size[:, 0], [-1.2247449, 0, 1.2247449], rtol=1e-6)
    np.testing.assert_array_equal(size[:, 1], 0)  # a column that never changes
    np.testing.assert_allclose(validation.columns["size"], [[2.4494898, 2]], rtol=1e-6)
    np.testing.assert_array_equal(train.columns["species"], [0, 1, 0])
    np.testing.assert_array_equal(validation.columns["place"], [[0]])
    fitted = train.preprocessing["columns"]
    assert fitted["place"]["columns"] == [{"column": "country", "words": ["de", "nl"]}]
    assert fitted["species"]["words"] == ["iris", "tulip"]
    assert [one["shift"] for one in fitted["size"]["columns"]] == [3, 10]


def test_neither_validation_nor_test_rows_are_fitted(tmp_path):
    rows = [f"{row},10,{'nl' if row < 6 else 'de'},iris,1" for row in range(8)]
    marked = "length,width,country,species,price,part\n" + "\n".join(
        f"{row},{part}" for row, part in zip(rows, [*"tttvvvee"], strict=True)
    )
    ways = {name: {"column": "part", "value": value} for name, value in (("validation", "v"), ("test", "e"))}
    expects = {name: SPEC["expects"][name] for name in ("size", "price")}
    fewer = {"features": {"size": ["length", "width"]}, "targets": {"price": "price"}, "expects": expects}
    (tmp_path / "marked.csv").write_text(marked)
    config = {"assets": str(tmp_path), "batch_size": 1, "shuffle_seed": 0}
    parts = load({"data": SPEC | {"path": "marked.csv"} | ways | fewer} | config)
    assert [part.rows for part in parts] == [3, 3, 2]
    np.testing.assert_allclose(np.asarray(parts[0].columns["size"])[:, 0], [-1.2247449, 0, 1.2247449], rtol=1e-6)
    np.testing.assert_allclose(
        np.asarray(parts[2].columns["size"])[:, 0], (np.array([6, 7]) - 1) * 1.2247449, rtol=1e-6
    )
    (tmp_path / "end.csv").write_text(HEADER + "7,12,de,tulip,4\n")
    *_, test = load({"data": SPEC | {"path": "marked.csv", "validation": 0.25, "test": "end.csv"} | fewer} | config)
    assert test.rows == 1


def test_rows_to_predict_from_are_prepared_alike(tmp_path):
    train, _ = loaded(tmp_path)
    raw = {"size": np.array([[1, 10], [3, 10]], np.float32), "place": np.array([["nl"], ["de"]], object)}
    prepared = Rows(SPEC, train.preprocessing).prepare(raw)
    np.testing.assert_allclose(prepared["size"], np.asarray(train.columns["size"])[:2], rtol=1e-6)
    np.testing.assert_array_equal(prepared["place"], [[1], [0]])


@pytest.mark.parametrize(
    ("train", "code", "message"),
    [
        (GOOD + "1,ten,nl,iris,1\n", "wrong-dtype", 'column "width", line 5: "ten", but a number'),
        (GOOD + "1,,nl,iris,1\n", "missing-value", 'column "width", line 5: no value. Fill it in, or choose'),
        (GOOD + "1,inf,nl,iris,1\n", "not-a-number", 'column "width", line 5: inf'),
        (GOOD + "1,1,nl,iris,NaN\n", "not-a-number", 'column "price", line 5: nan'),
        (GOOD.replace("width", "widht"), "unknown-column", 'no column "width"; did you mean "widht"'),
        (HEADER, "empty-data", "no rows"),
        ("", "empty-data", "empty"),
        (GOOD + "1,2\n1,2,3,4,5,6,7\n", "wrong-format", "flowers.csv"),
        (GOOD + "1,1,be,iris,1\n1,1,uk,iris,1\n1,1,fr,iris,1\n", "index-out-of-range", "5 different .* room for 4"),
        (GOOD + "1,1,nl,rose,1\n1,1,nl,lily,1\n", "label-out-of-range", "4 different .* room for 3"),
    ],
)
def test_what_is_wrong_is_named_by_its_line(tmp_path, train, code, message):
    with pytest.raises(DataError, match=message) as caught:
        loaded(tmp_path, train)
    assert caught.value.code == code


def test_numbers_as_labels(tmp_path):
    numbers = GOOD.replace("iris", "0").replace("tulip", "2")
    train, _ = loaded(tmp_path, numbers, HEADER + "7,12,de,1,4\n")
    np.testing.assert_array_equal(train.columns["species"], [0, 2, 0])
    with pytest.raises(DataError, match='column "species", line 5: 3, but .* 0 to 2'):
        loaded(tmp_path, numbers + "1,1,nl,3,1\n")


def test_a_word_that_no_train_row_has(tmp_path):
    with pytest.raises(DataError, match='"rose", which no train row has; known: iris, tulip') as caught:
        loaded(tmp_path, GOOD, HEADER + "7,12,de,rose,4\n")
    assert caught.value.code == "unknown-category"


def test_a_missing_file(tmp_path):
    with pytest.raises(DataError, match="does not exist") as caught:
        loaded(tmp_path, path="nowhere.csv")
    assert caught.value.code == "missing-file"

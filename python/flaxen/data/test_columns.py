"""Tables of numbers, categories, texts, tags and sets: fitted on the train rows, applied to any."""

import json

import numpy as np
import polars as pl
import pytest

from flaxen.data import DataError, load, parts
from flaxen.data.rows import Rows

EXPECTS = {
    "size": {"role": "input", "shape": [3], "dtype": "float"},
    "place": {"role": "input", "shape": [2], "dtype": "int", "below": 6},
    "advert": {"role": "input", "shape": [4], "dtype": "int", "below": 6},
    "price": {"role": "target", "outputs": 1},
    "genres": {"role": "labels", "classes": 3},
}
FEATURES = {
    "size": [
        {"column": "area", "missing": "mean"},
        {"column": "rooms", "missing": "median", "scaling": "minMax"},
        {"column": "age", "missing": "zero", "scaling": "none"},
    ],
    "place": [
        {"column": "city", "kind": "category", "missing": "unknown"},
        {"column": "zone", "kind": "category", "maxCategories": 2},
    ],
    "advert": [{"column": "text", "kind": "text", "lowercase": True}],
}
TARGETS = {
    "price": {"column": "price", "scaling": "standard"},
    "genres": {"column": "genres", "kind": "set", "separator": "|"},
}
TRAIN = {
    "area": [10.0, None, 30.0, 20.0],
    "rooms": [1, 3, None, 2],
    "age": [5.5, None, 1.0, 2.0],
    "city": ["Bonn", None, "Aachen", "Bonn"],
    "zone": [7, 9, 7, 9],
    "text": ["A fine house", "a house, small", "fine fine", "a"],
    "price": [100.0, 200.0, 300.0, 200.0],
    "genres": ["new|big", "", "old", "big"],
}
HELD = {
    "area": [1000.0, None],
    "rooms": [5, None],
    "age": [None, 4.0],
    "city": ["Celle", "Aachen"],
    "zone": [8, 7],
    "text": ["A huge fine house of ours", "small"],
    "price": [500.0, 100.0],
    "genres": ["old|new", "big"],
}


def spec(**changes):
    plain = {"kind": "parquet", "path": "train.parquet", "features": FEATURES, "targets": TARGETS, "expects": EXPECTS}
    return plain | {"validation": "held.parquet", "scaling": "standard"} | changes


def loaded(folder, train=TRAIN, held=HELD, seed=0, **changes):
    pl.DataFrame(train).write_parquet(folder / "train.parquet")
    pl.DataFrame(held).write_parquet(folder / "held.parquet")
    return load({"data": spec(**changes), "assets": str(folder), "batch_size": 1, "shuffle_seed": seed})


def test_every_kind_of_column(tmp_path):
    train, held = loaded(tmp_path)
    np.testing.assert_allclose(
        train.columns["size"],
        [[-1.4142135, 0, 5.5], [0, 1, 0], [1.4142135, 0.5, 1], [0, 0.5, 2]],
        atol=1e-6,
    )
    # Bonn, Aachen: 1, 2 by the alphabet; one vector for what is missing in either column; then the zones.
    np.testing.assert_array_equal(train.columns["place"], [[2, 3], [0, 4], [1, 3], [2, 4]])
    np.testing.assert_array_equal(held.columns["place"], [[0, 0], [1, 3]])
    # "a" and "fine" three times, "house" twice, then the alphabet; six numbers are four words.
    assert parts.vocabulary(train.preprocessing["columns"]["advert"]) == [
        *("<padding>", "<unknown>", "a", "fine", "house", ","),
    ]
    np.testing.assert_array_equal(train.columns["advert"], [[2, 3, 4, 0], [2, 4, 5, 1], [3, 3, 0, 0], [2, 0, 0, 0]])
    np.testing.assert_array_equal(held.columns["advert"], [[2, 1, 3, 4], [1, 0, 0, 0]])
    np.testing.assert_allclose(train.columns["price"][:, 0], [-1.4142135, 0, 1.4142135, 0], atol=1e-6)
    np.testing.assert_array_equal(train.columns["genres"], [[1, 1, 0], [0, 0, 0], [0, 0, 1], [1, 0, 0]])


def test_the_validation_rows_decide_over_nothing(tmp_path):
    first = loaded(tmp_path)[0]
    (tmp_path / "other").mkdir()
    other = {name: values[::-1] for name, values in HELD.items()} | {"area": [-1e6, 1e6], "rooms": [77, -77]}
    second = loaded(tmp_path / "other", held=other)[0]
    assert first.preprocessing == second.preprocessing
    assert first.fingerprint == second.fingerprint


@pytest.mark.parametrize("how", [0.5, {"ratio": 0.5, "group": "zone"}, {"column": "zone", "value": 9}])
def test_what_is_fitted_is_fitted_on_the_rows_that_are_left(tmp_path, how):
    expects = {name: one for name, one in EXPECTS.items() if name != "genres"}
    prices = {"price": [100.0, 200.0, 300.0, 400.0]}
    train, held = loaded(tmp_path, TRAIN | prices, validation=how, expects=expects)
    assert (train.rows, held.rows) == (2, 2)
    values = np.asarray(train.columns["price"])
    np.testing.assert_allclose([values.mean(), values.std()], [0, 1], atol=1e-6)


def test_what_was_fitted_is_plain_json_that_prepares_rows_alike(tmp_path):
    train, held = loaded(tmp_path)
    saved = json.loads(json.dumps(train.preprocessing))
    rows = Rows(spec(), saved)
    prepared = rows.prepare({}, [{name: HELD[name][row] for name in HELD} for row in range(2)])
    assert list(prepared) == ["size", "place", "advert"]
    for name, values in prepared.items():
        np.testing.assert_array_equal(values, held.columns[name])
    apart = {
        "size": [[1000, 5, None], [None, None, 4.0]],
        "place": [["Celle", 8], ["Aachen", "7"]],
        "advert": [["A huge fine house of ours"], ["small"]],
    }
    for name, values in rows.prepare({}, values=apart).items():
        np.testing.assert_array_equal(values, held.columns[name])
    numbers = np.array([[10, 1, 5.5]], np.float32), np.array([[2, 3, 4, 0]], np.int32)
    mixed = rows.prepare({"size": numbers[0], "advert": numbers[1]}, values={"place": [[None, 7]]})
    np.testing.assert_allclose(mixed["size"], train.columns["size"][:1], rtol=1e-6)
    np.testing.assert_array_equal(mixed["advert"], numbers[1])
    restored = parts.restore(saved["columns"]["price"], np.asarray(train.columns["price"]))
    np.testing.assert_allclose(restored[:, 0], TRAIN["price"])
    # Means and variances: these in the square of the unit, and not shifted.
    scale = saved["columns"]["price"]["columns"][0]["scale"]
    both = np.column_stack([np.asarray(train.columns["price"]), np.full(len(TRAIN["price"]), 0.25)])
    means, variances = parts.restore(saved["columns"]["price"], both).T
    np.testing.assert_allclose(means, TRAIN["price"])
    np.testing.assert_allclose(variances, 0.25 * scale**2)


@pytest.mark.parametrize(
    ("change", "spec_change", "code", "message"),
    [
        ({"area": [None, 2.0, None, 1.0]}, {}, "missing-value", r'"area", row 0: no value \(2 rows like it\)\. Fill'),
        ({"area": [1.0, 2.0, 3.0, np.inf]}, {}, "not-a-number", '"area", row 3: inf'),
        ({"area": [1.0, np.nan, 3.0, 4.0]}, {}, "not-a-number", '"area", row 1: nan'),
        ({"area": ["1", "2", "x", "y"]}, {}, "wrong-dtype", r'"area", row 2: "x", but a number .* \(2 rows like it\)'),
        ({"area": [[1], [2], [3], [4]]}, {}, "wrong-dtype", r"List\(Int64\) values, but numbers are expected"),
        ({"zone": [1, None, 2, 3]}, {}, "missing-value", '"zone", row 1: no value. .* "unknown"'),
        ({"text": ["a", "b", None, "c"]}, {}, "missing-value", '"text", row 2: no value. .* "empty"'),
        ({"price": [1.0, None, 1.0, 1.0]}, {}, "missing-value", '"price", row 1: no value. Rows without their target'),
        ({"city": list("abcd")}, {}, "index-out-of-range", r'"place" needs an embedding with vocab 7: .*"city" 4'),
        ({"genres": list("abcd")}, {}, "label-out-of-range", '4 different values .* "genres" has room for 3'),
        ({}, {"column": "zone", "value": 5}, "empty-data", 'no row has "5" in column "zone"; it holds 7, 9'),
        ({"zone": [1, 1, 1, 1]}, {"ratio": 0.5, "group": "zone"}, "empty-data", "all rows are of one group, 1"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, change, spec_change, code, message):
    features = FEATURES | {"size": ["area", *FEATURES["size"][1:]]}
    changes = {"features": features} | ({"validation": spec_change} if spec_change else {})
    train = {**TRAIN, "area": [10.0, 20.0, 30.0, 40.0], **change}
    with pytest.raises(DataError, match=message) as caught:
        loaded(tmp_path, train, **changes)
    assert caught.value.code == code


def test_a_type_that_later_rows_contradict(tmp_path):
    lines = ["area,kind", *(f"{n % 7},a" for n in range(12_000)), "2.5,b"]
    (tmp_path / "long.csv").write_text("\n".join([*lines, ""]))
    one = {
        "kind": "csv",
        "path": "long.csv",
        "features": {"area": ["area"]},
        "targets": {"kind": "kind"},
        "scaling": "none",
        "expects": {
            "area": {"role": "input", "shape": [1], "dtype": "float"},
            "kind": {"role": "label", "classes": 2},
        },
    }
    train, _ = load({"data": one, "assets": str(tmp_path), "batch_size": 1, "shuffle_seed": 0})
    assert float(train.columns["area"][-1, 0]) == 2.5


TAGGED = {
    "kind": "parquet",
    "path": "train.parquet",
    "features": {"words": [{"column": "words", "kind": "text", "tokenizer": "whitespace"}]},
    "targets": {"tag": "tags"},
    "validation": "held.parquet",
    "expects": {
        "words": {"role": "input", "shape": [3], "dtype": "int", "below": 9},
        "tag": {"role": "label", "classes": 3, "shape": [3]},
    },
}


@pytest.mark.parametrize("lists", [False, True])
def test_a_tag_for_each_token(tmp_path, lists):
    cut = str.split if lists else str
    train = {"words": ["we are here now", "you"], "tags": ["P V O O", "P"]}
    train = {name: [cut(one) for one in values] for name, values in train.items()}
    one, _ = loaded(tmp_path, train, train, **TAGGED)
    assert parts.vocabulary(one.preprocessing["columns"]["tag"]) == ["O", "P", "V"]
    np.testing.assert_array_equal(one.columns["tag"], [[1, 2, 0], [1, -1, -1]])
    assert (np.asarray(one.columns["words"]) > 0).tolist() == [[True] * 3, [True, False, False]]
    train["tags"][1] = cut("P V")
    with pytest.raises(DataError, match='"tags" .tag., row 1: 2 tags, but 1 tokens in column "words"'):
        loaded(tmp_path, train, train, **TAGGED)


def test_rows_with_their_targets_are_prepared_as_those_of_the_file(tmp_path):
    sets = {"columns": [{"column": "about", "kind": "set"}]}
    expects = TAGGED["expects"] | {
        "topics": {"role": "labels", "classes": 3},
        "price": {"role": "target", "outputs": 2},
    }
    prices = [{"column": "low", "scaling": "standard"}, {"column": "high", "scaling": "minMax"}]
    one = TAGGED | {"targets": {"tag": "tags", "topics": sets["columns"], "price": prices}, "expects": expects}
    train = {
        "words": ["we are here", "you"],
        "tags": ["P V O", "P"],
        "about": ["a,b", ""],
        "low": [1, 5],
        "high": [9, 7],
    }
    fitted, _ = loaded(tmp_path, train, train, **one)
    prepare = Rows(one, json.loads(json.dumps(fitted.preprocessing)), targets=True).prepare
    rows = [{name: train[name][row] for name in train} for row in range(2)]
    whole = prepare({}, rows)
    cells = {
        "words": [[text] for text in train["words"]],
        "tag": [[text] for text in train["tags"]],
        "topics": [[text] for text in train["about"]],
    }
    numbers = np.array([[1, 9], [5, 7]], np.float32)
    tokens, tags, topics = (np.asarray(fitted.columns[name]) for name in ("words", "tag", "topics"))
    apart = prepare({"price": numbers}, values=cells)
    drawn = prepare({"words": tokens, "tag": tags, "topics": topics, "price": numbers})
    for name, values in fitted.columns.items():
        for found in (whole, apart, drawn):
            np.testing.assert_allclose(found[name], values, rtol=1e-6)
    for changes, code in (
        ({"tags": "P V"}, "shape-mismatch"),
        ({"tags": "X"}, "unknown-category"),
        ({"about": "a,c"}, "unknown-category"),
        ({"low": None}, "missing-value"),
    ):
        with pytest.raises(DataError) as error:
            prepare({}, [rows[0], rows[1] | changes])
        assert error.value.code == code
    with pytest.raises(DataError, match='the target "price" is not given'):
        prepare({}, values=cells)


def test_classes_are_given_by_name_or_by_number():
    spec = {"kind": "arrays", "columns": {}, "expects": {"kind": {"role": "label", "classes": 2}}}
    fitted = {"columns": {"kind": {"kind": "labels", "column": "kind", "words": ["leaf", "sky"], "classes": 2}}}
    prepare = Rows(spec, fitted, targets=True).prepare
    np.testing.assert_array_equal(prepare({}, values={"kind": [["sky"], ["leaf"]]})["kind"], [1, 0])
    np.testing.assert_array_equal(prepare({"kind": np.array([1, 0], np.int32)})["kind"], [1, 0])
    with pytest.raises(DataError, match="row 1: 2, but the head has 2 classes"):
        prepare({"kind": np.array([1, 2], np.int32)})
    with pytest.raises(DataError, match='no input or target "sort"'):
        prepare({"sort": np.array([1, 2], np.int32)})
    with pytest.raises(DataError, match="no rows to score"):
        prepare({"kind": np.zeros(0, np.int32)})


def test_pairs_of_texts_of_which_one_has_ends(tmp_path):
    target = {"column": "en", "kind": "text", "ends": True, "length": 5}
    one = {
        "kind": "parquet",
        "features": {"source": [{"column": "nl", "kind": "text"}], "target": [target]},
        "targets": {},
        "validation": None,
        "expects": {
            "source": {"role": "input", "shape": [3], "dtype": "int", "below": 20},
            "target": {"role": "input", "shape": ["time"], "dtype": "int", "below": 20},
        },
    }
    pairs = {"nl": ["het huis", "de kat"], "en": ["the house", "the cat"]}
    train, _ = loaded(tmp_path, pairs, pairs, **one)
    np.testing.assert_array_equal(train.columns["source"], [[3, 4, 0], [2, 5, 0]])
    np.testing.assert_array_equal(train.columns["target"], [[2, 4, 6, 3, 0], [2, 4, 5, 3, 0]])

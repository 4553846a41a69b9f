"""Windows of running text, and tokenizers that learn from the training text only."""

import itertools

import numpy as np
import pytest

from flaxen.data import DataError, load, tokens

EXPECTS = {"ids": {"role": "input", "shape": [8], "dtype": "int", "below": 300}}


def loaded(folder, content="the cat sat on the mat. " * 20, **changes):
    (folder / "book.txt").write_text(content)
    spec = {"kind": "text", "column": "ids", "files": ["book.txt"], "tokenizer": "character", "expects": EXPECTS}
    return load({"data": spec | changes, "assets": str(folder), "batch_size": 1, "shuffle_seed": 0})


def test_windows_follow_each_other_and_the_end_validates(tmp_path):
    text = "abcdefghij" * 10 + "xyz" * 10
    train, held = loaded(tmp_path, text, validation=30 / 130)
    state = train.preprocessing["columns"]["ids"]["tokenizer"]
    rows = [tokens.decode(state, row) for row in np.asarray(train.columns["ids"])]
    assert rows[0] + "".join(row[1:] for row in rows[1:]) == text[:100]
    assert all(before[-1] == after[0] for before, after in itertools.pairwise(rows))
    assert "x" not in state["words"]
    np.testing.assert_array_equal(np.unique(held.columns["ids"]), [0, 1])  # letters that the training text lacks
    overlapping, _ = loaded(tmp_path, text, stride=1)
    assert overlapping.rows == 130 - 8 + 1


@pytest.mark.parametrize(
    ("count", "stride", "rows"),
    [
        (8, None, ["abcdefgh"]),
        (9, None, ["abcdefgh", "hi"]),
        (15, None, ["abcdefgh", "hijklmno"]),
        (16, None, ["abcdefgh", "hijklmno", "op"]),
        (3, None, ["abc"]),
        (9, 8, ["abcdefgh"]),
        (10, 8, ["abcdefgh", "ij"]),
        (11, 4, ["abcdefgh", "efghijk"]),
        (12, 4, ["abcdefgh", "efghijkl"]),
        (12, 10, ["abcdefgh", "kl"]),
    ],
)
def test_every_token_but_the_first_is_a_target_unless_the_stride_leaves_it_out(tmp_path, count, stride, rows):
    train, _ = loaded(tmp_path, "abcdefghijklmnop"[:count], **({} if stride is None else {"stride": stride}))
    state = train.preprocessing["columns"]["ids"]["tokenizer"]
    assert [tokens.decode(state, row) for row in np.asarray(train.columns["ids"])] == rows


@pytest.mark.parametrize("kind", ["character", "bpe"])
def test_tokens_stand_for_all_bytes_of_a_text(kind):
    texts = ["Grüße, 世界 🙂!\n", "hello hello world"]
    state = tokens.fit({"column": "ids", "tokenizer": kind, "ends": True, "vocab": 300}, texts, None)
    counts = tokens.byte_counts(state, 400)
    assert counts.shape == (400,)
    for text, numbers in zip(texts, tokens.encode(state, texts), strict=True):
        assert counts[numbers].sum() == len(text.encode())
    assert counts[tokens.encode(state, ["Ω"])].sum() == (2 if kind == "bpe" else 1)


def test_what_tests_comes_last(tmp_path):
    text = "abcdefghij" * 8 + "klmnopqrst" * 2
    train, held, test = loaded(tmp_path, text, validation=0.1, test=0.1)
    first, _ = loaded(tmp_path, text[:80])
    np.testing.assert_array_equal(train.columns["ids"], first.columns["ids"])
    assert "k" not in train.preprocessing["columns"]["ids"]["tokenizer"]["words"]
    assert held.rows == test.rows == 2
    (tmp_path / "end.txt").write_text("jihgfedcba")
    *_, test = loaded(tmp_path, text, test=["end.txt"])
    state = train.preprocessing["columns"]["ids"]["tokenizer"]
    assert tokens.decode(state, np.asarray(test.columns["ids"])[0]) == "jihgfedc"


def test_other_files_validate(tmp_path):
    (tmp_path / "other.txt").write_text("the mat")
    train, held = loaded(tmp_path, validation=["other.txt"], tokenizer="word", lowercase=True)
    state = train.preprocessing["columns"]["ids"]["tokenizer"]
    assert tokens.decode(state, np.asarray(held.columns["ids"])[0]) == "the mat"


@pytest.mark.parametrize("kind", ["word", "whitespace", "character", "bpe"])
def test_texts_come_back(kind):
    texts = ["the cat sat", "a cat, a mat", "größe 日本"]
    state = tokens.fit({"column": "text", "tokenizer": kind, "ends": True}, texts, 400)
    rows = tokens.encode(state, texts)
    assert {(row[0], row[-1]) for row in rows} == {(tokens.BEGIN, tokens.END)}
    back = [tokens.decode(state, row) for row in rows]
    assert back == [text.replace(",", " ,") if kind == "word" else text for text in texts]
    assert len(tokens.vocabulary(state)) <= 400
    assert tokens.vocabulary(state)[:4] == tokens.NAMES
    if kind != "bpe":
        assert tokens.UNKNOWN in tokens.encode(state, ["quux"])[0]


def test_the_rarest_are_unknown_where_there_is_no_room():
    state = tokens.fit({"column": "text", "vocab": 4}, ["a a a b b c"], None)
    assert tokens.encode(state, ["a b c"]) == [[2, 3, 1]]


@pytest.mark.parametrize(
    ("content", "changes", "message"),
    [
        ("x", {}, "the training text has no tokens to learn from; two or more"),
        ("", {}, "holds no text"),
        ("abc", {"tokenizer": "bpe", "vocab": 100}, "byte pairs need a vocab of 258 or more"),
        ("abc", {"files": ["gone.txt"]}, "gone.txt does not exist"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, content, changes, message):
    with pytest.raises(DataError, match=message):
        loaded(tmp_path, content, **changes)


def test_text_that_is_no_utf_8(tmp_path):
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9 ")
    with pytest.raises(DataError, match="latin.txt is no UTF-8 text: byte 3"):
        loaded(tmp_path, files=["latin.txt"])

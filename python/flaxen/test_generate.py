"""Text from a program that is told what to say."""

import types

import numpy as np
import pytest

from flaxen.data import tokens
from flaxen.data.errors import DataError
from flaxen.data.rows import Rows
from flaxen.generate import generate

VOCAB = 8


def predictor(texts, ends, say, length=5):
    """A model of `length` positions; say(ids [rows, length]) gives the logits [rows, length, VOCAB]."""
    state = tokens.fit({"tokenizer": "character", "ends": ends, "column": "ids"}, texts, VOCAB)
    expects = {
        "ids": {"role": "input", "dtype": "int", "shape": [length], "below": VOCAB},
        "shift": {"role": "input", "dtype": "int", "shape": [1]},
    }
    fitted = {"kind": "text", "column": "ids", "length": length, "missing": "error", "tokenizer": state}
    rows = Rows({"kind": "csv", "expects": expects}, {"columns": {"ids": fitted}})

    def predict(_carry, _hp, batch):
        logits = np.asarray(say(batch["ids"], batch["shift"]), np.float64)
        chances = np.exp(logits - logits.max(-1, keepdims=True))
        return {"next": (chances / chances.sum(-1, keepdims=True)).astype(np.float32)}

    return types.SimpleNamespace(program=types.SimpleNamespace(predict=predict), rows=rows, carry=None, hp=None)


def ask(model, prompts, shift=None, **more):
    request = {"head": "next", "of": "ids", "prompts": prompts, "tokens": 6, "temperature": 0, "topK": None, "seed": 0}
    return generate(model, request | more, {"shift": np.array(shift or [[0]] * len(prompts), np.int32)})


def one_on(ids, shift):
    """The token after the one that stands there, and more of it by `shift`; from the last letter to the first."""
    return 9 * np.eye(VOCAB)[(ids - 2 + 1 + shift) % 3 + 2]


def test_each_prompt_goes_on_from_its_own_end_and_slides_over_a_full_input():
    model = predictor(["aaabbc"], False, one_on)  # a 2, b 3, c 4
    assert ask(model, ["a", "ab", "abcabcabcab"], tokens=7) == ["bcabcab", "cabcabc", "cabcabc"]
    assert ask(model, ["a", "a"], shift=[[0], [1]]) == ["bcabca", "cbacba"]


def test_the_last_position_which_never_learnt_what_follows_is_not_asked():
    def say(ids, shift):
        return np.where(np.arange(ids.shape[1])[:, None] < 4, one_on(ids, shift), 9 * np.eye(VOCAB)[2])

    assert ask(predictor(["aaabbc"], False, say), ["abcab", "a"], tokens=8) == ["cabcabca", "bcabcabc"]


def test_a_text_with_an_end_ends_there_or_where_the_input_is_full():
    def say(ids, shift):
        logits = np.zeros((*ids.shape, VOCAB))
        logits[..., 0] = 50  # padding is never written
        for position in range(ids.shape[1]):  # a (4) until `shift` letters stand there, then the end
            logits[:, position, 4] = 9
            logits[:, position, tokens.END] = np.where(shift[:, 0] <= position, 20, 0)
        return logits

    model = predictor(["aab"], True, say)
    assert ask(model, ["", "a", "", ""], shift=[[2], [2], [0], [9]]) == ["aa", "a", "", "aaaa"]
    with pytest.raises(DataError, match="prompt 0 leaves no room to write: it fills all 5 positions"):
        ask(model, ["aaaa"])


def test_temperature_top_k_and_seed():
    chances = np.array([5, 5, 0.6, 0.3, 0.1, 5, 5, 5])  # only the three letters are ever written
    model = predictor(["aaabbc"], False, lambda ids, _: np.log(np.broadcast_to(chances, (*ids.shape, VOCAB))))

    def shares(**more):
        (text,) = ask(model, ["a"], tokens=4000, **more)
        return [text.count(letter) / 4000 for letter in "abc"]

    np.testing.assert_allclose(shares(temperature=1), [0.6, 0.3, 0.1], atol=0.03)
    np.testing.assert_allclose(shares(temperature=0.5), np.array([36, 9, 1]) / 46, atol=0.03)
    np.testing.assert_allclose(shares(temperature=1, topK=2), [2 / 3, 1 / 3, 0], atol=0.03)
    assert shares(temperature=0) == [1, 0, 0]
    first = ask(model, ["a", "a"], temperature=1, tokens=40)
    assert first == ask(model, ["a", "a"], temperature=1, tokens=40)
    assert first[0] != first[1]
    assert first != ask(model, ["a", "a"], temperature=1, tokens=40, seed=1)


def test_an_empty_prompt_needs_a_model_that_knows_a_begin():
    with pytest.raises(DataError, match="prompt 1 is empty"):
        ask(predictor(["abc"], False, one_on), ["a", ""])

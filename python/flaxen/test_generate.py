"""Text from a program that is told what to say."""

import types

import numpy as np
import pytest

from flaxen.data import tokens
from flaxen.data.errors import DataError
from flaxen.data.rows import Rows
from flaxen.generate import generate

VOCAB = 8


def predictor(texts, ends, say, length=5, at_once=1024):
    """A model of `length` positions; say(ids [rows, length]) gives the logits [rows, length, VOCAB].

    `asked` lists what it was given: ids [rows, length].
    """
    asked = []
    state = tokens.fit({"tokenizer": "character", "ends": ends, "column": "ids"}, texts, VOCAB)
    expects = {
        "ids": {"role": "input", "dtype": "int", "shape": [length], "below": VOCAB},
        "shift": {"role": "input", "dtype": "int", "shape": [1]},
    }
    fitted = {"kind": "text", "column": "ids", "length": length, "missing": "error", "tokenizer": state}
    rows = Rows({"kind": "csv", "expects": expects}, {"columns": {"ids": fitted}})

    def predict(_carry, _hp, batch):
        asked.append(batch["ids"].copy())
        logits = np.asarray(say(batch["ids"], batch["shift"]), np.float64)
        chances = np.exp(logits - logits.max(-1, keepdims=True))
        return {"next": (chances / chances.sum(-1, keepdims=True)).astype(np.float32)}

    program = types.SimpleNamespace(predict=predict)
    return types.SimpleNamespace(
        program=program, rows=rows, carry=None, hp=None, at_once=lambda _: at_once, asked=asked
    )


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


def test_many_prompts_are_read_a_few_at_once_and_who_ends_makes_room():
    def say(ids, shift):  # a until `shift` letters stand there, then the end
        logits = np.zeros((*ids.shape, VOCAB))
        logits[..., 4] = 9
        logits[..., tokens.END] = np.where(shift <= np.arange(ids.shape[1]), 20, 0)
        return logits

    lengths = [2, 0, 3, 0, 0, 1, 0]
    model = predictor(["aab"], True, say, at_once=2)
    assert ask(model, [""] * 7, shift=[[one] for one in lengths]) == ["a" * one for one in lengths]
    assert {ids.shape for ids in model.asked} == {(2, 5)}
    assert len(model.asked) == 7  # of 13 tokens, two at a time

    def draw(at_once):
        model = predictor(["aaabbc"], False, lambda ids, _: np.zeros((*ids.shape, VOCAB)), at_once=at_once)
        return ask(model, ["a", "bc", "abcabc", "c", "b"], temperature=1, tokens=9)

    assert draw(2) == draw(1024)


def test_the_oldest_token_does_not_come_again_at_the_end():
    model = predictor(["aaabbc"], False, one_on)
    ask(model, ["abcab"], tokens=3)
    assert [ids[0].tolist() for ids in model.asked] == [[3, 4, 2, 3, 0], [4, 2, 3, 4, 0], [2, 3, 4, 2, 0]]


@pytest.mark.parametrize("temperature", [0, 1])
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_model_that_gives_no_numbers_is_blamed(temperature, bad):
    model = predictor(["aaabbc"], False, one_on)
    good = model.program.predict

    def predict(*arguments):
        outputs = good(*arguments)
        if len(model.asked) == 2:
            outputs["next"][1] = bad
        return outputs

    model.program.predict = predict
    with pytest.raises(DataError, match=f'prompt 1: "next" gives the probability {bad} for token 1') as raised:
        ask(model, ["a", "b"], temperature=temperature)
    assert raised.value.code == "not-a-number"
    assert raised.value.facts == {"head": "next", "row": 1, "value": str(bad)}


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

"""Text that a language model writes: one token after another, each drawn from what the model says comes next."""

import itertools

import numpy as np

from flaxen.data import tokens
from flaxen.data.errors import DataError

LEAST = np.finfo(np.float32).tiny  # what softmax rounds to 0 has a logarithm too


def generate(predictor, request, arrays, values=None, files=None):
    """Returns what follows each prompt, without the prompt: a list of strings. Raises `DataError`.

    predictor: of `flaxen.predict`. request: `head` and the input `of` text whose tokens it continues, `prompts`
    (strings), `tokens` (of each text, at most), `temperature` (0: always the most probable), `topK` or None, `seed`.
    arrays, values, files: the other inputs, as `Rows.prepare` takes them, a row for each prompt.

    Where the training texts had an end (`ends`), a text ends there, or where the input is full. Without, the oldest
    tokens leave the input when it is full.

    The model reads a whole input again for every token: there is no cache of keys and values, so a token costs as much
    as predicting the row. As many prompts are read at once as `Predictor` predicts rows; a text that ends makes room
    for the next prompt.
    """
    head, of, count = request["head"], request["of"], len(request["prompts"])
    fitted = predictor.rows.fitted[of]
    state, length = fitted["tokenizer"], fitted["length"]
    ids, used = _start(of, state, request["prompts"], length)
    batch = predictor.rows.prepare({**arrays, of: ids}, None, values, files)
    size = min(1 << (count - 1).bit_length(), predictor.at_once(batch))  # few shapes are compiled
    # Padding, unknown and begin stand for no text, and the model may have room for more tokens than there are.
    writable = slice(tokens.END if state["ends"] else tokens.UNKNOWN + 1, len(tokens.vocabulary(state)))
    draws = [np.random.default_rng([request["seed"], row]) for row in range(count)]
    written = [[] for _ in range(count)]

    def unfinished(row):
        ended = state["ends"] and (written[row][-1] == tokens.END or used[row] == length)
        return len(written[row]) < request["tokens"] and not ended

    running, waiting = [], iter(range(count))
    while True:
        running = [row for row in running if unfinished(row)]
        running += itertools.islice(waiting, size - len(running))  # whoever ends makes room for the next
        if not running:
            return [tokens.decode(state, row) for row in written]
        places = np.resize(running, size)
        full = places[used[places] == length]  # no position came after the last one, so it never learnt what follows
        ids[full, :-1], ids[full, -1], used[full] = ids[full, 1:], 0, length - 1
        seen = {name: rows[places] for name, rows in (batch | {of: ids}).items()}
        outputs = predictor.program.predict(predictor.carry, predictor.hp, seen)
        following = np.asarray(outputs[head][np.arange(size), used[places] - 1], np.float64)
        for row, probabilities in zip(running, following, strict=False):
            _finite(head, row, len(written[row]), probabilities)
            chances = _chances(probabilities[writable], request["temperature"], request["topK"])
            written[row].append(writable.start + int(draws[row].choice(len(chances), p=chances)))
            ids[row, used[row]] = written[row][-1]
            used[row] += 1


def _start(of, state, prompts, length):
    """Returns (token numbers [rows, length], how many of each row are the prompt's)."""
    ids, used = np.zeros((len(prompts), length), np.int32), np.zeros(len(prompts), np.int32)
    for row, numbers in enumerate(tokens.encode(state, prompts)):
        if state["ends"]:
            numbers = numbers[:-1]  # the end is for the model to write
            if len(numbers) >= length:
                raise DataError(
                    "shape-mismatch",
                    f'prompt {row} leaves no room to write: it fills all {length} positions of "{of}"',
                    column=of,
                    row=row,
                )
        if not numbers:
            raise DataError("empty-data", f"prompt {row} is empty; one token or more is needed to go on from", row=row)
        numbers = numbers[-length:]
        ids[row, : len(numbers)], used[row] = numbers, len(numbers)
    return ids, used


def _finite(head, row, token, probabilities):
    wrong = probabilities[~np.isfinite(probabilities)]
    if len(wrong):
        raise DataError(
            "not-a-number",
            f'prompt {row}: "{head}" gives the probability {wrong[0]} for token {token} of its text, but a finite'
            " number is expected: the model's weights are not finite, or too large. Take those of an earlier epoch, or"
            " train with a smaller learning rate",
            head=head,
            row=row,
            value=str(wrong[0]),
        )


def _chances(probabilities, temperature, top_k):
    """Of each token, float64; they sum to 1."""
    logits = np.log(np.maximum(probabilities, LEAST))
    if temperature == 0:
        return (np.arange(len(logits)) == logits.argmax()).astype(np.float64)
    if top_k is not None:
        logits[np.argsort(-logits, kind="stable")[top_k:]] = -np.inf
    chances = np.exp((logits - logits.max()) / temperature)
    return chances / chances.sum()

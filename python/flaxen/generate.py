"""Text that a language model writes: one token after another, each drawn from what the model says comes next."""

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
    """
    head, of, count = request["head"], request["of"], len(request["prompts"])
    fitted = predictor.rows.fitted[of]
    state, length = fitted["tokenizer"], fitted["length"]
    ids, used = _start(of, state, request["prompts"], length)
    batch = predictor.rows.prepare({**arrays, of: ids}, None, values, files)
    places = np.minimum(np.arange(1 << (count - 1).bit_length()), count - 1)  # few shapes are compiled
    batch, ids, used = {name: rows[places] for name, rows in batch.items()}, ids[places], used[places]
    # Padding, unknown and begin stand for no text, and the model may have room for more tokens than there are.
    writable = slice(tokens.END if state["ends"] else tokens.UNKNOWN + 1, len(tokens.vocabulary(state)))
    draws = [np.random.default_rng([request["seed"], row]) for row in range(count)]
    written = [[] for _ in range(count)]
    unfinished = range(count)
    for _ in range(request["tokens"]):
        full = used == length  # no position came after the last one, so it never learnt what follows
        ids[full] = np.roll(ids[full], -1, axis=1)
        used -= full
        outputs = predictor.program.predict(predictor.carry, predictor.hp, batch | {of: ids})
        following = np.asarray(outputs[head][np.arange(len(ids)), used - 1], np.float64)
        for row in unfinished:
            chances = _chances(following[row, writable], request["temperature"], request["topK"])
            written[row].append(writable.start + int(draws[row].choice(len(chances), p=chances)))
            ids[row, used[row]] = written[row][-1]
            used[row] += 1
        if state["ends"]:
            unfinished = [row for row in unfinished if written[row][-1] != tokens.END and used[row] < length]
        if not unfinished:
            break
    return [tokens.decode(state, row) for row in written]


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


def _chances(probabilities, temperature, top_k):
    """Of each token, float64; they sum to 1."""
    logits = np.log(np.maximum(probabilities, LEAST))
    if temperature == 0:
        return (np.arange(len(logits)) == logits.argmax()).astype(np.float64)
    if top_k is not None:
        logits[np.argsort(-logits, kind="stable")[top_k:]] = -np.inf
    chances = np.exp((logits - logits.max()) / temperature)
    return chances / chances.sum()

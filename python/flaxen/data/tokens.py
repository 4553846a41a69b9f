"""Text and token numbers. 0 is padding, 1 what no train row has; 2 and 3 begin and end a text, where it asks for it."""

import collections
import re

import numpy as np

from flaxen.data.errors import DataError

PADDING, UNKNOWN, BEGIN, END = range(4)
NAMES = ["<padding>", "<unknown>", "<begin>", "<end>"]
BPE_SIZE = 8000  # tokens, where neither the column nor an embedding says how many
_WORD = re.compile(r"\w+|[^\w\s]")


def fit(spec, texts, below):
    """What the tokenizer learns from the train rows, plain JSON.

    spec: `tokenizer` ("word", "whitespace", "character", "bpe"), `vocab` (numbers at most, the special ones among
    them; by default `below`, the rows of the embedding), `lowercase`, `ends`.
    """
    kind, size = spec.get("tokenizer", "word"), spec.get("vocab") or below
    state = {"type": kind, "lowercase": spec.get("lowercase", False), "ends": spec.get("ends", False)}
    special = NAMES[: 4 if state["ends"] else 2]
    if kind == "bpe":
        return state | {"model": _train_bpe(_prepared(state, texts), size or BPE_SIZE, special, spec["column"])}
    counts = collections.Counter(token for text in _prepared(state, texts) for token in _cut(kind, text))
    if not counts:
        raise DataError("empty-data", f'column "{spec["column"]}" holds no text', column=spec["column"])
    known = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[: size and max(size - len(special), 0)]
    return state | {"words": special + [token for token, _ in known]}


def encode(state, texts):
    """A list of numbers for each text."""
    texts = _prepared(state, texts)
    if state["type"] == "bpe":
        numbers = [one.ids for one in _bpe(state).encode_batch(texts, add_special_tokens=False)]
    else:
        first = 4 if state["ends"] else 2
        places = {token: place for place, token in enumerate(state["words"]) if place >= first}
        numbers = [[places.get(token, UNKNOWN) for token in _cut(state["type"], text)] for text in texts]
    return [[BEGIN, *one, END] for one in numbers] if state["ends"] else numbers


def decode(state, numbers):
    """The text of token numbers; padding, begin and end are left out, and what is unknown is "�"."""
    special = 4 if state["ends"] else 2
    numbers = [int(one) for one in numbers if one == UNKNOWN or one >= special]
    if state["type"] == "bpe":
        return _bpe(state).decode([one for one in numbers if one != UNKNOWN])
    found = ["�" if one == UNKNOWN else state["words"][one] for one in numbers]
    return ("" if state["type"] == "character" else " ").join(found)


def vocabulary(state):
    """The tokens in the order of their numbers."""
    if state["type"] != "bpe":
        return state["words"]
    tokenizer = _bpe(state)
    return [tokenizer.id_to_token(place) for place in range(tokenizer.get_vocab_size())]


def byte_counts(state, count):
    """[count] how many bytes of UTF-8 text each token stands for: characters and byte pairs, which leave nothing out.

    What no train row has is taken for one byte; padding, begin and end are none.
    """
    special = 4 if state["ends"] else 2
    found = vocabulary(state)[special:]
    # A byte pair is written with a letter for each of its bytes.
    sizes = [len(token if state["type"] == "bpe" else token.encode()) for token in found]
    counts = np.zeros(max(count, special + len(found)))
    counts[UNKNOWN], counts[special : special + len(found)] = 1, sizes
    return counts


def _prepared(state, texts):
    return [text.lower() for text in texts] if state["lowercase"] else list(texts)


def _cut(kind, text):
    if kind == "character":
        return text
    return text.split() if kind == "whitespace" else _WORD.findall(text)


def _train_bpe(texts, size, special, column):
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    least = len(alphabet) + len(special)
    if size < least:
        raise DataError(
            "index-out-of-range",
            f'column "{column}": byte pairs need a vocab of {least} or more, the bytes alone, but it is {size}',
            column=column,
            expected=least,
            value=size,
        )
    tokenizer = Tokenizer(models.BPE(unk_token=NAMES[UNKNOWN]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size, special_tokens=special, initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer.to_str()


def _bpe(state):
    """Made once: reading a large vocabulary takes longer than to cut a text."""
    model = state["model"]
    if model not in _made:
        from tokenizers import Tokenizer

        _made.clear()
        _made[model] = Tokenizer.from_str(model)
    return _made[model]


_made = {}

"""Running text, cut into windows of tokens: what comes next is learnt from what came before."""

import numpy as np

from flaxen.data import tokens
from flaxen.data.errors import DataError, missing_file
from flaxen.data.source import Source


def files(spec, assets):
    """All that `read` reads."""
    return [assets / name for name in [*spec["files"], *_apart(spec)]]


def read(spec, assets):
    """One column: windows of token numbers, int32 [rows, length]. The tokenizer is fitted on the training text only.

    A share for validation is the end of the text: no window of it overlaps one of the training rows.
    """
    name, how = spec["column"], spec.get("validation")
    texts = [_text(assets / file, spec) for file in spec["files"]]
    apart = [_text(assets / file, spec) for file in _apart(spec)]
    if isinstance(how, (int, float)):
        texts, apart = _cut(texts, how)
    expected = spec["expects"][name]
    state = tokens.fit(spec | {"column": name}, texts, expected.get("below"))
    length = spec.get("length") or expected["shape"][0]
    fitted = {"kind": "text", "column": name, "length": length, "missing": "error", "tokenizer": state}
    # A row's first token is nobody's target there: it ends the row before.
    stride = spec.get("stride") or max(length - 1, 1)
    windows = [
        {name: _windows(state, part, length, stride, where)} if part else None
        for part, where in ((texts, "training"), (apart, "validation"))
    ]
    return Source(*windows, preprocessing={"columns": {name: fitted}})


def _apart(spec):
    validation = spec.get("validation")
    return validation if isinstance(validation, list) else []


def _text(path, spec):
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise DataError(
            "wrong-format", f"{path.name} is no UTF-8 text: byte {error.start:,} is {error.reason}", path=str(path)
        ) from None
    except OSError:
        raise missing_file(path, spec["column"]) from None


def _cut(texts, share):
    """Returns (train, validation): `share` of the characters of all texts, at their end, validates."""
    left = round(sum(map(len, texts)) * (1 - share))
    train, apart = [], []
    for text in texts:
        train.append(text[:left])
        apart.append(text[left:])
        left = max(left - len(text), 0)
    return [text for text in train if text], [text for text in apart if text]


def _windows(state, texts, length, stride, where):
    """Int32 [windows, length]. The last window of a text is padded, where it has two tokens or more to learn from."""
    found = []
    for numbers in map(np.array, tokens.encode(state, texts)):
        if len(numbers) < 2:
            continue
        starts = range(0, max(len(numbers) - length, 0) + 1, stride)
        found += [numbers[start : start + length] for start in starts]
        rest = numbers[starts[-1] + stride :]
        if starts[-1] + length < len(numbers) and len(rest) >= 2:
            found.append(rest)
    if not found:
        raise DataError("empty-data", f"the {where} text has no tokens to learn from; two or more are needed")
    result = np.zeros((len(found), length), np.int32)
    for row, numbers in zip(result, found, strict=True):
        row[: len(numbers)] = numbers
    return result

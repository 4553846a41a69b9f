"""Running text, cut into windows of tokens: what comes next is learnt from what came before."""

import numpy as np

from flaxen.data import tokens
from flaxen.data.errors import DataError, missing_file
from flaxen.data.source import Source, ways


def files(spec, assets):
    """All that `read` reads."""
    return [assets / name for names in [spec["files"], *_apart(spec).values()] for name in names]


def read(spec, assets):
    """One column: windows of token numbers, int32 [rows, length]. The tokenizer is fitted on the training text only.

    A share for validation is the end of the text, one for the test what comes last: no window of one part overlaps one
    of another.
    """
    name, texts = spec["column"], {"train": [_text(assets / file, spec) for file in spec["files"]]}
    shares = {part: how for part, how in ways(spec).items() if isinstance(how, (int, float))}
    characters = sum(map(len, texts["train"]))
    for part in ("test", "validation"):
        if part in shares:
            texts["train"], texts[part] = _cut(texts["train"], characters * shares[part])
    for part, files in _apart(spec).items():
        texts[part] = [_text(assets / file, spec) for file in files]
    expected = spec["expects"][name]
    state = tokens.fit(spec | {"column": name}, texts["train"], expected.get("below"))
    length = spec.get("length") or expected["shape"][0]
    fitted = {"kind": "text", "column": name, "length": length, "missing": "error", "tokenizer": state}
    stride = _stride(spec, length)
    windows = {part: {name: _windows(state, found, length, stride, part)} for part, found in texts.items()}
    return Source(windows.pop("train"), windows, preprocessing={"columns": {name: fitted}})


def read_more(spec, preprocessing, path):
    """Returns (columns, how a row is named) of another text, cut as the training text was. Raises `DataError`.

    columns: the text's name -> int32 [rows, length], tokens.
    """
    name = spec["column"]
    fitted = preprocessing["columns"][name]
    length = fitted["length"]
    stride = _stride(spec, length)
    return {name: _windows(fitted["tokenizer"], [_text(path, spec)], length, stride, path.name)}, "row {}".format


def _stride(spec, length):
    """By default a row's first token is nobody's target there: it ends the row before."""
    return spec.get("stride") or max(length - 1, 1)


def _apart(spec):
    """Part -> its own files, for parts that have some."""
    return {part: how for part, how in ways(spec).items() if isinstance(how, list)}


def _text(path, spec):
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise DataError(
            "wrong-format", f"{path.name} is no UTF-8 text: byte {error.start:,} is {error.reason}", path=str(path)
        ) from None
    except OSError:
        raise missing_file(path, spec["column"]) from None


def _cut(texts, characters):
    """Returns (texts before, texts after): so many characters of all texts, at their end, are set aside."""
    left = round(sum(map(len, texts)) - characters)
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
        raise DataError(
            "empty-data",
            f"the {'training' if where == 'train' else where} text has no tokens to learn from; two or more are needed",
        )
    result = np.zeros((len(found), length), np.int32)
    for row, numbers in zip(result, found, strict=True):
        row[: len(numbers)] = numbers
    return result

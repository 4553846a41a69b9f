"""Reads printed literals back. Standard input: JSON list of {"text", "codes", "comment", "name"} or {"float", "bits"}.

Prints JSON: what is not as it was written.
"""

import ast
import json
import keyword
import struct
import sys


def fault(case):
    if "float" in case:
        found = ast.parse(case["float"], mode="eval").body
        same = isinstance(found, ast.Constant) and isinstance(found.value, float)
        return None if same and struct.pack("<d", found.value).hex() == case["bits"] else f"float {case}"
    if not case["text"].isascii() or "\n" in case["text"]:
        return f"not ASCII on one line: {case['text']!r}"
    found = ast.parse(case["text"], mode="eval").body
    if not isinstance(found, ast.Constant) or [ord(character) for character in found.value] != case["codes"]:
        return f"string {case}"
    if not case["comment"].isascii() or not case["comment"].isprintable():
        return f"comment {case['comment']!r}"
    if len(ast.parse(f"x = 1  # {case['comment']}").body) != 1:
        return f"comment {case['comment']!r}"
    name = case["name"]
    if not name.isascii() or not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_"):
        return f"name {name!r}"
    return None


def attempt(case):
    try:
        return fault(case)
    except (SyntaxError, ValueError) as error:
        return f"{error} for {case}"


print(json.dumps([text for case in json.load(sys.stdin) if (text := attempt(case))]))

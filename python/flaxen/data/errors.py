"""What may be wrong with data."""

import difflib


class DataError(Exception):
    """Data that the model cannot learn from. `code` is stable; `facts` name the column, the row and the value."""

    def __init__(self, code, message, **facts):
        super().__init__(message)
        self.code, self.facts = code, facts


def missing_file(path, column):
    """No such file, or one that may not be read."""
    what = "cannot be read" if path.exists() else "does not exist"
    return DataError(
        "missing-file", f'column "{column}": the file {path} {what}', column=column, path=str(path), file=path.name
    )


def unknown_column(name, known, where):
    """A column that the data lacks; the nearest of the known ones is suggested."""
    near = difflib.get_close_matches(name, known, 1)
    hint = f'did you mean "{near[0]}"?' if near else f"there are: {', '.join(known) or 'none'}"
    return DataError("unknown-column", f'{where} has no column "{name}"; {hint}', column=name, known=list(known))

"""The data of the last run of this process, for a next one that reads the same."""

import functools
import json

from flaxen.data.source import ways
from flaxen.data.split import is_drawn


class Kept:
    """One value and what it was made from."""

    def __init__(self):
        self.identity = self.value = None

    def get(self, identity, make):
        """The value of this identity: the kept one, or a new one in its place. None is nobody's identity."""
        if identity is None or identity != self.identity:
            self.identity = self.value = None  # first, so that both are never in memory
            self.value, self.identity = make(), identity
        return self.value

    def forget(self):
        """Lets go of it."""
        self.identity = self.value = None


@functools.cache
def last_data():
    """That of this process."""
    return Kept()


def identity(config, files):
    """What decides over the data: the config's `data`, how rows are drawn, and the files as they lie on the disk.

    Returns None when a file is not there: it is for the reader to say so.
    """
    spec = config["data"]
    drawn = config["shuffle_seed"] if any(map(is_drawn, ways(spec).values())) else None
    try:
        return json.dumps([spec, drawn, [_state(file) for file in files]])
    except OSError:
        return None


def _state(file):
    stat = file.stat()
    return str(file.resolve()), stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns

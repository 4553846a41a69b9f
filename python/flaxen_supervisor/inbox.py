"""A run's `control/` folder: one small file a request, written whole and renamed into place."""

import json


class Inbox:
    """Gives each request once: a repeated id does nothing."""

    def __init__(self, folder):
        self._folder, self._seen_files, self._seen_ids = folder, set(), set()
        folder.mkdir(exist_ok=True)

    def poll(self):
        """Returns new requests as (id, verb), oldest first by name; verb None where the file is no request."""
        names = sorted(path.name for path in self._folder.iterdir() if path.suffix == ".json")
        fresh = [name for name in names if name not in self._seen_files and not name.startswith(".")]
        self._seen_files.update(fresh)
        requests = map(self._read, fresh)
        return [request for request in requests if self._is_new(request[0])]

    def ignore(self, names):
        """Counts requests as given already."""
        self._seen_ids.update(names)

    def _is_new(self, name):
        new = name not in self._seen_ids
        self._seen_ids.add(name)
        return new

    def _read(self, name):
        try:
            request = json.loads((self._folder / name).read_text())
            return str(request["id"]), str(request["verb"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return name.removesuffix(".json"), None

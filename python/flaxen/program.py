"""A training program in a process that runs it more than once: its modules are imported the first time only."""

import linecache
import os
import pathlib
import runpy
import sys

from flaxen.failure import describe


class Program:
    """`folder` holds the program of the present run, `source` the same files, from which its modules were imported."""

    def __init__(self, folder):
        self.source = self.folder = folder
        self.main = None

    def run(self):
        """Runs train.py as a script the first time, then its `main` with the config of the present run."""
        config = str(self.folder.parent / "config.json")
        sys.argv = ["train.py", config]
        if self.main is None:
            self.main = runpy.run_path(str(self.folder / "train.py"), run_name="__main__").get("main")
            self._remember_sources()
        else:
            from flaxen.run import read_config

            self.main(read_config([config]))

    def move(self, folder):
        """Goes on in another run's folder, where the same program lies; this one's may be removed."""
        os.chdir(folder)
        old, self.folder = self.folder, pathlib.Path.cwd()

        def moved(place):
            return (
                str(self.folder / pathlib.Path(place).relative_to(old))
                if pathlib.Path(place).is_relative_to(old)
                else place
            )

        sys.path[:] = map(moved, sys.path)
        for name, module in list(sys.modules.items()):
            if name.partition(".")[0] == "flaxen" and hasattr(module, "__path__"):
                module.__path__ = [*map(moved, module.__path__)]

    def describe(self, error):
        """The failure that an exception of the program is, told in terms of the present run's folder."""
        failure = describe(error, self.source)
        return failure | {"traceback": failure["traceback"].replace(str(self.source), str(self.folder))}

    def _remember_sources(self):
        """Keeps the lines that tracebacks quote; without a time of change, the file is not looked for again."""
        for path in self.folder.glob("*.py"):
            text = path.read_text()
            linecache.cache[str(path)] = (len(text), None, text.splitlines(keepends=True), str(path))

"""A child process and the pipes that it speaks through, read as the loop finds them readable."""

import contextlib
import fcntl
import functools
import json
import os
import subprocess
import time

from flaxen_supervisor import processes

PIECE = 1024 * 1024  # bytes read at once; what a pipe holds where that can be set
DRAIN = 0.5  # seconds that a dead process's pipes may stay open: another may hold them
MOST = 8  # reads of a pipe in a row
SET_PIPE_SIZE = 1031  # Linux


class Child:
    """`hear`: "stdout", "stderr", "events" -> function that takes bytes. `loop`: where pipes are watched."""

    def __init__(self, loop, command, hear, **options):
        self._loop, self._open, self._over_at = loop, {}, None
        pipes = {name: os.pipe() for name in hear}
        writers = {name: writer for name, (_, writer) in pipes.items()}
        events = writers.get("events")
        if events is not None:
            options["env"] = options["env"] | {"FLAXEN_EVENTS_FD": str(events)}
        for writer in writers.values():
            _widen(writer)
        try:
            self.process = processes.spawn(
                command,
                stdin=subprocess.PIPE,
                stdout=writers["stdout"],
                stderr=writers["stderr"],
                pass_fds=() if events is None else (events,),
                **options,
            )
        except BaseException:
            for reader, _ in pipes.values():
                os.close(reader)
            raise
        finally:
            for writer in writers.values():
                os.close(writer)
        _widen(self.process.stdin.fileno())
        for name, (reader, _) in pipes.items():
            os.set_blocking(reader, False)
            self._open[reader] = hear[name]
            loop.watch(reader, functools.partial(self._read, reader, hear[name]))

    def tell(self, request):
        """Writes a request to its standard input: one line of JSON."""
        line = json.dumps(request).encode() + b"\n"
        with contextlib.suppress(BrokenPipeError, ValueError):
            self.process.stdin.write(line)
            self.process.stdin.flush()

    def drain(self):
        """Hears all that stands in the pipes now."""
        for reader, hear in list(self._open.items()):
            for _ in range(MOST):
                if reader not in self._open or not self._read(reader, hear):
                    break

    def is_over(self):
        """Whether it has ended and all that it said was read."""
        if self.process.returncode is None:
            return False
        self._over_at = self._over_at or time.monotonic()
        if self._open and time.monotonic() - self._over_at < DRAIN:
            return False
        self.forget()
        return True

    def forget(self):
        """Closes the pipes: nothing more is heard or told."""
        for reader in list(self._open):
            self._close(reader)
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()

    def _read(self, reader, hear):
        """Returns whether there may be more."""
        try:
            data = os.read(reader, PIECE)
        except BlockingIOError:
            return False
        if data:
            hear(data)
        else:
            self._close(reader)
        return bool(data)

    def _close(self, reader):
        self._loop.unwatch(reader)
        os.close(reader)
        del self._open[reader]


def _widen(pipe):
    with contextlib.suppress(OSError):
        fcntl.fcntl(pipe, SET_PIPE_SIZE, PIECE)

"""The supervisor of detached runs: one a root and version, found or started, ending by itself when nobody needs it."""

import contextlib
import fcntl
import json
import os
import pathlib
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time

from flaxen_supervisor import status, wire
from flaxen_supervisor.connection import Connection
from flaxen_supervisor.requests import Requests
from flaxen_supervisor.server import Server, identity

IDLE = 60.0  # seconds without runs and connections after which it ends; FLAXEN_SUPERVISOR_IDLE overrides
SILENCE = 120.0  # seconds after which a client that says nothing is taken for gone: one that lives pings
PATIENCE = 30.0  # seconds that one may take to start
GREETING = 2.0  # seconds that one may take to greet
LONGEST_PATH = 100  # bytes of a socket's path that every system takes
LOG_CAP = 1024 * 1024  # bytes that a log of earlier daemons may have
CONNECTIONS = 256
TAKEN = 75  # exit code: another one serves already


class StartError(Exception):
    """There is no supervisor, and none could be started."""


def place(root):
    """Makes the folder of this version's daemon of a root: closed to everybody else."""
    root.mkdir(parents=True, exist_ok=True)
    folder = root.resolve() / f".supervisor-{identity().removeprefix('sha256:')[:12]}"
    folder.mkdir(mode=0o700, exist_ok=True)
    _own(folder)
    return folder


def start(root, home):
    """Finds the daemon or starts it. Returns {"socket", "identity", "pid"}; raises StartError."""
    folder = place(root)
    started, until, pause = None, time.monotonic() + PATIENCE, 0.01
    while time.monotonic() < until:
        found = _find(folder)
        if found:
            return found
        code = started.poll() if started else TAKEN
        if code not in (None, 0, TAKEN):
            raise StartError(f"the supervisor ended with exit code {code}: {_last_words(folder)}")
        if code is not None:
            started = _spawn(folder, root, home)
        time.sleep(pause)
        pause = min(0.5, pause * 1.3)
    told = _read(folder)
    named = f" (process {told['pid']})" if told else ""
    raise StartError(f"the supervisor of {root}{named} does not answer; what it said last: {_last_words(folder)}")


def serve(root, home):
    """Is the daemon until nobody needs it. Returns the exit code."""
    folder = place(root)
    with _locked(folder / "lock") as won:
        if not won:
            return TAKEN
        _clear(folder)
        server = Server(home, root=root, detached=True)
        listener, path = _listen(folder)
        try:
            server.add(Door(server, listener, _idle()))
            told = {"socket": str(path), "identity": server.identity} | status.supervisor()
            _write(folder / "daemon.json", told)
            server.serve()
        finally:
            listener.close()
            _clear(folder)
    return 0


class Door:
    """Where clients come in; watches that an unused daemon ends, and that the dead are not waited for."""

    def __init__(self, server, listener, idle):
        self._server, self._listener, self._requests = server, listener, Requests(server)
        self._idle, self._used, self._retry = idle, time.monotonic(), None
        listener.setblocking(False)
        server.watch(listener.fileno(), self._open, owner=self)

    def tick(self, now):
        """Ends what is silent, then the server when it is of no use."""
        clients = [each for each in self._server.connections if each is not self]
        for client in clients:
            if now - client.heard > SILENCE and not self._has_runs(client):
                client.close()
        if clients or not self._server.idle():
            self._used = now
        elif now - self._used >= self._idle:
            self._server.close()
        if self._retry and now >= self._retry:
            self._retry = None
            self._server.watch(self._listener.fileno(), self._open, owner=self)

    def patience(self):
        """Seconds until it wants to look."""
        if self._retry:
            return max(0, self._retry - time.monotonic())
        if len(self._server.connections) > 1 or not self._server.idle():
            return min(SILENCE / 4, self._idle)
        return max(0, self._used + self._idle - time.monotonic())

    def _has_runs(self, client):
        return any(attempt.submission.connection is client for attempt in self._server.attempts)

    def _open(self):
        try:
            client, _ = self._listener.accept()
        except BlockingIOError:
            return
        except OSError:  # No descriptor is left: look again when some may be.
            self._server.unwatch(self._listener.fileno())
            self._retry = time.monotonic() + 0.5
            return
        self._used = time.monotonic()
        if len(self._server.connections) > CONNECTIONS:
            client.close()
        else:
            Connection(self._server, self._requests, client.detach())


def _find(folder):
    """What `daemon.json` says, when the one that wrote it answers."""
    told = _read(folder)
    if not told:
        return None
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as client:
        client.settimeout(GREETING)
        client.connect(told["socket"])
        awaited, heard = wire.greeting(told["identity"]), b""
        while len(heard) < len(awaited) and (data := client.recv(len(awaited) - len(heard))):
            heard += data
        if heard == awaited and _read(folder) == told:
            return {name: told[name] for name in ("socket", "identity", "pid")}
    return None


def _spawn(folder, root, home):
    log = folder / "daemon.log"
    if log.exists() and log.stat().st_size > LOG_CAP:
        log.unlink()
    command = [sys.executable, "-m", "flaxen_supervisor", "daemon", "--root", str(root), "--home", str(home)]
    with os.fdopen(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "wb") as output:
        return subprocess.Popen(
            command,
            cwd=pathlib.Path(__file__).parents[1],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def _listen(folder):
    path = folder / "socket"
    if len(os.fsencode(path)) > LONGEST_PATH:
        path = pathlib.Path(tempfile.mkdtemp(prefix="flaxen-")) / "socket"
    listener = socket.socket(socket.AF_UNIX)
    before = os.umask(0o177)
    try:
        listener.bind(str(path))
    finally:
        os.umask(before)
    listener.listen(128)
    return listener, path


def _clear(folder):
    """Removes what this daemon, or one that was killed, left to be found by. The lock is held."""
    told = _read(folder)
    (folder / "daemon.json").unlink(missing_ok=True)
    (folder / "socket").unlink(missing_ok=True)
    elsewhere = told and pathlib.Path(told["socket"]).parent
    if elsewhere and elsewhere != folder and elsewhere.name.startswith("flaxen-"):
        with contextlib.suppress(OSError, StartError):
            _own(elsewhere)
            shutil.rmtree(elsewhere)


def _read(folder):
    try:
        told = json.loads((folder / "daemon.json").read_text())
        return told if {"socket", "identity", "pid"} <= told.keys() else None
    except (OSError, ValueError, AttributeError):
        return None


def _write(path, told):
    part = path.with_name(".daemon.json.part")
    part.write_text(json.dumps(told) + "\n")
    part.replace(path)


@contextlib.contextmanager
def _locked(path):
    """Whether the lock was free; it is held then."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(lock)


def _own(folder):
    """Refuses a folder that somebody else made, and closes an open one."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise StartError(f"{folder} is not a folder of this user")
    if stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)


def _idle():
    return float(os.environ.get("FLAXEN_SUPERVISOR_IDLE") or IDLE)


def _last_words(folder):
    try:
        return (folder / "daemon.log").read_text(errors="replace")[-2000:].strip() or "nothing"
    except OSError:
        return "nothing"

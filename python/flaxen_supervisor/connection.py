"""One client: its requests as they come, its answers as fast as it reads them."""

import collections
import functools
import itertools
import os
import time
import traceback

from flaxen_supervisor import wire
from flaxen_supervisor.requests import Reading
from flaxen_supervisor.submission import Refused

PIECE = 64 * 1024  # bytes read at once
INPUT_CAP = wire.PAYLOAD_CAP + PIECE  # bytes of requests that may wait; beyond, the client is not read
NEARLY_EMPTY = 64 * 1024  # bytes of answers that may wait while another one is made
READS = 1024  # that may wait for their files to grow
TURN_REQUESTS, TURN_SECONDS = 256, 0.02  # what one turn of the loop may do for one client
TURN_BYTES = 2 * 1024 * 1024
POLL = 0.05  # seconds between two looks at files that another process may write


def _contained(method):
    """A client's nonsense, or a fault in its handling, ends its own connection and nothing else."""

    @functools.wraps(method)
    def call(self, *arguments):
        try:
            method(self, *arguments)
        except wire.ProtocolError as error:
            self._give_up(str(error))
        except Exception:
            self._give_up(traceback.format_exc())

    return call


class Connection:
    """Adds itself to the server. Speaks over a pair of descriptors, or one for both ways, which it closes in the end.

    Nothing that a client sends or leaves unread makes it hold more than a few MiB or hold up the loop: requests are
    taken only while hardly an answer waits to be written, and only so many in one turn.
    """

    def __init__(self, server, requests, reader, writer=None):
        self._server, self._requests = server, requests
        self._reader, self._writer = reader, reader if writer is None else writer
        self._frames, self._reads = wire.FrameReader(), []
        self._out, self._buffered = collections.deque(), 0
        self._hearing = self._writing = self._unfinished = False
        self.closed, self.heard = False, time.monotonic()
        for descriptor in (self._reader, self._writer):
            os.set_blocking(descriptor, False)
        server.add(self)
        self._send([wire.greeting(server.identity)])
        self._flush()

    def tick(self, now):
        """Once a turn of the loop, after all that may have made files grow."""
        self._work(now)

    def patience(self):
        """Seconds until it wants its turn, whatever its descriptors say; None while it does not."""
        if self.closed or self._buffered >= NEARLY_EMPTY:
            return None
        if self._unfinished or self._frames.ready:
            return 0
        if not self._reads:
            return None
        return max(0, min(POLL, min(read.deadline for read in self._reads) - time.monotonic()))

    def close(self):
        """Ends it; the server decides what becomes of the runs that it started."""
        if self.closed:
            return
        self.closed, self._reads = True, []
        self._out.clear()
        self._watch(hearing=False, writing=False)
        for descriptor in {self._reader, self._writer}:
            os.close(descriptor)
        self._server.drop(self)
        self._server.lost(self)

    @_contained
    def _hear(self):
        try:
            data = os.read(self._reader, PIECE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.close()
            return
        self.heard = time.monotonic()
        self._frames.feed(data)
        self._take_requests()

    @_contained
    def _flush(self):
        self._write()
        self._watch_as_needed()

    @_contained
    def _work(self, now):
        self._take_requests()
        self._answer_reads(now)
        self._watch_as_needed()

    def _take_requests(self):
        until = time.monotonic() + TURN_SECONDS
        for _ in range(TURN_REQUESTS):
            if self.closed or self._buffered >= NEARLY_EMPTY or time.monotonic() > until:
                return
            message = self._frames.next()
            if message is None:
                return
            self._take(message[0])
            self._write()

    def _take(self, request):
        id = request.get("id")
        if type(id) is not int or not 0 <= id < 2**53:
            raise wire.ProtocolError("a request has no id")
        try:
            answer = self._requests.take(request, self)
            if isinstance(answer, Reading):
                self._wait_for(answer)
                return
        except Exception as error:
            answer = self._requests.refusal(error)
        self._send(wire.frame({"id": id, "ok": True} | answer))

    def _wait_for(self, read):
        if len(self._reads) >= READS:
            raise Refused("refused", f"{READS} reads are waiting already")
        self._reads.append(read)

    def _answer_reads(self, now):
        """Answers what is due, in the order of asking, as far as one turn goes."""
        left, waiting, self._unfinished = TURN_BYTES, [], False
        reads = iter(self._reads)
        for read in reads:
            if self.closed:
                return
            if self._buffered >= NEARLY_EMPTY or left <= 0:
                self._unfinished = True
                waiting += [read, *reads]
            elif read.is_due(now):
                left -= self._answer(read)
                self._write()
            else:
                waiting.append(read)
        self._reads = waiting

    def _answer(self, read):
        body = b""
        try:
            size, body = read.look()
            answer = {"size": size}
        except Exception as error:
            answer = self._requests.refusal(error)
        self._send(wire.frame({"id": read.id, "ok": True} | answer, body))
        return len(body)

    def _send(self, parts):
        self._out.extend(map(memoryview, parts))
        self._buffered += sum(map(len, parts))

    def _write(self):
        while self._out:
            try:
                written = os.writev(self._writer, list(itertools.islice(self._out, 16)))
            except BlockingIOError:
                return
            except OSError:
                self.close()
                return
            self._buffered -= written
            while self._out and written >= len(self._out[0]):
                written -= len(self._out.popleft())
            if written:
                self._out[0] = self._out[0][written:]

    def _watch_as_needed(self):
        if not self.closed:
            self._watch(hearing=self._frames.buffered < INPUT_CAP, writing=bool(self._out))

    def _watch(self, hearing, writing):
        if hearing != self._hearing:
            self._hearing = hearing
            if hearing:
                self._server.watch(self._reader, self._hear, owner=self)
            else:
                self._server.unwatch(self._reader)
        if writing != self._writing:
            self._writing = writing
            if writing:
                self._server.watch(self._writer, self._flush, owner=self, write=True)
            else:
                self._server.unwatch(self._writer, write=True)

    def _give_up(self, why):
        self._requests.note(f"a connection is closed: {why}")
        self.close()

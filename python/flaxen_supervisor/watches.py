"""Descriptors that somebody waits for: which are ready, and how often that may be asked while much happens."""

import selectors
import typing

from flaxen_supervisor.program_output import Budget

BATCH = 0.025  # seconds between two looks at busy pipes
READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


class Watch(typing.NamedTuple):
    """What is called, and whose affair a fault in it is."""

    call: typing.Callable[[], object]
    owner: object


class Watches:
    """An owner with `batched` reports often: while it does, its pipes are read in batches, and nobody else waits."""

    def __init__(self):
        self._every, self._urgent = selectors.PollSelector(), selectors.PollSelector()
        self._watches = {}
        self._budget, self._busy = Budget(burst=50, rate=1 / BATCH), False

    def watch(self, descriptor, call, owner=None, write=False):
        """Calls `call` whenever the descriptor is readable, or writable: it may be watched for both."""
        self._watches[descriptor, WRITE if write else READ] = Watch(call, owner)
        self._register(descriptor)

    def unwatch(self, descriptor, write=False):
        """Ends that."""
        del self._watches[descriptor, WRITE if write else READ]
        self._register(descriptor)

    def hurry(self):
        """What is said next is heard at once, however busy it was: a run begins."""
        self._budget.refill()

    def ready(self, patience):
        """Yields the watches of what is ready now, or within so many seconds; None: for ever."""
        if self._busy and not self._budget.take(1):
            urgent = self._urgent.select(BATCH if patience is None else min(BATCH, patience))
            if urgent:
                yield from self._found(urgent)
                return
        found = self._every.select(patience)
        self._busy = any(key.data for key, _ in found)
        yield from self._found(found)

    def _found(self, events):
        pairs = [(key.fd, mask) for key, masks in events for mask in (READ, WRITE) if masks & mask]
        watches = {pair: self._watches.get(pair) for pair in pairs}
        for pair, watch in watches.items():
            if watch and self._watches.get(pair) is watch:  # else an earlier one of these calls has ended it
                yield watch

    def _register(self, descriptor):
        watches = {mask: self._watches.get((descriptor, mask)) for mask in (READ, WRITE)}
        mask = sum(mask for mask, watch in watches.items() if watch)
        batched = any(watch and getattr(watch.owner, "batched", False) for watch in watches.values())
        _set(self._every, descriptor, mask, batched)
        _set(self._urgent, descriptor, 0 if batched else mask, batched)


def _set(selector, descriptor, mask, data):
    known = descriptor in selector.get_map()
    if known and mask:
        selector.modify(descriptor, mask, data)
    elif mask:
        selector.register(descriptor, mask, data)
    elif known:
        selector.unregister(descriptor)

"""An attempt's way to a worker: through the queue, then to the process that fits best."""

from flaxen_supervisor.worker_process import Recipe, Task

REPEAT = 30.0  # seconds between two `run.queued` with the same reason


class Place:
    """Belongs to one attempt."""

    def __init__(self, attempt, server):
        self._attempt, self._server, self._slots, self._pool = attempt, server, server.slots, server.pool
        self._reason, self._told, self._since, self._gpu, self._recipe = None, 0, None, None, None

    def worker(self, python, now):
        """Returns the process, or None while the attempt has to wait; the log says for what. Raises OSError."""
        submission = self._attempt.submission
        program = submission.job["program"]
        self._recipe = Recipe.of(python, submission.variables)
        liked = self._pool.warm_gpus(self._recipe, program)
        reason, self._gpu = self._slots.take(self._attempt, liked)
        worker = None
        if not reason:
            worker = self._pool.take(self._recipe, Task(program, submission.device, self._gpu), submission.warm)
            reason = None if worker else "the memory of its GPU is being freed"
        if worker:
            self._end_waiting(now)
            return worker
        self._since = now if self._since is None else self._since
        if reason != self._reason or now - self._told >= REPEAT:
            self._reason, self._told = reason, now
            self._attempt.log.event("run.queued", reason=reason)
        return None

    def give_run(self, worker):
        """Tells the worker what to run."""
        submission, home = self._attempt.submission, self._server.home
        cache = home / "cache" / "jax"
        cache.mkdir(parents=True, mode=0o700, exist_ok=True)
        variables = submission.variables | {"FLAXEN_RUN": str(submission.folder), "FLAXEN_CACHE": str(cache)}
        if submission.device:
            variables["FLAXEN_DEVICE"] = submission.device
        if self._gpu is not None:
            variables["CUDA_VISIBLE_DEVICES"] = self._gpu
        if submission.warm:
            variables["FLAXEN_KEEP"] = "1"
        task = Task(submission.job["program"], submission.device, self._gpu)
        worker.run(self._attempt, task, submission.folder, variables)

    def give_back(self, worker, rss, keep):
        """Keeps the worker for another run of the same program, if it may be kept. `rss`: bytes that it holds."""
        if keep:
            self._pool.give_back(worker, rss, self._slots.limit(self._attempt.submission))
        else:
            worker.attempt = None
            worker.retire()

    def leave(self):
        """Makes room for others; a run that had a worker leaves a spare for the next program."""
        submission = self._attempt.submission
        self._slots.release(self._attempt)
        if self._recipe and submission.warm and not self._server.closing:
            self._pool.want_spare(self._recipe.python, submission.variables)

    def _end_waiting(self, now):
        if self._since is not None:
            self._attempt.submission.deadline += now - self._since
            self._since = None

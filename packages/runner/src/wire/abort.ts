/** Waits for a promise, or rejects with the signal's reason; what comes too late is left to itself. */
export const unlessAborted = <T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
    if (signal.aborted) abort();
  });
};

/**
 * Calls `open` with a signal that aborts after `milliseconds`, or with `given`; what it opens later than that is given to
 * `discard`.
 */
export const withDeadline = async <T>(
  milliseconds: number,
  open: (signal: AbortSignal) => Promise<T>,
  discard: (late: T) => void,
  given: AbortSignal,
): Promise<T> => {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`nothing came of it in ${milliseconds} ms`)), milliseconds);
  const ends = AbortSignal.any([late.signal, given]);
  const opening = (async () => open(ends))();
  try {
    return await unlessAborted(opening, ends);
  } catch (error) {
    opening.then(discard, () => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
  }
};

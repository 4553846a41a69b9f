const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Calls `leave` once more before the process ends: at its exit, before an uncaught error is printed, at a signal. It
 * changes nothing about how the process ends: a signal that nobody else listens to ends it as if nobody had listened.
 *
 * @returns ends that
 */
export const beforeLeaving = (leave: () => void): (() => void) => {
  const onSignal = (signal: NodeJS.Signals) => {
    leave();
    process.off(signal, onSignal);
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  process.on("exit", leave);
  process.on("uncaughtExceptionMonitor", leave);
  for (const signal of signals) process.on(signal, onSignal);
  return () => {
    process.off("exit", leave);
    process.off("uncaughtExceptionMonitor", leave);
    for (const signal of signals) process.off(signal, onSignal);
  };
};

export interface HeartbeatOptions {
  /** Milliseconds. */
  readonly interval: number;
  /** Called once an interval while nothing is heard. */
  readonly ask: () => void;
  readonly onSilence?: ((silent: boolean) => void) | undefined;
  /** Called after three intervals of silence, once. */
  readonly onDeath: (seconds: number) => void;
}

export interface Heartbeat {
  /** To be called for whatever comes. */
  heard(): void;
  stop(): void;
}

/** Parts of an interval: how exactly silence is told. */
const parts = 4;

/**
 * Tells silence from life. It counts turns of a timer instead of looking at a clock: after this process was itself busy
 * for long, bytes that came meanwhile are read before the other end is called dead.
 */
export const heartbeat = ({ interval, ask, onSilence, onDeath }: HeartbeatOptions): Heartbeat => {
  let silent = 0;
  const timer = setInterval(() => {
    silent += 1;
    if (silent >= 3 * parts) {
      clearInterval(timer);
      onDeath((3 * interval) / 1000);
    } else if (silent % parts === 0) {
      ask();
      if (silent === parts) onSilence?.(true);
    }
  }, interval / parts).unref();

  return {
    heard: () => {
      if (silent >= parts) onSilence?.(false);
      silent = 0;
    },
    stop: () => clearInterval(timer),
  };
};

/** Where the line is written: `process.stderr` fits. */
export interface ProgressOutput {
  write(text: string): unknown;
  on?(event: string, listener: (...args: any[]) => void): unknown;
  off?(event: string, listener: (...args: any[]) => void): unknown;
  listeners?(event: string): readonly unknown[];
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Stays on the stream for good: the error of a write may come after the last one was made. */
const ignore = () => undefined;

/**
 * Writes as long as anybody reads. A reader that leaves (`node train.js 2>&1 | head`) must not end the training: nothing
 * that goes wrong here is thrown, and after it nothing more is written.
 */
export const carefulWriter = (output: ProgressOutput): CarefulWriter => {
  let closed = false;
  const fail = () => {
    closed = true;
  };
  if (!output.listeners?.("error").includes(ignore)) output.on?.("error", ignore);
  output.on?.("error", fail);
  return {
    write: (text) => {
      if (closed) return;
      try {
        output.write(text);
      } catch {
        closed = true;
      }
    },
    close: () => output.off?.("error", fail),
  };
};

export interface CarefulWriter {
  write(text: string): void;
  close(): void;
}

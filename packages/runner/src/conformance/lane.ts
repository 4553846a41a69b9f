import type { Socket } from "node:net";

/** What the way is like, for every connection at once. */
export interface Weather {
  /** Milliseconds that each piece is held back. */
  delay: number;
  /** Bytes a second and direction; undefined: as many as go. */
  rate: number | undefined;
  /** Bytes written at once at most. */
  chop: number | undefined;
  /** Resolves while anything may pass; undefined then. */
  frozen: Promise<void> | undefined;
}

interface Piece {
  readonly bytes: Buffer;
  readonly due: number;
}

const held = 1024 * 1024;
const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/**
 * Carries bytes one way, in order and under the weather. The receiver's end of patience is the sender's: no more than
 * about 1 MiB is kept here.
 */
export const lane = (
  from: Socket,
  to: Socket,
  weather: Weather,
  { change, rest }: { readonly change: (chunk: Buffer) => Buffer; readonly rest: () => Buffer },
): void => {
  const queue: Piece[] = [];
  let kept = 0;
  let running = false;
  let over = false;

  const write = async (bytes: Buffer): Promise<void> => {
    if (to.destroyed || to.write(bytes)) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        to.off("drain", done).off("close", done);
        resolve();
      };
      to.on("drain", done).on("close", done);
    });
  };

  const send = async ({ bytes, due }: Piece): Promise<void> => {
    const early = due - performance.now();
    if (early > 0) await pause(early);
    const { chop, rate } = weather;
    const size = Math.max(1, Math.min(chop ?? bytes.length, rate === undefined ? bytes.length : Math.ceil(rate / 50)));
    for (let at = 0; at < bytes.length && !to.destroyed; at += size) {
      const part = bytes.subarray(at, at + size);
      while (weather.frozen && !to.destroyed) await weather.frozen;
      await write(part);
      if (rate !== undefined) await pause((part.length / rate) * 1000);
    }
  };

  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    for (let piece = queue.shift(); piece; piece = queue.shift()) {
      await send(piece);
      kept -= piece.bytes.length;
      if (kept < held) from.resume();
    }
    running = false;
    if (over && !to.destroyed) to.end();
  };

  const take = (bytes: Buffer) => {
    if (bytes.length === 0) return;
    queue.push({ bytes, due: performance.now() + weather.delay });
    kept += bytes.length;
    if (kept >= held) from.pause();
    void run();
  };

  from.on("data", (chunk: Buffer) => take(change(chunk)));
  from.on("end", () => {
    take(rest());
    over = true;
    void run();
  });
};

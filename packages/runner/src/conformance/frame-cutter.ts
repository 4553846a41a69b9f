import { frameHead } from "./damage.ts";

const longest = 2 * 1024 * 1024;
const noise = 64 * 1024;
const greeting = /(?:^|\n)FLAXEN\/[^\n]*\n/;
const none = Buffer.alloc(0);

/** Takes a stream as it comes, and gives what may pass on: all of it, save the start of a frame that is not whole yet. */
export interface Cutter {
  push(chunk: Buffer): Buffer;
  /** What is held back. */
  rest(): Buffer;
}

/** Cuts frames from the first byte on. What cannot be one, and all behind it, passes as it is. */
export const frameCutter = (onFrame: (frame: Buffer) => Buffer): Cutter => {
  let torn: Buffer = none;
  let foreign = false;

  const rest = (): Buffer => {
    const all = torn;
    torn = none;
    return all;
  };

  return {
    push: (chunk) => {
      if (foreign) return chunk;
      torn = torn.length === 0 ? chunk : Buffer.concat([torn, chunk]);
      const out: Buffer[] = [];
      while (torn.length >= 4) {
        const end = frameHead + torn.readUInt32LE(0);
        foreign = end - frameHead > longest;
        if (foreign) out.push(rest());
        if (torn.length < end) break;
        out.push(onFrame(torn.subarray(0, end)));
        torn = torn.subarray(end);
      }
      return out.length === 1 ? out[0]! : Buffer.concat(out);
    },
    rest,
  };
};

/** Cuts what a server sends: whatever stands before its greeting and the greeting itself pass, then come frames. */
export const answerCutter = (onFrame: (frame: Buffer) => Buffer): Cutter => {
  const frames = frameCutter(onFrame);
  let seen: Buffer = none;
  let state: "before" | "greeted" | "foreign" = "before";

  return {
    push: (chunk) => {
      if (state === "greeted") return frames.push(chunk);
      if (state === "foreign") return chunk;
      const before = seen.length;
      seen = Buffer.concat([seen, chunk]);
      const found = greeting.exec(seen.toString("latin1"));
      if (!found) {
        if (seen.length > noise) state = "foreign";
        return chunk;
      }
      state = "greeted";
      const end = found.index + found[0].length - before;
      return Buffer.concat([chunk.subarray(0, end), frames.push(chunk.subarray(end))]);
    },
    rest: frames.rest,
  };
};

import { crc32 } from "node:zlib";
import { ProtocolError } from "../errors/wire-errors.ts";

/** One JSON object, and the raw bytes that go with it. */
export interface Message {
  readonly header: Readonly<Record<string, unknown>>;
  readonly bytes: Uint8Array;
}

/** Bytes of the longest payload, both ways. */
export const longestPayload = 2 * 1024 * 1024;
/** Length and CRC-32 of the payload, each a little-endian u32. */
const headSize = 8;
const newline = 10;
const none = new Uint8Array(0);
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** A message as it goes over the wire: length, CRC-32, then the payload (JSON in UTF-8, line feed, raw bytes). */
export const encodeFrame = (header: object, bytes: Uint8Array = none): Uint8Array => {
  const json = encoder.encode(JSON.stringify(header));
  const length = json.length + 1 + bytes.length;
  if (length > longestPayload) {
    throw new ProtocolError(`A message of ${length} bytes is too long to be sent.`, { refusal: "bad-request" });
  }
  const frame = new Uint8Array(headSize + length);
  frame.set(json, headSize);
  frame[headSize + json.length] = newline;
  frame.set(bytes, headSize + json.length + 1);
  const head = new DataView(frame.buffer);
  head.setUint32(0, length, true);
  head.setUint32(4, crc32(frame.subarray(headSize)), true);
  return frame;
};

export interface FrameDecoder {
  /**
   * Takes the next bytes, cut anywhere, and gives each message that they complete to `take`.
   *
   * @throws ProtocolError where a frame is too long, damaged or no message; the connection is of no use then
   */
  push(bytes: Uint8Array, take: (message: Message) => void): void;
}

/** Puts the frames of a byte stream together again. Each byte is copied once, into a buffer of its frame's own. */
export const frameDecoder = (): FrameDecoder => {
  const head = new Uint8Array(headSize);
  const view = new DataView(head.buffer);
  let body: Uint8Array | undefined;
  let filled = 0;

  const fill = (target: Uint8Array, bytes: Uint8Array): number => {
    const fitting = Math.min(target.length - filled, bytes.length);
    target.set(fitting === bytes.length ? bytes : bytes.subarray(0, fitting), filled);
    filled += fitting;
    return fitting;
  };

  /** The length is believed only where it is possible: a damaged one must not reserve gigabytes. */
  const openBody = (): Uint8Array => {
    const length = view.getUint32(0, true);
    if (length > longestPayload) throw new ProtocolError(`A frame of ${length} bytes came; none is that long.`);
    return new Uint8Array(length);
  };

  return {
    push: (bytes, take) => {
      for (let at = 0; at < bytes.length || body?.length === 0; ) {
        at += fill(body ?? head, bytes.subarray(at));
        if (filled < (body ?? head).length) return;
        filled = 0;
        if (!body) {
          body = openBody();
          continue;
        }
        const whole = body;
        body = undefined;
        if (crc32(whole) !== view.getUint32(4, true)) throw new ProtocolError("A frame was damaged on its way.");
        take(readMessage(whole));
      }
    },
  };
};

const readMessage = (payload: Uint8Array): Message => {
  const end = payload.indexOf(newline);
  try {
    const header: unknown = JSON.parse(decoder.decode(payload.subarray(0, Math.max(end, 0))));
    if (typeof header === "object" && header !== null && !Array.isArray(header)) {
      return { header: header as Message["header"], bytes: payload.subarray(end + 1) };
    }
  } catch (cause) {
    throw new ProtocolError("A frame came that is no message: it does not begin with JSON.", { cause });
  }
  throw new ProtocolError("A frame came that is no message: it does not begin with a JSON object.");
};

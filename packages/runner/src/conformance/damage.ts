import { crc32 } from "node:zlib";

/** What becomes of one byte of a file on its way to the client. */
export interface Damage {
  readonly how: "drop" | "double" | "swap";
  /** Which byte of the file, from 0; `swap` exchanges it with the next one that differs from its own next. */
  readonly at: number;
  /** Makes the frame valid again, so that the damage gets through. Without it the client can see that bytes were harmed. */
  readonly reseal?: boolean | undefined;
  /** How often; every time that the byte passes when resealed, else once. */
  readonly times?: number | undefined;
  /** @defaultValue "attempt-1/events.jsonl" */
  readonly file?: string | undefined;
}

/** Damages the frames that carry the byte which it is after. */
export interface Damager {
  /** Takes a frame from the client; remembers what it asks for. */
  asked(frame: Buffer): void;
  /** Takes a frame to the client, and gives what is sent instead. */
  answered(frame: Buffer): Buffer;
}

export const frameHead = 8;
const lineEnd = 10;

interface Header {
  readonly id?: unknown;
  readonly verb?: unknown;
  readonly file?: unknown;
  readonly offset?: unknown;
}

/** Damage that is to be done, so many times. */
export interface Pending {
  readonly damage: Damage;
  left: number;
}

export const pendingOf = (damage: Damage): Pending => {
  const left = damage.times ?? (damage.reseal ? Number.POSITIVE_INFINITY : 1);
  return { damage, left };
};

/** @param pending the same for every connection: what was done over one need not be done over the next */
export const damager = (pending: () => Pending | undefined): Damager => {
  const reads = new Map<unknown, { readonly file: unknown; readonly offset: number }>();

  return {
    asked: (frame) => {
      const { id, verb, file, offset } = headerOf(frame);
      if (verb === "read" && typeof offset === "number") reads.set(id, { file, offset });
    },
    answered: (frame) => {
      const { id } = headerOf(frame);
      const read = reads.get(id);
      reads.delete(id);
      const wanted = pending();
      if (!wanted || read?.file !== (wanted.damage.file ?? "attempt-1/events.jsonl")) return frame;
      const { at, how, reseal } = wanted.damage;
      const place = frame.indexOf(lineEnd, frameHead) + 1 + at - read.offset;
      if (wanted.left <= 0 || at < read.offset || place >= frame.length) return frame;
      const harmed = harm(frame, place, how);
      if (!harmed) return frame;
      wanted.left -= 1;
      return reseal ? sealed(harmed) : harmed;
    },
  };
};

/** A frame around the payload that it carries now. */
export const sealed = (frame: Buffer): Buffer => {
  const fresh = Buffer.from(frame);
  fresh.writeUInt32LE(frame.length - frameHead, 0);
  fresh.writeUInt32LE(crc32(frame.subarray(frameHead)), 4);
  return fresh;
};

const harm = (frame: Buffer, place: number, how: Damage["how"]): Buffer | undefined => {
  if (how === "drop") return Buffer.concat([frame.subarray(0, place), frame.subarray(place + 1)]);
  if (how === "double") return Buffer.concat([frame.subarray(0, place + 1), frame.subarray(place)]);
  let first = place;
  while (frame[first] === frame[first + 1]) first += 1;
  if (first + 1 >= frame.length) return undefined;
  const swapped = Buffer.from(frame);
  swapped[first] = frame[first + 1]!;
  swapped[first + 1] = frame[first]!;
  return swapped;
};

const headerOf = (frame: Buffer): Header => {
  const end = frame.indexOf(lineEnd, frameHead);
  try {
    return JSON.parse(frame.toString("utf8", frameHead, end === -1 ? frame.length : end)) as Header;
  } catch {
    return {};
  }
};

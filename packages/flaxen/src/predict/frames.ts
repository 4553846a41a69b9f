/**
 * Frames on a byte stream: a little-endian u32 with the header's length, the header as JSON, then the arrays that the
 * header lists, raw, little-endian, in C order.
 */
export type WireType = "uint8" | "int32" | "float32";

export interface WireArray {
  readonly dtype: WireType;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

export interface ArrayHeader {
  readonly dtype: WireType;
  readonly shape: readonly number[];
}

const itemSize: Record<WireType, number> = { uint8: 1, int32: 4, float32: 4 };

export const byteLength = ({ dtype, shape }: ArrayHeader): number =>
  shape.reduce((product, size) => product * size, itemSize[dtype]);

/** The parts of one frame, to be written one after another: the arrays are not copied. */
export const frame = (header: object, arrays: readonly WireArray[]): readonly Uint8Array[] => {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const head = new Uint8Array(4 + text.length);
  new DataView(head.buffer).setUint32(0, text.length, true);
  head.set(text, 4);
  return [head, ...arrays.map(({ bytes }) => bytes)];
};

export interface Frame {
  readonly header: Readonly<Record<string, unknown>>;
  /** By name, in the header's order. */
  readonly arrays: Readonly<Record<string, WireArray>>;
}

/** Cuts a stream of chunks into frames. Feed it every chunk; it returns the frames that this chunk completed. */
export const frameReader = (): ((chunk: Uint8Array) => readonly Frame[]) => {
  let pending: Uint8Array[] = [];
  let length = 0;
  return (chunk) => {
    pending.push(chunk);
    length += chunk.length;
    const found: Frame[] = [];
    let buffer: Uint8Array | undefined;
    for (;;) {
      if (length < 4) break;
      buffer ??= join(pending, length);
      const next = readFrame(buffer);
      if (!next) break;
      found.push(next.frame);
      buffer = buffer.subarray(next.size);
      length = buffer.length;
    }
    if (buffer) pending = [buffer];
    return found;
  };
};

const join = (chunks: readonly Uint8Array[], length: number): Uint8Array => {
  const [only] = chunks;
  if (chunks.length === 1 && only) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
};

const readFrame = (buffer: Uint8Array): { readonly frame: Frame; readonly size: number } | undefined => {
  if (buffer.length < 4) return undefined;
  const headerEnd = 4 + new DataView(buffer.buffer, buffer.byteOffset).getUint32(0, true);
  if (buffer.length < headerEnd) return undefined;
  const header = JSON.parse(new TextDecoder().decode(buffer.subarray(4, headerEnd))) as Record<string, unknown>;
  const arrays: Record<string, WireArray> = {};
  let at = headerEnd;
  for (const [name, array] of Object.entries((header.outputs ?? {}) as Record<string, ArrayHeader>)) {
    const size = byteLength(array);
    if (buffer.length < at + size) return undefined;
    arrays[name] = { ...array, bytes: buffer.slice(at, at + size) };
    at += size;
  }
  return { frame: { header, arrays }, size: at };
};

import { ProtocolError, UnknownProtocolError } from "../errors/wire-errors.ts";

const ours = "FLAXEN/1";
/** Bytes that a login shell may print before the supervisor speaks. */
const mostNoise = 64 * 1024;
const newline = 10;

export interface Greeting {
  /** `sha256:…` of the supervisor's sources. */
  readonly identity: string;
  /** What came behind the greeting. */
  readonly rest: Uint8Array;
}

/** The server's first line, as bytes of the wire. */
export const greetingOf = (identity: string): Uint8Array => new TextEncoder().encode(`\n${ours} ${identity}\n`);

/**
 * Reads a stream up to the line `FLAXEN/1 <identity>`; lines before it are noise.
 *
 * @returns the greeting once it is whole
 * @throws UnknownProtocolError for another major version, ProtocolError where 64 KiB came without a greeting
 */
export const greetingReader = () => {
  let seen: Uint8Array = new Uint8Array(0);

  return (bytes: Uint8Array): Greeting | undefined => {
    seen = Buffer.concat([seen, bytes]);
    for (let at = 0; ; ) {
      const end = seen.indexOf(newline, at);
      if (end === -1) break;
      const line = Buffer.from(seen.buffer, seen.byteOffset + at, end - at).toString("latin1");
      at = end + 1;
      const found = /^FLAXEN\/(\S*) ?(\S*)\r?$/.exec(line);
      if (!found) continue;
      if (found[1] !== "1") throw new UnknownProtocolError(`FLAXEN/${found[1]}`, ours);
      return { identity: found[2] ?? "", rest: seen.subarray(at) };
    }
    if (seen.length > mostNoise) {
      const start = new TextDecoder().decode(seen.subarray(0, 200));
      throw new ProtocolError(`No supervisor answered within ${mostNoise} bytes. What came begins with: ${start}`);
    }
    return undefined;
  };
};

import fc from "fast-check";
import { expect, test } from "vitest";
import { ProtocolError } from "../errors/wire-errors.ts";
import { encodeFrame, frameDecoder, longestPayload, type Message } from "./frames.ts";

const message = fc.record({
  header: fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue()),
  bytes: fc.uint8Array({ maxLength: 60 }),
});
/** As JSON gives it back: -0 is 0 there. */
const plain = (messages: readonly Message[]) =>
  messages.map(({ header, bytes }) => ({ header: JSON.parse(JSON.stringify(header)), bytes: [...bytes] }));
const wire = (messages: readonly Message[]) =>
  Buffer.concat(messages.map(({ header, bytes }) => encodeFrame(header, bytes)));

const decode = (pieces: readonly Uint8Array[]) => {
  const decoder = frameDecoder();
  const messages: Message[] = [];
  for (const piece of pieces) decoder.push(piece, (one) => messages.push(one));
  return messages;
};

test("however the bytes are cut, the messages are the same", () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 6 }), fc.array(fc.nat(30), { maxLength: 80 }), (messages, cuts) => {
      const bytes = wire(messages);
      const pieces: Uint8Array[] = [];
      let at = 0;
      for (const cut of cuts) {
        pieces.push(bytes.subarray(at, at + cut));
        at += cut;
      }
      expect(plain(decode([...pieces, bytes.subarray(at)]))).toEqual(plain(messages));
    }),
  );
});

test("a byte that was changed never reaches anybody: the messages before it come, and no other", () => {
  const several = fc.array(message, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(several, fc.nat(), fc.integer({ min: 1, max: 255 }), (messages, place, change) => {
      const bytes = wire(messages);
      const at = place % bytes.length;
      bytes[at]! ^= change;
      const came: Message[] = [];
      const decoder = frameDecoder();
      const read = () => {
        decoder.push(bytes, (one) => came.push(one));
        // A length that became longer waits for what comes next, and is found out then.
        while (true) decoder.push(new Uint8Array(longestPayload), (one) => came.push(one));
      };
      expect(read).toThrow(ProtocolError);
      const whole = messages.filter((_, index) => wire(messages.slice(0, index + 1)).length <= at);
      expect(plain(came)).toEqual(plain(whole));
    }),
    { numRuns: 200 },
  );
});

test("what is too long is refused on both sides, before it costs memory", () => {
  expect(() => encodeFrame({}, new Uint8Array(longestPayload))).toThrow(ProtocolError);
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(0, longestPayload + 1, true);
  expect(() => decode([head])).toThrow("A frame of 2097153 bytes came");
  const longest = longestPayload - '{"id":1}\n'.length;
  expect(decode([encodeFrame({ id: 1 }, new Uint8Array(longest))])[0]?.bytes).toHaveLength(longest);
});

test("a frame that is whole but no message is refused", () => {
  const frame = encodeFrame({ id: 1 });
  const list = Buffer.from(encodeFrame(["id"] as object));
  expect(decode([frame])).toMatchObject([{ header: { id: 1 } }]);
  expect(() => decode([list])).toThrow("JSON object");
  // Length 0 and the CRC of nothing.
  expect(() => decode([new Uint8Array(8)])).toThrow(ProtocolError);
});

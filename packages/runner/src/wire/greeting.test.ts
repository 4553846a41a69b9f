import { expect, test } from "vitest";
import { ProtocolError, UnknownProtocolError } from "../errors/wire-errors.ts";
import { greetingReader } from "./greeting.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("what a login shell prints is skipped, wherever the bytes are cut", () => {
  const whole = bytes("Welcome!\nno FLAXEN/1 here\n\u001b[0mä%\nFLAXEN/1 sha256:ab\nrest");
  for (let cut = 0; cut < whole.length - 5; cut++) {
    const read = greetingReader();
    const early = read(whole.subarray(0, cut));
    expect(early).toBeUndefined();
    const found = read(whole.subarray(cut))!;
    expect(found.identity).toBe("sha256:ab");
    expect(new TextDecoder().decode(found.rest)).toBe("rest");
  }
});

test("another generation of the protocol is named, and ours", () => {
  expect(() => greetingReader()(bytes("\nFLAXEN/2 sha256:ab\n"))).toThrow(
    expect.toSatisfy(
      (error: Error) =>
        UnknownProtocolError.isInstance(error) &&
        error.message.includes("speaks FLAXEN/2, this version of Flaxen speaks FLAXEN/1"),
    ),
  );
});

test("who prints for ever and never greets is no supervisor", () => {
  const read = greetingReader();
  const noise = bytes("bash: flaxen: command not found\n".repeat(100));
  const readAll = () => {
    for (let i = 0; i < 100; i++) expect(read(noise)).toBeUndefined();
  };
  expect(readAll).toThrow(ProtocolError);
});

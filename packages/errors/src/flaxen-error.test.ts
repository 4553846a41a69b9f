import { expect, test } from "vitest";
import { FlaxenError } from "./flaxen-error.ts";

class SpillError extends FlaxenError {
  static override readonly code = "spill";
}
class DrainError extends FlaxenError {
  static override readonly code = "drain";
}

test("the message is told first, then the place, then the details", () => {
  const error = new SpillError("dense1 spilled", {
    site: { file: "net.ts", line: 3, column: 7 },
    detail: "Traceback …",
  });
  expect(error.message).toBe("dense1 spilled\n    at net.ts:3:7\nTraceback …");
  expect([error.name, error.code]).toEqual(["SpillError", "spill"]);
});

test("a cause is there only when it was given", () => {
  expect(Object.hasOwn(new SpillError("spilled"), "cause")).toBe(false);
  const cause = new Error("rain");
  expect(new SpillError("spilled", { cause }).cause).toBe(cause);
});

test("isInstance tells causes apart by their code, and the base takes all of them", () => {
  const error: unknown = new SpillError("spilled");
  expect([SpillError.isInstance(error), DrainError.isInstance(error), FlaxenError.isInstance(error)]).toEqual([
    true,
    false,
    true,
  ]);
  expect(FlaxenError.isInstance(new Error("plain"))).toBe(false);
  expect(FlaxenError.isInstance({ code: "spill" })).toBe(false);
});

test("an error of another copy of the package is known too", () => {
  const stranger = Object.assign(new Error("spilled"), { code: "spill", [Symbol.for("flaxen.error")]: true });
  expect(SpillError.isInstance(stranger)).toBe(true);
});

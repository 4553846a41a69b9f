import { fault } from "@flaxen/runner/conformance/fault";
import fc from "fast-check";
import { expect } from "vitest";
import { collect, jobOf, plainRunner } from "../testing/programs.ts";

const special = [Number.NaN, Infinity, -Infinity, -0, 0, 2 ** 53 + 2, 1e308, -1e308, 5e-324, 0.1, 1e-7, 123456789.125];

const python = `
import array
with open("../assets/values.bin", "rb") as file:
    values = array.array("d", file.read())

def wire(value):
    return value if value - value == 0 else {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[str(value)]

for first in range(0, len(values), 100):
    steps(first, *map(wire, values[first:first + 100]))
for i, value in enumerate(values[:50]):
    emit("epoch", epoch=i, step=i, metrics={"loss": wire(value)}, best=False, seconds=0)
steps(len(values), 2**53 + 1, -(2**53) - 1)
result(step=len(values))`;

fault(30, "file")(
  "every number that Python can have arrives as it was: bit by bit, or as its typed string",
  async () => {
    const values = [...special, ...fc.sample(fc.double(), { numRuns: 3_000, seed: 30 })];
    const bytes = new Uint8Array(Float64Array.from(values).buffer);
    const { runner } = await plainRunner();
    const run = await runner.submit(jobOf(python, { assets: [{ name: "values.bin", sha256: "values", bytes }] }));
    const events = await collect(run);
    const steps = events.flatMap((event) => (event.type === "step" ? [event.metrics.loss!] : []));
    const epochs = events.flatMap((event) => (event.type === "epoch" ? [event.metrics.loss!] : []));
    expect(steps.length).toBe(values.length + 2);
    expect(steps.slice(0, values.length).every((value, i) => Object.is(value, values[i]))).toBe(true);
    expect(epochs.every((value, i) => Object.is(value, values[i]))).toBe(true);
    expect(epochs).toHaveLength(50);
    // A double holds no 2^53 + 1: an integer of Python arrives as the double next to it, as Python's own float() has it.
    expect(steps.slice(-2)).toEqual([2 ** 53, -(2 ** 53)]);
  },
);

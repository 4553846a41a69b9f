import { graph } from "@flaxen/core";
import { expect, test } from "vitest";
import { modelOf, modelText } from "../../../test/model-of.ts";
import { ruff } from "../../../test/python.ts";

const sequence = [5, 8];

test.each([
  [graph.lstm(3), "self.lstm1 = ops.LSTM(8, 3, rngs=rngs)", "x = self.lstm1(x)  # [batch, 3]"],
  [
    graph.gru(3, { returnSequences: true, direction: "reverse", name: "reader" }),
    "self.reader = ops.GRU(8, 3, return_sequences=True, reverse=True, rngs=rngs)",
    "x = self.reader(x)  # [batch, 5, 3]",
  ],
  [
    graph.lstm(3, { direction: "bidirectional" }),
    "self.lstm1 = ops.Bidirectional(ops.LSTM(8, 3, rngs=rngs), ops.LSTM(8, 3, reverse=True, rngs=rngs))",
    "x = self.lstm1(x)  # [batch, 6]",
  ],
  [
    graph.simpleRnn(3).relu(),
    "self.simple_rnn1 = ops.SimpleRNN(8, 3, rngs=rngs)",
    "x = nnx.relu(self.simple_rnn1(x))  # [batch, 3]",
  ],
])("a layer: $1", (block, made, called) => {
  const text = modelOf(sequence, block);
  expect(text).toContain(`        ${made}\n`);
  expect(text).toContain(`        ${called}\n`);
  expect(ruff(["format", "--isolated", "--line-length=120", "--diff", "-"], { input: text })).toBe("");
});

test("a mask is given by its name", () => {
  const steps = graph.input("steps", [5, 8]);
  const mask = graph.input("mask", [5], { dtype: "int" });
  expect(modelText({ steps, mask }, steps.lstm(3, { mask }))).toContain(
    "        x = self.lstm1(steps, mask=mask)  # [batch, 3]\n",
  );
});

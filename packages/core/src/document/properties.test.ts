import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type AnyModel,
  adam,
  adamw,
  cosine,
  data,
  experiment,
  fromJSON,
  graph,
  head,
  model,
  sgd,
  typesOf,
} from "../index.ts";
import { documentHash } from "./hash.ts";
import { canonicalJson } from "./json.ts";
import { parseDocument } from "./parse-document.ts";

const width = 6;
const letters = fc.constantFrom("dense", "relu", "dropout", "norm", "add", "block", "shared", "residual", "named");
const part = fc.record({ letter: letters, pick: fc.nat(), rate: fc.double({ min: 0, max: 0.9, noNaN: true }) });

/** A random graph of any depth and any shape of edges; every tensor is [batch, width]. */
const models = fc
  .record({
    parts: fc.array(part, { maxLength: 20 }),
    outputs: fc.integer({ min: 1, max: 3 }),
    weight: fc.double({ min: 0, max: 9, noNaN: true }),
  })
  .map(({ parts, outputs, weight }): AnyModel => {
    const row = graph.input("row", [width]);
    const block = graph.block("piece", graph.dense(width).relu());
    const shared = graph.block("tied", graph.dense(width), { shared: true });
    const made: (typeof row)[] = [row];
    for (const [index, { letter, pick, rate }] of parts.entries()) {
      const x = made[pick % made.length]!;
      const steps = {
        dense: () => x.dense(width),
        relu: () => x.relu(),
        dropout: () => x.dropout(rate),
        norm: () => x.batchNorm(),
        add: () => x.add(made[(pick * 7 + 3) % made.length]!),
        block: () => x.pipe(block),
        shared: () => x.pipe(shared),
        residual: () => x.residual(block),
        named: () => x.dense(width, { name: `own${index}` }),
      };
      made.push(steps[letter]() as typeof row);
    }
    const last = made.at(-1)!;
    return model({
      inputs: { row },
      heads: {
        value: head.regression(last, { outputs, weight, metrics: ["r2"] }),
        kind: head.classification(made[made.length >> 1]!, { classes: 7, metrics: ["top2"] }),
      },
    });
  });

const optimizers = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }).map((learningRate) => adam({ learningRate })),
  fc.double({ min: 0, max: 1, noNaN: true }).map((peak) => adamw({ learningRate: cosine({ peak }) })),
  fc.double({ min: 0, max: 0.99, noNaN: true }).map((momentum) => sgd({ momentum })),
);

const experiments = fc
  .record({
    net: models,
    optimizer: optimizers,
    seed: fc.nat(),
    epochs: fc.integer({ min: 1, max: 99 }),
    fraction: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
  })
  .map(({ net, optimizer, seed, epochs, fraction }) => {
    const files = { row: "row.idx", value: "value.idx", kind: "kind.idx" };
    return experiment(net, { data: data.idx({ train: files, validation: fraction }), optimizer, seed, epochs });
  });

/** The same value with the keys of every object in another order. */
const shuffled = (value: unknown, random: () => number): unknown => {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, random));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, shuffled(item, random), random()] as const);
  return Object.fromEntries(entries.sort((a, b) => a[2] - b[2]).map(([key, item]) => [key, item]));
};

test("toJSON and fromJSON lose nothing", () => {
  fc.assert(
    fc.property(experiments, (made) => {
      const text = JSON.stringify(made);
      const read = fromJSON(JSON.parse(text));
      expect(JSON.stringify(read)).toBe(text);
      expect(read.hash).toBe(made.hash);
      expect(read.metrics).toEqual(made.metrics);
    }),
    { numRuns: 100 },
  );
});

test("the order of keys is in neither the hash nor what is read", () => {
  fc.assert(
    fc.property(experiments, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (made, stream) => {
      const other = shuffled(made.document, () => stream.next().value) as object;
      expect(documentHash(other)).toBe(made.hash);
      expect(canonicalJson(other)).toBe(canonicalJson(made.document));
      expect(JSON.stringify(parseDocument(other).document)).toBe(JSON.stringify(made.document));
    }),
    { numRuns: 50 },
  );
});

test("every operand stands before its node, every id is one of its kind and every node has a type", () => {
  fc.assert(
    fc.property(models, ({ document, weights }) => {
      const types = typesOf(document);
      const seen = new Set<string>();
      for (const { id, inputs } of document.nodes) {
        expect(inputs.every((input) => seen.has(input))).toBe(true);
        expect(seen.has(id)).toBe(false);
        seen.add(id);
        expect(types.get(id)).toEqual({ shape: ["batch", width], dtype: "float" });
      }
      expect(Object.keys(weights)).toContain("value/kernel");
    }),
    { numRuns: 100 },
  );
});

test("canonical JSON is JSON: it reads back as the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

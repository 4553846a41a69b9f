import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runTypeScript } from "../../test/run-typescript.ts";
import { typeCheck } from "../../test/type-check.ts";
import { adamw, data, experiment, fromJSON, graph, head, model, sgd, warmupCosine } from "../index.ts";
import { quoted } from "./expression.ts";
import { toTypeScript } from "./to-typescript.ts";

const image = graph.input("image", [28, 28, 1]);
const digits = model({
  name: "digits",
  inputs: { image },
  heads: {
    digit: head.classification(
      image
        .conv2d(32, { kernel: 3 })
        .relu()
        .maxPool(2)
        .residual(graph.conv2d(32, { kernel: [3, 1], name: "inner" }).relu())
        .flatten()
        .dense(128, { name: "hidden" })
        .dropout(0.3),
      { classes: 10, metrics: ["accuracy"] },
    ),
  },
});
const trial = experiment(digits, {
  data: data.mnist(),
  optimizer: adamw({ learningRate: warmupCosine({ peak: 1e-3, warmupSteps: 200 }), weightDecay: 1e-3 }),
  epochs: 3,
  batchSize: 128,
});

const printed = `import { adamw, data, experiment, graph, head, model, warmupCosine } from "flaxen";

const image = graph.input("image", [28, 28, 1]);
export const digits = model({
  name: "digits",
  inputs: { image },
  heads: {
    digit: head.classification(
      image
        .conv2d(32, { kernel: 3 })
        .relu()
        .maxPool(2)
        .residual(graph.conv2d(32, { kernel: [3, 1], name: "inner" }).relu())
        .flatten()
        .dense(128, { name: "hidden" })
        .dropout(0.3),
      { classes: 10, metrics: ["accuracy"] },
    ),
  },
});
export const trial = experiment(digits, {
  data: data.mnist(),
  optimizer: adamw({
    learningRate: warmupCosine({ peak: 0.001, warmupSteps: 200 }),
    weightDecay: 0.001,
  }),
  epochs: 3,
  batchSize: 128,
});
`;

test("it reads as a person writes it", () => {
  expect(toTypeScript(trial.document)).toBe(printed);
  expect(runTypeScript(printed).trial.hash).toBe(trial.hash);
});

const row = graph.input("row", [8]);
const context = graph.input("context", [8]);
const tied = graph.block("tied", graph.dense(8).relu(), { shared: true });
const wide = graph.block("wide", graph.dense(8).residual(graph.dense(8, { name: "own" }).pipe(graph.relu())));
const netOf = (features: unknown, inputs: object = { row }) =>
  model({ inputs: inputs as { row: typeof row }, heads: { price: head.regression(features as typeof row) } });
const seen = context.dense(8);

const models = {
  "a shared block": netOf(row.pipe(tied).pipe(tied).add(row.pipe(tied))),
  "a block over two shapes": netOf(row.pipe(wide).dense(5).pipe(wide).dense(3)),
  "a block in a block": netOf(row.pipe(graph.block("outer", graph.pipe(wide).gelu())).pipe(wide)),
  "a repetition": netOf(row.repeat(3, graph.residual(graph.layerNorm().dense(8).gelu()))),
  "named repetitions": netOf(row.repeat(3, graph.dense(8), { name: "encoder" }).repeat(2, graph.dense(8))),
  "a repeated named block": netOf(row.repeat(3, wide).pipe(wide)),
  "a repetition with branches": netOf(
    row.repeat(2, (x) => {
      const once = x.dense(8);
      return once.add(once.relu()).add(x) as typeof x;
    }),
  ),
  "a body that reads what lies outside": netOf(
    row.repeat(2, (x) => x.add(seen).dense(8)).pipe(graph.block("mixed", graph.dense(8).add(seen))),
    { row, context },
  ),
  "a named block with branches": netOf(
    row.pipe(
      graph.deferredBlock("mixed", (x) => {
        const once = x.dense(8);
        return once.add(once.relu()).add(x);
      }),
    ),
  ),
  "names that the language has taken": netOf(
    row
      .dense(3, { name: "class" })
      .add(row.dense(3, { name: "head" }))
      .dense(3, { name: "x" }),
  ),
  "numbers beside names": netOf(row.dense(3, { name: "dense2" }).dense(4).dense(5).dense(4, { name: "last" })),
  "numbers in the place of tensors": netOf(row.add(2).multiply(0.5)),
};

test.each(Object.entries(models))("%s comes out the same", (_, net) => {
  const text = toTypeScript(net.toJSON());
  const { net: again } = runTypeScript(text);
  expect(again.toJSON(), text).toEqual(net.toJSON());
});

test("what is printed passes the type checker", () => {
  const bodies = [trial.document, ...Object.values(models).map((net) => net.toJSON())].map((document) => {
    const [, ...lines] = toTypeScript(document).split("\n");
    return `export const program = () => {\n${lines.join("\n").replace(/^export const/gm, "const")}\nreturn [${document.training ? "trial" : "net"}];};`;
  });
  const names = "adamw, data, experiment, graph, head, model, warmupCosine";
  const numbered = bodies.map((body, place) => body.replace("program", `program${place}`));
  expect(typeCheck(`import { ${names} } from "../../src/index.ts";\n${numbered.join("\n")}`)).toBe("");
});

describe("data", () => {
  const small = model({ inputs: { row }, heads: { price: head.regression(row), kind: head.regression(row) } });
  const kinds = {
    csv: data.csv('a "b"\n.csv', {
      features: { row: ["a", "b", "c", "d", "e", "f", "g", "h"] },
      targets: { price: "y", kind: "z" },
      validation: 0.2,
    }),
    idx: data.idx({ train: { row: "r", price: "p", kind: "k" } }),
  };
  test.each(Object.entries(kinds))("%s comes out the same", (_, source) => {
    const made = experiment(small, { data: source, optimizer: sgd({ momentum: 0.9 }), steps: 10, seed: 3 });
    expect(runTypeScript(toTypeScript(made.document)).trial.hash).toBe(made.hash);
  });

  test("arrays are handed in: no document holds them", () => {
    const columns = { row: [[1, 2, 3, 4, 5, 6, 7, 8]], price: [1], kind: [2] };
    const made = experiment(small, { data: data.arrays(columns, { validation: columns }), epochs: 1, batchSize: 1 });
    const { trial } = runTypeScript(toTypeScript(made.document));
    expect(trial(columns, columns).hash).toBe(made.hash);
  });

  test("so are rows, but not how some are set aside", () => {
    const rows = [{ a: 1, y: 2, z: 3 }];
    const options = { features: { row: Array<string>(8).fill("a") }, targets: { price: "y", kind: "z" } };
    const apart = experiment(small, {
      data: data.rows(rows, { ...options, validation: rows }),
      epochs: 1,
      batchSize: 1,
    });
    expect(runTypeScript(toTypeScript(apart.document)).trial(rows, rows).hash).toBe(apart.hash);
    const drawn = data.rows(rows, { ...options, validation: { fold: 0, of: 2, group: "a" } });
    const made = experiment(small, { data: drawn, epochs: 1 });
    expect(runTypeScript(toTypeScript(made.document)).trial(rows).hash).toBe(made.hash);
  });

  test("so is text, but not that of files", () => {
    const ids = graph.input("ids", [8], { dtype: "int" });
    const next = head.nextToken(ids.embedding({ vocab: 9, features: 4 }), { of: ids, vocab: 9 });
    const words = model({ inputs: { ids }, heads: { next } });
    const inline = experiment(words, {
      data: data.text({ texts: "abc" }, { validation: 0.5, lowercase: true }),
      epochs: 1,
    });
    expect(runTypeScript(toTypeScript(inline.document)).trial({ texts: "abc" }).hash).toBe(inline.hash);
    const files = experiment(words, { data: data.text("a.txt"), epochs: 1 });
    expect(runTypeScript(toTypeScript(files.document)).trial.hash).toBe(files.hash);
  });
});

test("a string is one literal of printable ASCII, whatever it holds", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const literal = quoted(text);
      expect(literal).toMatch(/^"[\x20-\x3b\x3d\x3f-\x7e]*"$/);
      expect(new Function(`return ${literal}`)()).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

test("strings of a stranger's document stay strings", () => {
  const hostile = '"); throw new Error(1); ("\\ \u2028*/ $\u007bx} `</script>';
  const small = model({ inputs: { row }, heads: { price: head.regression(row) } });
  const made = experiment(small, { data: data.idx({ train: { row: hostile, price: hostile } }), steps: 1 });
  const text = toTypeScript(fromJSON(made.toJSON()).document);
  expect(text).toMatch(/^[\n\x20-\x7e]*$/);
  expect(runTypeScript(text).trial.hash).toBe(made.hash);
});

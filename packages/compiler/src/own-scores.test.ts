import { rmSync } from "node:fs";
import { join } from "node:path";
import { data, defineLoss, defineMetric, experiment, graph, head, model } from "@flaxen/core";
import { afterAll, expect, test } from "vitest";
import { writeProject } from "../test/project.ts";
import { output, python, ruff } from "../test/python.ts";
import { compile } from "./compile.ts";

const lopsidedSource = `def lopsided(output, target, kind, over):
    """Error where too much counts \`over\` times: [batch, outputs] twice -> [batch]."""
    error = output - target
    size = jnp.abs(error) if kind == "l1" else error**2
    return (jnp.where(error > 0, over, 1) * size).mean(-1)`;
const lopsided = defineLoss({
  name: "lopsided",
  heads: ["regression"],
  anyOptions: true,
  dynamic: ["over"],
  python: lopsidedSource,
});
const margin = defineLoss({
  name: "margin",
  heads: ["classification"],
  python: `
def margin(logits, labels):
    """What the label's logit lacks to one above the highest: [batch, time, classes], [batch, time] -> [batch, time]."""
    own = (jax.nn.one_hot(labels, logits.shape[-1]) * logits).sum(-1)
    return jnp.maximum(0, 1 + logits.max(-1) - own)
`,
});
const within = defineMetric({
  name: "within",
  heads: ["regression"],
  python: `
def within(output, target):
    """1 where every value is at most 0.5 off: [batch, outputs] twice -> [batch]."""
    return (jnp.abs(output - target) <= 0.5).all(-1)
`,
});
const spread = defineMetric({
  name: "spread",
  heads: ["regression"],
  minimised: true,
  sums: ["first", "second"],
  python: `
def moments(output, target):
    """The error's first two moments: [batch, outputs] twice -> [batch] twice."""
    error = (output - target).mean(-1)
    return error, error**2


def deviation(first, second):
    """Standard deviation of the error, from means over the rows."""
    return np.sqrt(np.maximum(second - first**2, 0))
`,
});
const firstClass = defineMetric({
  name: "firstClass",
  heads: ["classification"],
  python: `
def first_class(logits, labels):
    """1 where class 0 is said: [batch, time, classes] -> [batch, time]."""
    return logits.argmax(-1) == 0


def percent(mean):
    return 100 * mean
`,
});
const row = graph.input("row", [2]);
const tags = graph.input("tags", [3, 2]);
const net = model({
  inputs: { row, tags },
  heads: {
    price: head.regression(row, {
      outputs: 2,
      loss: lopsided({ over: 3, kind: "l2" }),
      metrics: ["rmse", within, spread],
    }),
    tag: head.classification(tags, { classes: 2, loss: margin(), metrics: ["accuracy", firstClass] }),
  },
});
const rows = 11;
const draw = (size: number, seed: number) => Array.from({ length: size }, (_, i) => Math.sin(seed + 1.7 * i) * 2);
const columns = {
  row: Array.from({ length: rows }, (_, i) => draw(2, i)),
  price: Array.from({ length: rows }, (_, i) => draw(2, i + 50).map((value) => value / 2)),
  tags: { data: Float32Array.from(draw(rows * 6, 3)), shape: [rows, 3, 2] },
  tag: { data: Int32Array.from({ length: rows * 3 }, (_, i) => ((i % 5) % 3) - 1), shape: [rows, 3] },
};
const whole = experiment(net, { data: data.arrays(columns), steps: 2, batchSize: 4 });
const folder = writeProject(whole);
afterAll(() => rmSync(folder, { recursive: true }));

test("the functions stand in train.py as they were written, and ruff has nothing to say", () => {
  const files = compile(whole.document, { allowCode: true }).program.files;
  const train = files["train.py"]!;
  expect(train.split(lopsidedSource)).toHaveLength(2);
  expect(train).toContain('lopsided(price, batch["price"], kind="l2", over=hp["price_over"])');
  expect(ruff(["format", "--isolated", "--line-length=120", "--diff", "model.py", "train.py"], { cwd: folder })).toBe(
    "",
  );
  expect(
    ruff(
      [
        "check",
        "--isolated",
        "--line-length=120",
        "--select=A,B,C4,E,F,I,N,PERF,PIE,PTH,RET,SIM,UP,W",
        "model.py",
        "train.py",
      ],
      { cwd: folder },
    ),
  ).toContain("All checks passed!");
});

test("a number that may change is in the configuration, not in the program", () => {
  const other = model({
    inputs: { row },
    heads: { price: head.regression(row, { loss: lopsided({ over: 5, kind: "l2" }) }) },
  });
  const one = model({
    inputs: { row },
    heads: { price: head.regression(row, { loss: lopsided({ over: 3, kind: "l2" }) }) },
  });
  const compiled = [one, other].map((net) =>
    compile(experiment(net, { data: data.arrays({ row: [[1, 2]], price: [1] }), steps: 1, batchSize: 1 }).document, {
      allowCode: true,
    }),
  );
  expect(compiled[0]!.program.hash).toBe(compiled[1]!.program.hash);
  expect(compiled.map(({ config }) => (config as any).hyperparameters.price_over)).toEqual([3, 5]);
});

test("two steps are trained, and losses and metrics over uneven batches are NumPy's", () => {
  const script = join(import.meta.dirname, "..", "test", "own", "check_own.py");
  const { ours, theirs, trained, refused } = JSON.parse(output(python, ["-B", script, folder]));
  expect(Object.keys(theirs)).toEqual([
    "price/loss",
    "price/within",
    "price/spread",
    "tag/loss",
    "tag/firstClass",
    "loss",
  ]);
  for (const [name, value] of Object.entries<number>(theirs)) expect(ours[name], name).toBeCloseTo(value, 4);
  expect(trained.losses).toHaveLength(2);
  expect(trained.moved).toBeGreaterThan(0);
  expect(refused).toBe("lopsided gave [4, 2], but it must give one number for each row of a batch: [4]");
});

test.each([
  ["loss_fn", 'defines a Python function "loss_fn", but train.py has a loss_fn already'],
  ["Model", 'defines a Python function "Model", but train.py has a Model already'],
  ["sum", 'defines a Python function "sum", but train.py has a sum already'],
])("a function that would hide %s is refused", (name, sentence) => {
  const bad = defineLoss({
    name: "bad",
    heads: ["regression"],
    python: `def ${name}(output, target):\n    return output`,
  });
  const net = model({ inputs: { row }, heads: { price: head.regression(row, { loss: bad() }) } });
  const given = experiment(net, { data: data.arrays({ row: [[1, 2]], price: [1] }), steps: 1, batchSize: 1 });
  expect(() => compile(given.document, { allowCode: true })).toThrow(sentence);
});

test("two parts that define one function differently are refused", () => {
  const other = defineMetric({
    name: "other",
    heads: ["regression"],
    python: "def within(output, target):\n    return 1",
  });
  const net = model({ inputs: { row }, heads: { price: head.regression(row, { metrics: [within, other] }) } });
  const given = experiment(net, { data: data.arrays({ row: [[1, 2]], price: [1] }), steps: 1, batchSize: 1 });
  expect(() => compile(given.document, { allowCode: true })).toThrow(
    'two losses or metrics define a Python function "within"',
  );
});

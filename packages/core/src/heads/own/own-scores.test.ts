import { expect, test } from "vitest";
import * as z from "zod";
import { caught } from "../../../test/caught.ts";
import { runTypeScript } from "../../../test/run-typescript.ts";
import { row } from "../../../test/untyped.ts";
import {
  data,
  defineLoss,
  defineMetric,
  experiment,
  fromJSON,
  graph,
  head,
  model,
  modelFromJSON,
  role,
  toTypeScript,
} from "../../index.ts";

const python = "def lopsided(output, target, kind, over):\n    return (output - target).mean(-1)";
const lopsided = defineLoss({
  name: "lopsided",
  doc: "Too much counts more.",
  heads: ["regression", "reconstruction"],
  parameters: z.strictObject({
    over: role.dynamic(z.number().positive().default(2)),
    kind: z.enum(["l1", "l2"]).default("l2"),
  }),
  python,
});
const plain = defineLoss({
  name: "plain",
  heads: ["regression"],
  python: "def plain(output, target):\n    return '`$" + "{1}` \\n </script>'",
});
const within = defineMetric({
  name: "within",
  heads: ["regression"],
  python: "def within(output, target):\n    return (output == target).all(-1)",
});
const spread = defineMetric({
  name: "spread",
  heads: ["regression"],
  minimised: true,
  sums: ["first", "second"],
  python:
    "def moments(output, target):\n    return output, target\n\n\ndef deviation(first, second):\n    return first",
});
const strict = defineLoss({
  name: "strict",
  heads: ["regression"],
  parameters: z.strictObject({ power: z.number() }),
  python: "def strict(output, target, power):\n    return output",
});
const net = model({
  name: "net",
  inputs: { row },
  heads: {
    price: head.regression(row, { loss: lopsided({ over: 3 }), metrics: ["rmse", within, spread] }),
    rent: head.regression(row, { loss: lopsided({ kind: "l1" }), metrics: [within] }),
    tax: head.regression(row, { loss: plain() }),
    sum: head.regression(row, { loss: strict({ power: 2 }) }),
  },
});
const columns = { row: [Array(10).fill(1)], price: [1], rent: [1], tax: [1], sum: [1] };
const whole = experiment(net, {
  data: data.arrays(columns, { validation: columns }),
  epochs: 1,
  batchSize: 1,
  earlyStopping: { metric: "val/price/spread", patience: 1 },
});

test("what a document holds: the source, options apart from numbers that may change", () => {
  expect(net.document.heads[0]!.params.loss).toEqual({
    name: "lopsided",
    doc: "Too much counts more.",
    heads: ["regression", "reconstruction"],
    python: `${python}\n`,
    options: { kind: "l2" },
    hyperparameters: { over: 3 },
  });
  expect(modelFromJSON(JSON.parse(JSON.stringify(net)), { allowCode: true }).document).toEqual(net.document);
  expect(fromJSON(JSON.parse(JSON.stringify(whole)), { allowCode: true }).hash).toBe(whole.hash);
});

test("names of metrics are literals, and minimised says which is the better", () => {
  const metric: "price/within" | "price/spread" | "price/rmse" = "price/within";
  const names: readonly (
    | "loss"
    | `${"price" | "rent" | "tax" | "sum"}/loss`
    | "price/rmse"
    | "price/spread"
    | "price/within"
    | "rent/within"
  )[] = net.metricNames;
  expect(names).toContain(metric);
  expect(whole.metrics).toContain("val/price/spread");
  expect(whole.document.training.earlyStopping?.mode).toBe("min");
});

test("a stranger's document with Python in a head is refused", () => {
  const sentence = (json: unknown) => caught(() => modelFromJSON(json)).sentence;
  expect(sentence(net.toJSON())).toContain('a loss of head "price" carries Python of its own');
  const metricOnly = model({ inputs: { row }, heads: { price: head.regression(row, { metrics: [within] }) } });
  expect(sentence(metricOnly.toJSON())).toContain('a metric of head "price" carries Python of its own');
});

const two = "def a(output, target):\n    return output\n\n\ndef b(mean):\n    return mean";
const loose = head as unknown as Record<string, (features: unknown, options?: unknown) => unknown>;
test.each([
  [
    () => loose.regression!(row, { loss: lopsided }),
    "bad-parameter",
    "head.regression: loss is a function. Call it: lopsided()",
  ],
  [() => (lopsided as any)({ ovr: 2 }), "unknown-option", 'lopsided has no option "ovr". Did you mean "over"?'],
  [() => lopsided({ over: -1 }), "bad-parameter", "lopsided: over must be more than 0, but it is -1"],
  [() => (strict as any)(), "bad-parameter", "strict needs power; it must be a number"],
  [
    () => loose.binary!(row, { loss: plain() }),
    "bad-parameter",
    'head.binary: the loss "plain" is for head.regression',
  ],
  [
    () => loose.classification!(row, { classes: 3, metrics: [within] }),
    "bad-parameter",
    'head.classification: the metric "within" is for head.regression',
  ],
  [
    () => loose.regression!(row, { metrics: [{ ...within, name: "rmse" }] }),
    "bad-parameter",
    'head.regression: it has a metric "rmse" already. Give yours another name',
  ],
  [
    () => loose.regression!(row, { loss: "msee" }),
    "bad-parameter",
    'head.regression: loss must be "mse" or "mae" or "rmse" or "huber" or "logCosh" or "quantile" or "mape" or "msle" or "poisson" or "cosine" or "gaussianNll" or "kl" or "js", but it is "msee". Did you mean "mse"?',
  ],
  [
    () => loose.regression!(row, { metrics: [within, within] }),
    "bad-parameter",
    "head.regression: metrics expected each metric once, but it is [an object, an object]",
  ],
  [
    () => defineLoss({ name: "two", heads: ["regression"], python: two }),
    "own-part",
    'defineLoss: the Python of "two" must define one function at its left margin',
  ],
  [
    () => defineLoss({ name: "two", heads: ["regresion" as never], python: two }),
    "own-part",
    'defineLoss: heads[0] must be "classification" or "binary" or "multiLabel" or "regression" or "reconstruction" or "nextToken", but it is "regresion". Did you mean "regression"?',
  ],
  [
    () =>
      defineMetric({
        name: "a",
        heads: ["regression"],
        sums: ["x"],
        python: "def a(output, target):\n    return output",
      }),
    "own-part",
    'defineMetric: the Python of "a" must define one function at its left margin, or two where the second makes the metric of means',
  ],
  [
    () => defineMetric({ name: "a", heads: ["regression"], python: two, minimized: true } as never),
    "own-part",
    'defineMetric has no option "minimized". Did you mean "minimised"?',
  ],
] as const)("%#: a mistake is told", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence });
});

test("types know the heads, the options and the metrics", () => {
  // @ts-expect-error: the loss is for other heads
  expect(() => head.binary(row, { loss: lopsided() })).toThrow();
  // @ts-expect-error: the metric is for another head
  expect(() => head.binary(row, { metrics: [within] })).toThrow();
  // @ts-expect-error: no such option
  expect(() => lopsided({ bye: 1 })).toThrow();
  // @ts-expect-error: an option is needed
  expect(() => strict()).toThrow();
  const reconstructed = graph.input("pixels", [4]);
  expect(head.reconstruction(reconstructed, { of: reconstructed, loss: lopsided() }).metrics).toEqual(["loss"]);
});

test("it is printed as it reads, and comes out the same", () => {
  const text = toTypeScript(whole.toJSON());
  expect(text).toContain(
    "  python: `\ndef lopsided(output, target, kind, over):\n    return (output - target).mean(-1)\n`,\n",
  );
  expect(text.match(/defineLoss\(/g)).toHaveLength(3);
  const { net: again, trial } = runTypeScript(text) as any;
  expect(again.toJSON()).toEqual(net.toJSON());
  expect(trial(columns, columns).toJSON()).toEqual(whole.toJSON());
});

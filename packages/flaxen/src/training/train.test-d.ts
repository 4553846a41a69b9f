import { type Classes, data, experiment, graph, head, model, type Tensor, type Values } from "@flaxen/core";
import type { Run as PlainRun } from "@flaxen/runner";
import { local } from "@flaxen/runner-local";
import { progress } from "../progress/progress.ts";
import { load } from "../trained/load.ts";
import type { Trained } from "../trained/trained.ts";
import { experiment as restorable } from "./experiment.ts";
import type { Metrics, Run } from "./run.ts";
import { train } from "./train.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function is<E>(): <A>(value: A, ok: Equal<A, E> extends true ? 1 : { expected: E; actual: A }) => void;

const image = graph.input("image", [28, 28, 1]);
const features = image.flatten().dense(128).relu();
const digits = model({
  inputs: { image },
  heads: {
    digit: head.classification(features, { classes: 10, metrics: ["accuracy", "top5"] }),
    angle: head.regression(features, { metrics: ["rmse"], weight: 0.1 }),
  },
});
type Names = "loss" | "digit/loss" | "digit/accuracy" | "digit/top5" | "angle/loss" | "angle/rmse";
type All = Names | `val/${Names}`;
type Inputs = { readonly image: Tensor<["batch", 28, 28, 1]> };
type Outputs = { readonly digit: Classes<10>; readonly angle: Values<["batch", 1]> };

const pixels = new Uint8Array(784);
const run = await train(digits, { data: data.mnist(), epochs: 3, earlyStopping: { metric: "val/digit/accuracy" } });
is<Run<All, Trained<Inputs, All, Outputs>>>()(run, 1);

for await (const event of run) {
  if (event.type === "epoch") {
    is<number>()(event.metrics["val/digit/accuracy"], 1);
    // @ts-expect-error misspelt
    event.metrics["val/digit/acuracy"];
    // @ts-expect-error a metric that was not asked for
    event.metrics["digit/top3"];
  } else if (event.type === "step") {
    is<Metrics<Names>>()(event.metrics, 1);
    // @ts-expect-error steps do not validate
    event.metrics["val/loss"];
  } else if (event.type === "run.started") is<readonly All[]>()(event.metrics, 1);
  else if (event.type === "other") is<unknown>()(event.data, 1);
  // @ts-expect-error no such event
  if (event.type === "epoc") throw event;
}
await progress(run);

const trained = await run.result();
const { digit, angle } = await trained.predict({ image: pixels });
is<Classes<10>>()(digit, 1);
is<Values<["batch", 1]>>()(angle, 1);
is<Metrics<All>>()(trained.metrics, 1);
const scored = await trained.evaluate({ image: pixels, digit: [3], angle: 0.5 });
is<Metrics<Names>>()(scored, 1);
// @ts-expect-error these rows have no part
scored["val/loss"];
is<Metrics<Names>>()(await trained.evaluate("validation", { signal: new AbortController().signal }), 1);
// @ts-expect-error no such part
await trained.evaluate("tests");
// @ts-expect-error no such head
await trained.evaluate({ image: pixels, digits: [3] });
// @ts-expect-error an input is missing
await trained.evaluate({ digit: [3] });
// @ts-expect-error no such input
await trained.predict({ picture: pixels });
// @ts-expect-error a date is no feed
await trained.predict({ image: new Date() });

// What tests is known at the end.
const tested = await train(digits, { data: data.mnist({ validation: 0.1, test: true }), epochs: 3 });
for await (const event of tested) {
  if (event.type === "test") is<Metrics<`test/${Names}`>>()(event.metrics, 1);
  else if (event.type === "epoch") is<Metrics<All>>()(event.metrics, 1);
}
is<Metrics<All | `test/${Names}`>>()((await tested.result()).metrics, 1);

// Without validation data there are no val names.
const files = { image: "images", digit: "labels", angle: "angles" };
const plain = await train(digits, { data: data.idx({ train: files }), epochs: 1 });
is<Metrics<Names>>()((await plain.result()).metrics, 1);
const split = await train(digits, { data: data.idx({ train: files, validation: 0.1 }), steps: 10 });
is<Metrics<All>>()((await split.result()).metrics, 1);
const wide: Run<string> = split;
void wide;

// @ts-expect-error nothing to validate on
void train(digits, { data: data.idx({ train: files }), epochs: 1, earlyStopping: { metric: "val/loss" } });
// @ts-expect-error misspelt metric
void train(digits, { data: data.mnist(), epochs: 1, earlyStopping: { metric: "val/digit/acuracy" } });
// @ts-expect-error misspelt option
void train(digits, { data: data.mnist(), epohcs: 1 });
// @ts-expect-error no data
void train(digits, { epochs: 1 });

// An experiment carries the same names.
const whole = experiment(digits, { data: data.mnist(), epochs: 1 });
const second = await train(whole);
is<Run<All, Trained<Inputs, All, Outputs>>>()(second, 1);
// @ts-expect-error what an experiment has already
void train(whole, { epochs: 2 });

const loaded = await load("folder", { as: whole });
is<Trained<Inputs, All, Outputs>>()(loaded, 1);
is<Trained<Inputs, Names, Outputs>>()(await load("folder", { as: digits }), 1);
is<number>()((await load("folder")).metrics.anything as number, 1);

// A run that another process started: with the experiment its types are back, without it there are none.
const mine = restorable(digits, { data: data.mnist(), epochs: 1 });
const attached = await local().attach("digits", { as: mine });
is<Run<All, Trained<Inputs, All, Outputs>>>()(attached, 1);
for await (const event of attached.events({ from: attached.events().cursor }))
  if (event.type === "epoch") is<number>()(event.metrics["val/digit/top5"], 1);
is<PlainRun>()(await local().attach("digits"), 1);
is<Run<All, Trained<Inputs, All, Outputs>>>()(await train(mine, { detach: true, id: "digits", retries: 1 }), 1);
// @ts-expect-error a model has no data and no training
void local().attach("digits", { as: digits });
// @ts-expect-error misspelt
void train(mine, { detached: true });

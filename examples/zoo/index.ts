import type { AnyModel, Experiment } from "flaxen";
import { autoencoder } from "./autoencoder.ts";
import { gptSmall } from "./gpt-small.ts";
import { lenet } from "./lenet.ts";
import { lstmTagger } from "./lstm-tagger.ts";
import { mobilenetV2 } from "./mobilenet-v2.ts";
import { multiTask } from "./multi-task.ts";
import { resnet18 } from "./resnet18.ts";
import { seq2seq } from "./seq2seq.ts";
import { tabular } from "./tabular.ts";
import { uNet } from "./u-net.ts";
import { vitTiny } from "./vit-tiny.ts";

/** The number that a metric reaches. */
type Promised =
  | { readonly atLeast: number; readonly atMost?: undefined }
  | { readonly atLeast?: undefined; readonly atMost: number };

/** A model of the zoo, and what it reaches within a minute on two CPU cores. */
export type Exhibit = { readonly experiment: Experiment; readonly metric: string } & Promised;

const exhibit = <Metric extends string>(
  experiment: Experiment<AnyModel, Metric>,
  metric: NoInfer<Metric>,
  promised: Promised,
): Exhibit => ({ experiment, metric, ...promised });

/** All of them, by the name of their file. */
export const zoo: Readonly<Record<string, Exhibit>> = {
  lenet: exhibit(lenet, "val/digit/accuracy", { atLeast: 0.97 }),
  resnet18: exhibit(resnet18, "val/digit/accuracy", { atLeast: 0.96 }),
  "mobilenet-v2": exhibit(mobilenetV2, "val/digit/accuracy", { atLeast: 0.88 }),
  "u-net": exhibit(uNet, "val/kind/meanIoU", { atLeast: 0.85 }),
  "vit-tiny": exhibit(vitTiny, "val/digit/accuracy", { atLeast: 0.93 }),
  autoencoder: exhibit(autoencoder, "val/restored/rmse", { atMost: 0.14 }),
  "lstm-tagger": exhibit(lstmTagger, "val/part/accuracy", { atLeast: 0.97 }),
  "gpt-small": exhibit(gptSmall, "val/next/perplexity", { atMost: 2.5 }),
  seq2seq: exhibit(seq2seq, "val/next/accuracy", { atLeast: 0.98 }),
  "multi-task": exhibit(multiTask, "val/distance/r2", { atLeast: 0.98 }),
  tabular: exhibit(tabular, "val/outcome/rocAuc", { atLeast: 0.92 }),
};

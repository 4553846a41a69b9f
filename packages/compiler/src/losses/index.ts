import type { OwnLossDocument, Score } from "@flaxen/core";
import { categoricalHinge, crossEntropy, focal } from "./cross-entropy.ts";
import { ownLoss } from "./own.ts";
import type { LossPrinter } from "./printer.ts";
import { regionsOfClasses, regionsOfLogits } from "./regions.ts";
import {
  cosine,
  gaussianNll,
  huber,
  js,
  kl,
  logCosh,
  mae,
  mape,
  mse,
  msle,
  poisson,
  quantile,
  rmse,
} from "./regression.ts";
import { bce, hinge, sigmoidFocal, squaredHinge } from "./sigmoid.ts";

type Printers = Readonly<Record<string, LossPrinter>>;

const ofClasses: Printers = { crossEntropy, focal, categoricalHinge, ...regionsOfClasses };
const ofLogits: Printers = { bce, focal: sigmoidFocal, hinge, squaredHinge, ...regionsOfLogits };
const ofNumbers: Printers = {
  mse,
  mae,
  rmse,
  huber,
  logCosh,
  quantile,
  mape,
  msle,
  poisson,
  cosine,
  gaussianNll,
  kl,
  js,
};

/** How every loss prints, by the type of head. */
const printers: Readonly<Record<string, Printers>> = {
  classification: ofClasses,
  binary: ofLogits,
  multiLabel: ofLogits,
  regression: ofNumbers,
  reconstruction: { ...ofNumbers, bce },
  nextToken: ofClasses,
};

export const lossPrinter = (type: string, loss: Score<OwnLossDocument>): LossPrinter => {
  if (typeof loss !== "string") return ownLoss(loss);
  const printer = printers[type]?.[loss];
  if (!printer) throw new TypeError(`no loss "${loss}" of head.${type}`);
  return printer;
};

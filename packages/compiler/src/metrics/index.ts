import { type OwnMetricDocument, type Score, show } from "@flaxen/core";
import { call, integer, method, binary as operation } from "../python/tree.ts";
import * as binary from "./binary.ts";
import * as classification from "./classification.ts";
import * as confusion from "./confusion.ts";
import * as multiLabel from "./multi-label.ts";
import { ownMetric } from "./own.ts";
import type { MetricPrinter } from "./printer.ts";
import * as regression from "./regression.ts";

type Printers = Readonly<Record<string, MetricPrinter>>;

const { precision, recall, f1, iou, alone, overClasses, together, ofClass } = confusion;
const classes = confusion.counts(confusion.oneOf, ({ outputs }) => [outputs]);

const tokens: Printers = {
  accuracy: classification.accuracy,
  logLoss: classification.logLoss,
  perplexity: classification.perplexity,
  sequenceAccuracy: classification.sequenceAccuracy,
};

const printers: Readonly<Record<string, Printers>> = {
  classification: {
    ...tokens,
    brier: classification.brier,
    balancedAccuracy: confusion.balancedAccuracy(classes),
    macroPrecision: overClasses(classes, precision),
    macroRecall: overClasses(classes, recall),
    macroF1: overClasses(classes, f1),
    meanIoU: overClasses(classes, iou),
    calibrationError: binary.calibration(({ lines, output, target, shape }) => [
      lines.let("confidence", () => method(call("nnx.softmax", output), "max", integer(-1)), show(shape.slice(0, -1))),
      operation(method(output, "argmax", integer(-1)), "==", target),
    ]),
  },
  binary: {
    accuracy: binary.accuracy,
    balancedAccuracy: binary.balancedAccuracy,
    specificity: binary.specificity,
    rocAuc: binary.rocAuc,
    prAuc: binary.prAuc,
    logLoss: binary.logLoss,
    brier: binary.brier,
    calibrationError: binary.calibration((context) => [binary.probability(context), context.target]),
  },
  multiLabel: {
    accuracy: multiLabel.accuracy,
    exactMatch: multiLabel.exactMatch,
    hammingLoss: multiLabel.hammingLoss,
    microPrecision: together(multiLabel.answers, alone.precision),
    microRecall: together(multiLabel.answers, alone.recall),
    microF1: together(multiLabel.answers, alone.f1),
    macroPrecision: overClasses(multiLabel.answers, precision),
    macroRecall: overClasses(multiLabel.answers, recall),
    macroF1: overClasses(multiLabel.answers, f1),
    microIoU: together(multiLabel.answers, alone.iou),
    meanIoU: overClasses(multiLabel.answers, iou),
    logLoss: multiLabel.logLoss,
    brier: multiLabel.brier,
  },
  regression: { ...regression },
  reconstruction: { mse: regression.mse, rmse: regression.rmse, mae: regression.mae },
  nextToken: { ...tokens, bitsPerToken: classification.bitsPerToken, bitsPerByte: classification.bitsPerByte },
};

/** How a metric of a type of head prints; `top3` stands for every `top` and a number, `recall:3` for class 3's. */
export const metricPrinter = (type: string, metric: Score<OwnMetricDocument>): MetricPrinter => {
  if (typeof metric !== "string") return ownMetric(metric);
  const printer = parametric(type, metric) ?? printers[type]?.[metric];
  if (!printer) throw new TypeError(`no metric "${metric}" of head.${type}`);
  return printer;
};

const parametric = (type: string, metric: string): MetricPrinter | undefined => {
  if (/^top\d+$/.test(metric)) return classification.top(Number(metric.slice(3)));
  const [name, place] = metric.split(":") as [string, string?];
  const ratio = confusion.aloneOf(name);
  if (place === undefined)
    return type === "binary" && ratio !== undefined ? { summands: binary.answers, finish: ratio } : undefined;
  return ofClass(
    type === "multiLabel" ? multiLabel.answers : classes,
    ratio ?? binary.specificity.finish,
    Number(place),
  );
};

import { type ModelDocument, show, type Types } from "@flaxen/core";
import { headPrinter } from "../heads/index.ts";
import { type Hyperparameters, isWeighted } from "../hyperparameters.ts";
import { scope, snakeCase } from "../python/names.ts";
import { trainNames } from "../python/reserved.ts";
import {
  assign,
  binary,
  call,
  type DictEntry,
  type Expression,
  float,
  integer,
  item,
  marked,
  method,
  name,
  returns,
  type Statement,
  string,
  sum,
  tuple,
  unpacked,
} from "../python/tree.ts";
import { type HeadLines, headLines, type Sum } from "./head-lines.ts";

/** The parts of train.py that heads decide. */
export interface LossFunction {
  /** `SUMS = …` */
  readonly sums: Statement;
  /** Whether a sum has a shape: `SUMS` is a dictionary of shapes then. */
  readonly shaped: boolean;
  /** The lines of `loss_fn` between `model = …` and its `return`. */
  readonly lines: readonly Statement[];
  /** What is minimised: the first thing that `loss_fn` returns. Read in parts it is a total over rows or positions. */
  readonly minimised: Expression;
  /** The sum that a total is divided by. */
  readonly divisor: string;
  /** The lines of `finish`. */
  readonly finish: readonly Statement[];
}

interface PrintedHead extends HeadLines {
  readonly head: string;
  /** Its weight times its loss. */
  readonly share: Expression;
  readonly sumName: (key: string) => string;
}

/**
 * @param callModel `model(**read, hp=hp, train=train)`, of what `inputs(batch)` gives
 * @param inputs input -> its key in what the emitted `inputs` returns
 * @param inParts whether a batch is read in several parts, so that `loss_fn` sees one of them
 * @param own functions of the user's own
 */
export const printLossFunction = (
  model: ModelDocument,
  types: Types,
  hyperparameters: Hyperparameters,
  callModel: (read: Expression) => Expression,
  inputs: ReadonlyMap<string, string>,
  inParts: boolean,
  own: readonly string[],
  scaled: (head: string) => boolean,
): LossFunction => {
  const weighted = isWeighted(model);
  const readsInputs = model.heads.some(({ type }) => headPrinter(type).readsInputs);
  const read = readsInputs ? name("given") : call("inputs", name("batch"));
  const modelOutput = callModel(read);
  const single = model.heads.length === 1;
  const scopes = {
    loss_fn: scope([...trainNames, ...own, ...(weighted ? ["loss"] : [])]),
    finish: scope([...trainNames, ...own]),
  };
  const heads = model.heads.map((document): PrintedHead => {
    const { name: head } = document;
    const prefix = snakeCase(head);
    // An unweighted single head's loss is the loss: summed up once.
    const sumName = (key: string) => (weighted || (key !== "loss" && key !== "positions") ? `${head}/${key}` : key);
    const lines = headLines({
      document,
      output: item(single ? modelOutput : name("outputs"), head),
      features: types.get(document.input)!,
      input: (input) => ({
        column: item(name("batch"), input),
        read: item(read, inputs.get(input)!),
      }),
      hyperparameter: (parameter) => hyperparameters.find(head, parameter)!,
      sumName,
      scaled: scaled(head),
      variable: (place, wish) => scopes[place].claim(wish === "" ? prefix : weighted ? `${prefix}_${wish}` : wish),
    });
    const share = binary(hyperparameters.find(head, "weight") ?? integer(1), "*", lines.loss);
    return { ...lines, head, sumName, share: marked(head, share) };
  });
  const ofRows = heads.filter(({ counted }) => counted === undefined);
  const counting = heads.some(({ counted }) => counted);
  // One total has one divisor. Where each head has its own, a part's means stand for as many rows as it has.
  const asTotal = inParts && (!counting || !weighted);
  const countsRows = ofRows.length > 0 || (inParts && !asTotal);
  const sums: readonly Sum[] = [
    ...(weighted && ofRows.length > 0
      ? [{ name: "loss", value: summed(name("loss"), name("weight")), shape: [] }]
      : []),
    ...heads.flatMap((head) => [...head.sums, ...(weighted ? weightedSum(head) : [])]),
    ...(countsRows ? [{ name: "rows", value: method(name("weight"), "sum"), shape: [] }] : []),
  ];
  const shaped = sums.some(({ shape }) => shape.length > 0);
  const variable = counting && !asTotal ? scopes.loss_fn.claim(inParts ? "total_loss" : "mean_loss") : undefined;
  const { ofRows: rowsTotal, ofPositions } = lossParts(heads, weighted, (positions) =>
    call("jnp.maximum", positions, float(1e-9)),
  );
  const rowCount = sumOf("rows");
  const mean = sum([...rowsTotal.map((total) => binary(total, "/", rowCount)), ...ofPositions]);
  // A part may have no rows at all: nothing is divided by them.
  const total = sum([...rowsTotal, ...ofPositions.map((value) => binary(value, "*", rowCount))]);
  const minimised = inParts ? total : mean;
  return {
    sums: sumsStatement(sums, shaped),
    shaped,
    lines: [
      ...(readsInputs ? [assign("given", call("inputs", name("batch")))] : []),
      ...(single ? [] : [assign("outputs", modelOutput)]),
      ...heads.flatMap(({ statements }) => statements),
      ...(weighted && ofRows.length > 0 ? [assign("loss", sum(ofRows.map(({ share }) => share)), "[batch]")] : []),
      assign("sums", { kind: "dict", entries: sums.map(sumEntry) }),
      ...(variable === undefined ? [] : [assign(variable, minimised)]),
    ],
    minimised: asTotal ? sumOf("loss") : variable === undefined ? minimised : name(variable),
    divisor: asTotal && counting ? "positions" : "rows",
    finish: finishLines(heads, weighted),
  };
};

const summed = (value: Expression, weight: Expression): Expression => method(binary(value, "*", weight), "sum");

/** A head that counts positions is a mean of its own, so its share of the loss is summed up apart. */
const weightedSum = ({ counted, share, sumName, head }: PrintedHead): readonly Sum[] =>
  counted ? [{ name: sumName("weighted_loss"), value: marked(head, summed(share, counted)), shape: [] }] : [];

const sumOf = (key: string): Expression => item(name("sums"), key);

/** The total over rows, and of every head that counts positions the mean over those. */
const lossParts = (
  heads: readonly PrintedHead[],
  weighted: boolean,
  count: (positions: Expression, head: PrintedHead) => Expression,
): { readonly ofRows: readonly Expression[]; readonly ofPositions: readonly Expression[] } => {
  const ofPositions = heads.flatMap((head) => {
    if (head.counted === undefined) return [];
    const total = sumOf(head.sumName(weighted ? "weighted_loss" : "loss"));
    return [binary(total, "/", count(sumOf(head.sumName("positions")), head))];
  });
  return { ofRows: ofPositions.length < heads.length ? [sumOf("loss")] : [], ofPositions };
};

const sumEntry = ({ name: key, value, shape }: Sum): DictEntry => ({
  key: string(key),
  value,
  comment: shape.length === 0 ? undefined : show(shape),
});

const sumsStatement = (sums: readonly Sum[], shaped: boolean): Statement => {
  const entries = sums.map(
    ({ name: key, shape }): DictEntry => ({ key: string(key), value: tuple(...shape.map(integer)) }),
  );
  return shaped
    ? assign("SUMS", { kind: "dict", entries }, "what a batch is summed up in, and its shape")
    : assign("SUMS", tuple(...sums.map(({ name: key }) => string(key))), "what a batch is summed up in");
};

const finishLines = (heads: readonly PrintedHead[], weighted: boolean): readonly Statement[] => {
  const { ofRows, ofPositions } = lossParts(heads, weighted, (_, { count }) => count);
  const mean = sum([...ofRows.map((total) => binary(total, "/", sumOf("rows"))), ...ofPositions]);
  const entries = [["loss", mean] as const, ...heads.flatMap(({ metrics }) => metrics)].map(
    ([key, value]): DictEntry => ({ key: string(key), value }),
  );
  return [...heads.flatMap(({ finishing }) => finishing), returns({ kind: "dict", entries })];
};

/** `model(**inputs(batch), hp=hp, train=train)`: what the model does not read is not handed on. */
export const modelCall = (
  uses: { usesHyperparameters: boolean; usesTrain: boolean },
  train: boolean,
  read: Expression = call("inputs", name("batch")),
): Expression =>
  call("model", unpacked(read), {
    hp: uses.usesHyperparameters ? name("hp") : undefined,
    train: uses.usesTrain && train ? name("train") : undefined,
  });

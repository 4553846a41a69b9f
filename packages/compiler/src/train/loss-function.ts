import { type ModelDocument, show, type Types } from "@flaxen/core";
import { type Hyperparameters, isWeighted } from "../hyperparameters.ts";
import type { Summand } from "../metrics/printer.ts";
import { scope, snakeCase } from "../python/names.ts";
import { trainNames } from "../python/reserved.ts";
import {
  assign,
  binary,
  call,
  type DictEntry,
  type Expression,
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
import { headLines } from "./head-lines.ts";

/** The parts of train.py that heads decide. */
export interface LossFunction {
  /** `SUMS = …` */
  readonly sums: Statement;
  /** Whether a sum has a shape: `SUMS` is a dictionary of shapes then. */
  readonly shaped: boolean;
  /** The lines of `loss_fn` between `model = …` and its `return`. */
  readonly lines: readonly Statement[];
  /** The lines of `finish`. */
  readonly finish: readonly Statement[];
}

interface NamedSummand extends Summand {
  readonly head?: string;
}

/** @param callModel `model(**inputs(batch), hp=hp, train=train)` */
export const printLossFunction = (
  model: ModelDocument,
  types: Types,
  hyperparameters: Hyperparameters,
  callModel: Expression,
): LossFunction => {
  const weighted = isWeighted(model);
  const single = model.heads.length === 1;
  const scopes = { loss_fn: scope([...trainNames, ...(weighted ? ["loss"] : [])]), finish: scope(trainNames) };
  const printed = model.heads.map((document) => {
    const { name: head } = document;
    const prefix = snakeCase(head);
    return {
      head,
      ...headLines({
        document,
        output: item(single ? callModel : name("outputs"), head),
        features: types.get(document.input)!,
        hyperparameter: (parameter) => hyperparameters.find(head, parameter)!,
        // An unweighted single head's loss is the loss: summed up once.
        sumName: (key) => (weighted || key !== "loss" ? `${head}/${key}` : key),
        variable: (place, wish) => scopes[place].claim(wish === "" ? prefix : weighted ? `${prefix}_${wish}` : wish),
      }),
    };
  });
  const shares = printed.map(({ head, loss }) =>
    marked(head, binary(hyperparameters.find(head, "weight") ?? integer(1), "*", loss)),
  );
  const lines = [
    ...(single ? [] : [assign("outputs", callModel)]),
    ...printed.flatMap(({ statements }) => statements),
    ...(weighted ? [assign("loss", sum(shares), "[batch]")] : []),
  ];
  const summands: readonly NamedSummand[] = [
    ...(weighted ? [{ name: "loss", value: name("loss"), shape: [] }] : []),
    ...printed.flatMap(({ head, summands: own }) => own.map((one) => ({ ...one, head }))),
  ];
  const shaped = summands.some(({ shape }) => shape.length > 0);
  return {
    sums: sumsStatement([...summands.map(({ name: key, shape }) => [key, shape] as const), ["rows", []]], shaped),
    shaped,
    lines: [...lines, assign("sums", { kind: "dict", entries: [...summands.map(summed), rowsEntry] })],
    finish: finishLines(printed),
  };
};

const rowsEntry: DictEntry = { key: string("rows"), value: method(name("weight"), "sum") };

/** Rows that only fill the batch weigh nothing. */
const summed = ({ name: key, value, shape, head }: NamedSummand): DictEntry => {
  const total =
    shape.length === 0 ? method(binary(value, "*", name("weight")), "sum") : binary(name("weight"), "@", value);
  return {
    key: string(key),
    value: head === undefined ? total : marked(head, total),
    comment: shape.length === 0 ? undefined : show(shape),
  };
};

const sumsStatement = (sums: readonly (readonly [string, readonly number[]])[], shaped: boolean): Statement => {
  const entries = sums.map(([key, shape]): DictEntry => ({ key: string(key), value: tuple(...shape.map(integer)) }));
  return shaped
    ? assign("SUMS", { kind: "dict", entries }, "what a batch is summed up in, and its shape")
    : assign("SUMS", tuple(...sums.map(([key]) => string(key))), "what a batch is summed up in");
};

const finishLines = (
  heads: readonly { finishing: readonly Statement[]; metrics: readonly (readonly [string, Expression])[] }[],
): readonly Statement[] => {
  const mean = binary(item(name("sums"), "loss"), "/", item(name("sums"), "rows"));
  const entries = [["loss", mean] as const, ...heads.flatMap(({ metrics }) => metrics)].map(
    ([key, value]): DictEntry => ({ key: string(key), value }),
  );
  return [...heads.flatMap(({ finishing }) => finishing), returns({ kind: "dict", entries })];
};

/** `model(**inputs(batch), hp=hp, train=train)`: what the model does not read is not handed on. */
export const modelCall = (uses: { usesHyperparameters: boolean; usesTrain: boolean }, train: boolean): Expression =>
  call("model", unpacked(call("inputs", name("batch"))), {
    hp: uses.usesHyperparameters ? name("hp") : undefined,
    train: uses.usesTrain && train ? name("train") : undefined,
  });

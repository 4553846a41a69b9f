import { join } from "node:path";
import { PredictorClosedError } from "../errors/predict.ts";
import { type Predictor, startPredictor } from "../predict/client.ts";
import { evaluateOn, packEvaluation } from "../predict/evaluate.ts";
import { packInputs } from "../predict/feeds.ts";
import { packPrompts } from "../predict/generate.ts";
import type { InputSpecification } from "../predict/subject.ts";
import { readInputs, readTargets } from "./inputs.ts";
import { readOutputs } from "./outputs.ts";
import type { TrainedRecord } from "./record.ts";
import { readTensors } from "./safetensors.ts";
import { saveTrained } from "./save.ts";
import type { Trained } from "./trained.ts";

export interface TrainedParts {
  /** Absolute path of the folder with `program/`, `config.json` and `artifacts/`. */
  readonly folder: string;
  readonly record: TrainedRecord;
  /** Absolute path of the interpreter; called once, before the first prediction. */
  readonly python: () => Promise<string>;
}

/** A trained model over a folder. Its types are the caller's promise. */
export const createTrained = ({ folder, record, python }: TrainedParts): Trained<any, any, any> => {
  const path = join(folder, "artifacts", "weights.safetensors");
  let interpreter: Promise<string> | undefined;
  let specifications: Promise<readonly InputSpecification[]> | undefined;
  let predictor: Predictor | undefined;
  let closed = false;
  const running = async (): Promise<Predictor> => {
    interpreter ??= python();
    const found = await interpreter;
    if (closed) throw new PredictorClosedError();
    if (!predictor?.alive) predictor = startPredictor({ python: found, folder });
    return predictor;
  };
  const close = async (): Promise<void> => {
    closed = true;
    await predictor?.close();
  };
  return {
    metrics: record.metrics,
    bestEpoch: record.bestEpoch ?? undefined,
    steps: record.steps,
    seconds: record.seconds,
    folder,
    weights: { path, tensors: () => readTensors(path) },
    predict: async (inputs) => {
      if (closed) throw new PredictorClosedError();
      specifications ??= readInputs(folder);
      const packed = packInputs(inputs, await specifications);
      const server = await running();
      const { arrays } = await server.request(packed);
      return readOutputs(arrays, record.experiment.model.heads, server.names);
    },
    generate: async (prompt: string | readonly string[], options = {}) => {
      if (closed) throw new PredictorClosedError();
      specifications ??= readInputs(folder);
      const { request, inputs } = packPrompts(prompt, options, record.experiment.model.heads, await specifications);
      const server = await running();
      const { header } = await server.request(inputs, { generate: request });
      const texts = header.texts as readonly string[];
      return (typeof prompt === "string" ? texts[0] : texts) as any;
    },
    evaluate: async (rows, options = {}) => {
      if (closed) throw new PredictorClosedError();
      specifications ??= readInputs(folder);
      const asked = packEvaluation(rows, options, [...(await specifications), ...(await readTargets(folder))]);
      return evaluateOn(running, asked, options, record.experiment.model);
    },
    save: (target, options) => saveTrained(folder, record, target, options),
    close,
    [Symbol.asyncDispose]: close,
  };
};

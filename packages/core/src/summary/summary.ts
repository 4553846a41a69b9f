import { appliedBlock, blockOrder, sharedBlock } from "../document/block-order.ts";
import { type CheckedModel, checkModel } from "../document/check-model.ts";
import type { ExperimentDocument, ModelDocument, NodeDocument } from "../document/schema.ts";
import { modelWeights } from "../document/weights.ts";
import { contractions, elements } from "../nodes/flops.ts";
import { nodeDefinition } from "../nodes/index.ts";
import { countParameters, type Weights } from "../nodes/weights.ts";
import type { Shape, Value } from "../shapes/index.ts";
import type { Summary, SummaryRow } from "./rows.ts";
import { summaryText } from "./summary-text.ts";

export interface SummaryOptions {
  /** Sizes of named axes, so that FLOPs and bytes are known: `{ time: 128 }`. */
  readonly sizes?: Readonly<Record<string, number>>;
}

const bytesEach = 4;

interface Cost {
  readonly flops: number | undefined;
  readonly activationBytes: number | undefined;
}

const total = (values: readonly (number | undefined)[]): number | undefined => {
  let sum = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
};

/** Layers, shapes, parameters, FLOPs and memory of a model that was checked. */
export const summarise = (checked: CheckedModel, { sizes = {} }: SummaryOptions = {}): Summary => {
  const { model, types } = checked;
  const all = modelWeights(checked);
  const known = new Map(Object.entries({ ...sizes, batch: 1 }));
  const sized = ({ shape, dtype }: Value): Value => ({
    shape: shape.map((dim) => (typeof dim === "string" ? (known.get(dim) ?? dim) : dim)),
    dtype,
  });
  const isSized = ({ shape }: Value) => shape.every((dim) => typeof dim === "number");
  const blocks: Record<string, readonly SummaryRow[]> = {};

  const costOf = (node: NodeDocument, inputs: readonly Value[], output: Value): Cost => {
    const block = appliedBlock(node);
    if (block !== undefined) {
      const times = node.type === "repeat" ? (node.params.times as number) : 1;
      const inner = blocks[block]!;
      const each = (key: keyof Cost) => total(inner.map((row) => row[key]));
      const many = (value: number | undefined) => (value === undefined ? undefined : times * value);
      return { flops: many(each("flops")), activationBytes: many(each("activationBytes")) };
    }
    const [operands, out] = [inputs.map(sized), sized(output)];
    if (!isSized(out)) return { flops: undefined, activationBytes: undefined };
    const isInput = node.type === "input";
    const flops = isInput ? 0 : nodeDefinition(node.type)!.flops(operands, out, node.params);
    return {
      flops: operands.every(isSized) ? flops : undefined,
      activationBytes: isInput ? 0 : bytesEach * elements(out.shape),
    };
  };

  const rowsOf = (nodes: readonly NodeDocument[], prefix: string, weightsOf: (label: string) => Weights) => {
    const seen = new Set<string>();
    return nodes.map((node): SummaryRow => {
      const output = types.get(prefix + node.id)!;
      const inputs = node.inputs.map((id) => types.get(prefix + id)!);
      const label = sharedBlock(node) ?? node.id;
      const weights = seen.has(label) ? {} : weightsOf(label);
      seen.add(label);
      const block = appliedBlock(node);
      return {
        id: prefix + node.id,
        type: block === undefined ? node.type : `${node.type} ${block}`,
        ...output,
        weights: shapesOf(weights),
        parameters: countParameters(weights),
        ...costOf(node, inputs, output),
      };
    });
  };

  const under = (label: string): Weights =>
    Object.fromEntries(
      Object.entries(all).flatMap(([name, weight]) =>
        name.startsWith(`${label}/`) ? [[name.slice(label.length + 1), weight]] : [],
      ),
    );
  for (const name of blockOrder(model)) {
    const { nodes } = model.blocks[name]!;
    const own = (node: NodeDocument): Weights => {
      const inputs = node.inputs.map((id) => types.get(`${name}/${id}`)!);
      return nodeDefinition(node.type)!.weights(inputs, node.params, checked.surroundings);
    };
    const byLabel = new Map(nodes.map((node) => [sharedBlock(node) ?? node.id, node]));
    blocks[name] = rowsOf(nodes, `${name}/`, (label) => own(byLabel.get(label)!));
  }

  const heads = model.heads.map(({ name, type, input }): SummaryRow => {
    const features = types.get(input)!;
    const weights = under(name);
    const width = Object.values(weights).at(-1)?.shape.at(-1) ?? features.shape.at(-1)!;
    const shape = [...features.shape.slice(0, -1), width];
    const [read, out] = [sized(features), sized({ shape, dtype: "float" })];
    const counts = Object.keys(weights).length > 0 && isSized(read) && isSized(out);
    const positions = counts ? elements(read.shape.slice(0, -1)) : 0;
    return {
      id: name,
      type,
      shape,
      dtype: "float",
      weights: shapesOf(weights),
      parameters: countParameters(weights),
      flops: counts ? contractions(weights, positions) + elements(out.shape) : isSized(out) ? 0 : undefined,
      activationBytes: counts ? bytesEach * elements(out.shape) : isSized(out) ? 0 : undefined,
    };
  });
  const rows = [...rowsOf(model.nodes, "", under), ...heads];
  const summary = {
    name: model.name,
    rows,
    blocks,
    parameters: countParameters(all),
    weightBytes: bytesEach * Object.values(all).reduce((sum, { shape }) => sum + elements(shape), 0),
    flops: total(rows.map(({ flops }) => flops)),
    activationBytes: total(rows.map(({ activationBytes }) => activationBytes)),
  };
  return Object.freeze({ ...summary, toString: () => summaryText(summary) });
};

const shapesOf = (weights: Weights): Readonly<Record<string, Shape>> =>
  Object.fromEntries(Object.entries(weights).map(([name, { shape }]) => [name, shape]));

/**
 * What a document's model consists of and costs: parameters exactly, FLOPs as XLA counts them within a few per cent.
 *
 * @example console.log(`${summary(digits.toJSON())}`)
 */
export const summary = (document: ExperimentDocument | ModelDocument, options: SummaryOptions = {}): Summary =>
  summarise(checkModel("model" in document ? document.model : document), options);

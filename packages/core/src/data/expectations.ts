import { inputsOf } from "../document/block-inputs.ts";
import { appliedBlock } from "../document/block-order.ts";
import { headDefinition } from "../document/check-heads.ts";
import { inferModel, type Types } from "../document/infer-graph.ts";
import type { ModelDocument, NodeDocument } from "../document/schema.ts";
import type { Target } from "../heads/define-head.ts";
import { portAt } from "../nodes/definition.ts";
import { nodes as definitions } from "../nodes/index.ts";
import type { DType, Shape } from "../shapes/index.ts";

/** What a column of the data must hold for an input. */
export interface ExpectedInput {
  readonly role: "input";
  /** Of one row. */
  readonly shape: Shape;
  readonly dtype: DType;
  /** Whole numbers must be 0 or more and stay below it: the smallest vocabulary that they are looked up in. */
  readonly below?: number;
  /** Text: a metric asks for how many bytes its tokens stand. */
  readonly bytes?: true;
}

export type Expectation = ExpectedInput | Target;

/** Column -> what it must hold: one per input, then one per head but those that learn from the inputs. */
export type Expectations = Readonly<Record<string, Expectation>>;

/** What the data of a checked model must hold. `types` are what its nodes give, where that is known already. */
export const expectationsOf = (model: ModelDocument, types: Types = inferModel(model).types): Expectations => {
  const limits = inputLimits(model, types);
  const inputs = model.nodes
    .filter(({ type }) => type === "input")
    .map(({ id, params }) => {
      const below = limits.get(id);
      const { shape, dtype } = params as unknown as { shape: Shape; dtype: DType };
      const expected: ExpectedInput = {
        role: "input",
        shape,
        dtype,
        ...(below === undefined ? {} : { below }),
        ...(countsBytes(model, id) && { bytes: true as const }),
      };
      return [id, expected] as const;
    });
  const targets = model.heads.flatMap((head) => {
    const target = headDefinition(head).target(head.params, types.get(head.input)!);
    return target === undefined ? [] : [[head.name, target] as const];
  });
  return Object.fromEntries([...inputs, ...targets]);
};

const countsBytes = ({ heads }: ModelDocument, id: string): boolean =>
  heads.some(({ params }) => params.of === id && (params.metrics as readonly unknown[]).includes("bitsPerByte"));

type Limits = ReadonlyMap<string, number>;

/** Node id -> what its values must stay below, read off what looks them up. */
const inputLimits = (model: ModelDocument, types: Types): Limits => {
  const ofBlock = new Map<string, readonly (number | undefined)[]>();
  const blockLimits = (name: string): readonly (number | undefined)[] => {
    const known = ofBlock.get(name);
    if (known) return known;
    const { nodes } = model.blocks[name]!;
    const limits = graphLimits(nodes, blockLimits, (id) => types.get(`${name}/${id}`)!.shape);
    const found = inputsOf(nodes).map(({ id }) => limits.get(id));
    ofBlock.set(name, found);
    return found;
  };
  const learnt = model.heads.map(({ params }) => [params.of as string, params.vocab] as const);
  return graphLimits(model.nodes, blockLimits, (id) => types.get(id)!.shape, learnt);
};

const graphLimits = (
  nodes: readonly NodeDocument[],
  blockLimits: (name: string) => readonly (number | undefined)[],
  shapeOf: (id: string) => Shape,
  learnt: readonly (readonly [id: string, limit: unknown])[] = [],
): Limits => {
  const limits = new Map<string, number>();
  const lower = (id: string, limit: unknown): void => {
    if (typeof limit === "number") limits.set(id, Math.min(limit, limits.get(id) ?? limit));
  };
  for (const [id, limit] of learnt) lower(id, limit);
  for (const node of nodes.toReversed()) {
    const { id, type, inputs, params } = node;
    const block = appliedBlock(node);
    if (block !== undefined) for (const [place, limit] of blockLimits(block).entries()) lower(inputs[place]!, limit);
    const { ports } = definitions[type as keyof typeof definitions];
    for (const [place, input] of inputs.entries()) {
      const port = portAt(ports, place);
      if (port?.below !== undefined) lower(input, params[port.below]);
      if (port?.belowAxis !== undefined) lower(input, shapeOf(inputs[0]!).at(params[port.belowAxis] as number));
      if (port?.passes) lower(input, limits.get(id));
    }
  }
  return limits;
};

import { headDefinition } from "../document/check-heads.ts";
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
}

export type Expectation = ExpectedInput | Target;

/** Column -> what it must hold: one per input, then one per head. */
export type Expectations = Readonly<Record<string, Expectation>>;

/** What the data of a checked model must hold. */
export const expectationsOf = (model: ModelDocument): Expectations => {
  const limits = inputLimits(model);
  const inputs = model.nodes
    .filter(({ type }) => type === "input")
    .map(({ id, params }) => {
      const below = limits.get(id);
      const { shape, dtype } = params as unknown as { shape: Shape; dtype: DType };
      const expected: ExpectedInput = { role: "input", shape, dtype, ...(below === undefined ? {} : { below }) };
      return [id, expected] as const;
    });
  const targets = model.heads.map((head) => [head.name, headDefinition(head).target(head.params)] as const);
  return Object.fromEntries([...inputs, ...targets]);
};

type Limits = ReadonlyMap<string, number>;

/** Node id -> what its values must stay below, read off what looks them up. */
const inputLimits = (model: ModelDocument): Limits => {
  const ofBlock = new Map<string, number | undefined>();
  const blockLimit = (name: string): number | undefined => {
    if (!ofBlock.has(name)) {
      const { nodes } = model.blocks[name]!;
      ofBlock.set(name, graphLimits(nodes, blockLimit).get(nodes[0]!.id));
    }
    return ofBlock.get(name);
  };
  return graphLimits(model.nodes, blockLimit);
};

const graphLimits = (nodes: readonly NodeDocument[], blockLimit: (name: string) => number | undefined): Limits => {
  const limits = new Map<string, number>();
  const lower = (id: string, limit: unknown): void => {
    if (typeof limit === "number") limits.set(id, Math.min(limit, limits.get(id) ?? limit));
  };
  for (const { id, type, inputs, params } of nodes.toReversed()) {
    if (type === "block") lower(inputs[0]!, blockLimit(params.block as string));
    const { ports } = definitions[type as keyof typeof definitions];
    for (const [place, input] of inputs.entries()) {
      const port = portAt(ports, place);
      if (port?.below !== undefined) lower(input, params[port.below]);
      if (port?.passes) lower(input, limits.get(id));
    }
  }
  return limits;
};

import { expect, test } from "vitest";
import { randomFrom } from "../../test/random.ts";
import { type Program, randomPrograms } from "../../test/random-programs.ts";
import { runTypeScript } from "../../test/run-typescript.ts";
import { untyped } from "../../test/untyped.ts";
import { type AnyModel, type GraphNode, head, model, nodeOf, tensorOf } from "../index.ts";
import { toTypeScript } from "./to-typescript.ts";

const seed = Number(process.env.FLAXEN_SEED ?? 0);

/** The inputs that a node depends on, under their names. */
const inputsOf = (root: GraphNode): AnyModel["inputs"] => {
  const seen = new Set<GraphNode>();
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop())
    if (!seen.has(node)) {
      seen.add(node);
      waiting.push(...node.inputs);
    }
  const inputs = [...seen].filter(({ type }) => type === "input");
  return Object.fromEntries(inputs.map((node) => [node.name!, tensorOf(node)]));
};

/** A model whose head reads what a random program gives, or undefined where no head can read it. */
const modelOf = ({ tensor }: Program): AnyModel | undefined => {
  if (tensor === undefined) return undefined;
  try {
    const x = untyped(tensor);
    const floats = x.dtype === "int" ? x.embedding({ vocab: 5, features: 2 }) : x;
    const flat = floats.shape.length > 2 ? floats.flatten() : floats;
    const features = typeof flat.shape[1] === "number" ? flat : floats.globalAvgPool();
    const heads = { value: head.regression(features), other: head.regression(features, { outputs: 2 }) };
    return model({ name: "net", inputs: inputsOf(nodeOf(features)), heads });
  } catch {
    return undefined;
  }
};

test("document -> TypeScript -> document is the identity, over random models", () => {
  const seen = new Set<string>();
  let models = 0;
  for (const program of randomPrograms(randomFrom(seed), 600)) {
    const net = modelOf(program);
    if (net === undefined || models === 200) continue;
    models++;
    for (const operation of program.operations) seen.add(operation);
    const text = toTypeScript(net.toJSON());
    try {
      expect(runTypeScript(text).net.toJSON()).toEqual(net.toJSON());
    } catch (error) {
      throw new Error(`FLAXEN_SEED=${seed}:\n${text}\n${JSON.stringify(net.document)}`, { cause: error });
    }
  }
  expect(models).toBe(200);
  expect(seen.size).toBeGreaterThan(60);
});

import { assignWeights, type TrainingDocument, type Weights } from "@flaxen/core";
import { statementsText } from "../python/statement.ts";
import { assign, type Expression, string, tuple } from "../python/tree.ts";

/** How train.py tells weights apart; nothing where all of them learn alike. */
export interface WeightGroups {
  /** Constants, for the top of the file. */
  readonly constants: string | undefined;
  /** `frozen` and `trained`. */
  readonly frozen: string | undefined;
  /** `groups`. */
  readonly groups: string | undefined;
}

/**
 * @param weights the model's, by the document's names
 * @param attributes the same names -> those of model.py
 */
export const printWeightGroups = (
  training: TrainingDocument,
  weights: Weights,
  attributes: () => ReadonlyMap<string, string>,
): WeightGroups => {
  if (!training.freeze && !training.groups) return { constants: undefined, frozen: undefined, groups: undefined };
  const assigned = assignWeights(training, weights);
  const names = attributes();
  const inPython = (list: readonly string[]): readonly string[] => list.map((name) => names.get(name)!);
  const all = inPython(Object.keys(weights).filter((name) => weights[name]!.trainable));
  const frozen = new Set(inPython(assigned.frozen));
  const learning = all.filter((name) => !frozen.has(name));
  const constants = [
    ...(training.freeze
      ? [assign("FROZEN", prefixes([...frozen], all), "parameters whose names begin so do not learn")]
      : []),
    ...(training.groups
      ? [
          assign(
            "GROUPS",
            {
              kind: "dict",
              entries: assigned.groups.map((own, i) => ({
                key: string(`group${i + 1}`),
                value: prefixes(inPython(own), learning),
              })),
            },
            "parameters whose names begin so have an optimizer of their own",
          ),
        ]
      : []),
  ];
  return {
    constants: statementsText(constants),
    frozen: training.freeze ? frozenSource : undefined,
    groups: training.groups ? groupsSource : undefined,
  };
};

const frozenSource = `\
def frozen(path, _):
    """Whether a variable is a part of what does not learn."""
    return f"{'/'.join(map(str, path))}/".startswith(FROZEN)


trained = nnx.All(nnx.Param, nnx.Not(frozen))`;

const groupsSource = `\
def groups(params):
    """The name of every parameter's group, in the tree of the parameters."""

    def group(path, _):
        name = "".join(f"{key.key}/" for key in path)
        return next((group for group, starts in GROUPS.items() if name.startswith(starts)), "rest")

    return jax.tree.map_with_path(group, params)`;

/** The shortest list of beginnings that names these and none of the others; each ends with "/". */
const prefixes = (own: readonly string[], all: readonly string[]): Expression => {
  const chosen = new Set(own);
  const found: string[] = [];
  const walk = (names: readonly string[], depth: number): void => {
    const branches = new Map<string, string[]>();
    for (const name of names) {
      const key = `${name.split("/").slice(0, depth).join("/")}/`;
      branches.set(key, [...(branches.get(key) ?? []), name]);
    }
    for (const [key, inside] of branches) {
      const count = inside.filter((name) => chosen.has(name)).length;
      if (count === inside.length) found.push(key);
      else if (count > 0) walk(inside, depth + 1);
    }
  };
  walk(all, 1);
  return tuple(...found.map(string));
};

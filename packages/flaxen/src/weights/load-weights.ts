import { resolve } from "node:path";
import { weightNames } from "@flaxen/compiler";
import { type AnyModel, contentHash, documentHash, type InitialWeights, ParameterError } from "@flaxen/core";
import { didYouMean } from "@flaxen/errors";
import { readTensors } from "../trained/safetensors.ts";
import type { NumberArray } from "./array.ts";
import { WeightsError } from "./errors.ts";
import { keras } from "./keras.ts";
import { type Layer, layersOf } from "./layers.ts";
import { checkNames, moduleNames, type Names } from "./modules.ts";
import { pytorch } from "./pytorch.ts";
import type { Layout } from "./recipe.ts";
import { holdsFloats, readArrays, safetensors } from "./safetensors.ts";

/** A safetensors file, or the weights of a trained model. */
export type WeightsSource = string | { readonly path: string };

export interface LoadWeightsOptions {
  /** Whose names and axes the file has. @defaultValue "flaxen", what a run writes */
  readonly layout?: "flaxen" | "pytorch" | "keras";
  /**
   * What the file calls layers, blocks, or single arrays, by our names: `{ encoder: "model.encoder", digit: "fc" }`. What
   * lies in them follows: "encoder/dense1" is "model.encoder.dense1" then. "rnn#1" is the second layer of a stacked
   * recurrent module of PyTorch. A name that is not listed is the same in the file.
   */
  readonly names?: Names;
  /** Takes what fits by name, and leaves the rest of both sides alone. @defaultValue false */
  readonly partial?: boolean;
}

/** Weights to start from, and which they are. */
export interface LoadedWeights extends InitialWeights {
  /** Arrays of the model that the file has. */
  readonly loaded: readonly string[];
  /** Arrays of the model that the seed will decide. */
  readonly missing: readonly string[];
}

/**
 * Reads weights for a model to start from, out of a run of the same or of another model, of PyTorch or of Keras.
 *
 * Arrays are found by name and turned to this model's axes: linear layers, convolutions and transposed ones, norms with
 * their statistics, embeddings and positions, recurrent layers with the order of their gates, attention with its joined
 * projections. Values become float32.
 *
 * PyTorch flattens images channels first: say `.transpose([0, 3, 1, 2])` before `.flatten()` where it does.
 *
 * Throws `WeightsError` where arrays are missing or left over, unless `partial`, and where a shape differs; `DataError`
 * for a file that is no safetensors.
 *
 * @example
 * const weights = await loadWeights(digits, trained.weights, { partial: true });
 * await train(digits, { data: data.mnist(), epochs: 1, weights });
 * @example
 * // In Python: safetensors.torch.save_file(model.state_dict(), "resnet.safetensors")
 * await loadWeights(resnet, "resnet.safetensors", { layout: "pytorch", names: { stem: "conv1", digit: "fc" } });
 */
export const loadWeights = async (
  model: AnyModel,
  source: WeightsSource,
  { layout = "flaxen", names = {}, partial = false }: LoadWeightsOptions = {},
): Promise<LoadedWeights> => {
  const layouts = { flaxen, pytorch, keras };
  if (!Object.hasOwn(layouts, layout))
    throw new ParameterError(
      `loadWeights: there is no layout "${layout}".${didYouMean(layout, Object.keys(layouts))}`,
      {
        node: "loadWeights",
      },
    );
  const path = resolve(typeof source === "string" ? source : source.path);
  const all = Object.keys(model.weights);
  checkNames(names, all);
  const attributes = weightNames(model.toJSON());
  const tensors = await readTensors(path);
  const { ignored } = layouts[layout];
  const present = new Set(tensors.filter((tensor) => holdsFloats(tensor) && !ignored.test(tensor.name)).map(nameOf));
  const wishes = layersOf(model.document, model.weights).flatMap((layer) =>
    Object.keys(layer.weights).map((weight) =>
      wishFor(layer, weight, {
        layout: layouts[layout],
        names,
        attribute: layout === "flaxen" ? attributes : undefined,
        present,
      }),
    ),
  );
  const found = wishes.filter(({ from }) => from.every((name) => present.has(name)));
  const missing = wishes.filter((wish) => !found.includes(wish));
  const used = new Set(found.flatMap(({ from }) => from));
  const extra = [...present].filter((name) => !used.has(name));
  if (found.length === 0 || (!partial && (missing.length > 0 || extra.length > 0)))
    throw mismatch(model, path, missing, extra, partial);
  const arrays = await readArrays(path, used);
  const made = found.map((wish) => [wish.weight, shaped(model, wish, arrays)] as const);
  const bytes = safetensors(new Map(made.map(([weight, array]) => [attributes.get(weight)!, array])));
  return Object.freeze({
    kind: "weights",
    sha256: contentHash(bytes),
    bytes,
    model: documentHash(model.document),
    loaded: Object.freeze(found.map(({ weight }) => weight)),
    missing: Object.freeze(missing.map(({ weight }) => weight)),
  });
};

const nameOf = ({ name }: { readonly name: string }): string => name;

/** What a run writes: the attributes of model.py, as they are. */
const flaxen: Layout = { separator: "/", ignored: /^$/, several: /^$/, recipes: () => [] };

/** One array of the model, the file's arrays that it is made of, and how. */
interface Wish {
  readonly weight: string;
  readonly from: readonly string[];
  readonly make: (...arrays: readonly NumberArray[]) => NumberArray;
}

interface Search {
  readonly layout: Layout;
  readonly names: Names;
  /** Our names -> those of a file that a run wrote. */
  readonly attribute: ReadonlyMap<string, string> | undefined;
  readonly present: ReadonlySet<string>;
}

const wishFor = (layer: Layer, own: string, { layout, names, attribute, present }: Search): Wish => {
  const weight = `${layer.name}/${own}`;
  const asIs = (from: string): Wish => ({ weight, from: [from], make: (array) => array! });
  if (names[weight] !== undefined) {
    const recipe = layout.recipes(layer, own, undefined).find(({ from }) => from.length === 1);
    return { ...asIs(names[weight]), ...(recipe && { make: recipe.make }) };
  }
  const find = moduleNames(names, layout.separator);
  if (attribute) return asIs(isNamed(weight, names) ? find(weight).name : attribute.get(weight)!);
  const slash = own.indexOf("/");
  const inner = `${layer.name}/${own.slice(0, slash)}`;
  const apart = slash > 0 && (names[inner] !== undefined || layout.several.test(layer.type));
  const { name, part } = find(apart ? inner : layer.name);
  const path = (array: string): string => (name === "" ? array : `${name}${layout.separator}${array}`);
  const recipes = layout.recipes(layer, apart ? own.slice(slash + 1) : own, part);
  const chosen = recipes.find(({ from }) => from.every((array) => present.has(path(array)))) ?? recipes[0];
  if (chosen === undefined) return asIs(path(own.replaceAll("/", layout.separator)));
  return { weight, from: chosen.from.map(path), make: chosen.make };
};

/** Whether `names` says what a weight, or what it lies in, is called. */
const isNamed = (weight: string, names: Names): boolean =>
  weight.split("/").some((_, end, parts) => names[parts.slice(0, end + 1).join("/")] !== undefined);

const shaped = (
  model: AnyModel,
  { weight, from, make }: Wish,
  arrays: ReadonlyMap<string, NumberArray>,
): NumberArray => {
  const given = from.map((name) => arrays.get(name)!);
  const expected = model.weights[weight]!.shape;
  const said = from.map((name, i) => `"${name}" [${given[i]!.shape.join(", ")}]`).join(" and ");
  const wrong = (): WeightsError =>
    new WeightsError(`loadWeights: "${weight}" should be [${expected.join(", ")}], but the file has ${said}.`);
  let made: NumberArray;
  try {
    made = make(...given);
  } catch {
    throw wrong();
  }
  if (made.shape.join() !== expected.join()) throw wrong();
  return made;
};

const listed = (names: readonly string[]): string =>
  `${names.slice(0, 5).join(", ")}${names.length > 5 ? ` and ${names.length - 5} more` : ""}`;

const mismatch = (
  model: AnyModel,
  path: string,
  wishes: readonly Wish[],
  extra: readonly string[],
  partial: boolean,
): WeightsError => {
  const missing = wishes.map(
    ({ weight, from }) => `"${weight}" (looked for ${from.map((name) => `"${name}"`).join(" and ")})`,
  );
  const sentences = [
    ...(missing.length > 0 ? [`It has nothing for ${listed(missing)}.`] : []),
    ...(extra.length > 0 ? [`The model has nothing for its ${listed(extra.map((name) => `"${name}"`))}.`] : []),
    partial
      ? "Not one array fits: say what the file calls things in { names }."
      : "Say what the file calls things in { names }, or take what fits with { partial: true }.",
  ];
  return new WeightsError(
    `loadWeights: ${path} does not fit the model "${model.name}". ${sentences.join(" ")}`,
    wishes.map(({ weight }) => weight),
    extra,
  );
};

import { type NumberArray, permuted, reordered, reshaped, rowsOf } from "./array.ts";
import { type Layout, type Recipe, same } from "./recipe.ts";

/** Keras has the gates of a GRU as update, reset, new; here they are reset, update, new. */
const gruOrder = [1, 0, 2];

const gru = (weight: string): readonly Recipe[] => {
  const gates = (name: string, pick: (array: NumberArray) => NumberArray = (array) => array): Recipe => ({
    from: [name],
    make: (array) => reordered(pick(array!), gruOrder),
  });
  const row = (index: number) => (bias: NumberArray) => {
    const { shape, data } = rowsOf(bias, index, index + 1);
    return { shape: shape.slice(1), data };
  };
  const recipes: Readonly<Record<string, Recipe>> = {
    kernel: gates("kernel"),
    recurrentKernel: gates("recurrent_kernel"),
    bias: gates("bias", row(0)),
    recurrentBias: gates("bias", row(1)),
  };
  return recipes[weight] ? [recipes[weight]] : [];
};

/** [features, heads, width] and [heads, width, features], without the axis of heads. */
const attention = (weight: string): readonly Recipe[] => {
  const [projection, array] = weight.split("/") as [string, string];
  const out = projection === "out";
  return [
    {
      from: [`${out ? "attention_output" : projection}/${array}`],
      make: (given) => {
        const { shape } = given!;
        if (array === "bias") return reshaped(given!, [shape.reduce((size, dim) => size * dim, 1)]);
        const [a = 1, b = 1, c = 1] = shape;
        return reshaped(given!, out ? [a * b, c] : [a, b * c]);
      },
    },
  ];
};

const norm: Readonly<Record<string, readonly string[]>> = {
  scale: ["gamma", "scale"],
  bias: ["beta"],
  mean: ["moving_mean"],
  var: ["moving_variance"],
};

/** [...window, out, in] -> [...window, in, out], the window turned round. */
const transposedConvolution: Recipe = {
  from: ["kernel"],
  make: (kernel) => {
    const window = kernel!.shape.slice(2).map((_, i) => i);
    return permuted(kernel!, [...window, window.length + 1, window.length], window);
  },
};

/** [...window, in, multiplier] -> [...window, 1, in * multiplier]. */
const depthwise: Recipe = {
  from: ["kernel"],
  make: (kernel) => {
    const [channels, multiplier] = kernel!.shape.slice(-2) as [number, number];
    return reshaped(kernel!, [...kernel!.shape.slice(0, -2), 1, channels * multiplier]);
  },
};

/** Variables of Keras by their paths: "dense/kernel". */
export const keras: Layout = {
  separator: "/",
  ignored: /(^|\/)seed_generator(_\d+)?\/|_state$/,
  several: /^$/,
  recipes: ({ type }, weight) => {
    const name = weight.split("/").at(-1)!;
    if (/norm/i.test(type)) return (norm[weight] ?? []).map(same);
    if (type === "embedding") return [same("embeddings")];
    if (type === "gru") return gru(name);
    if (type === "lstm" || type === "simpleRnn") return [same(name === "recurrentKernel" ? "recurrent_kernel" : name)];
    if (/attention/i.test(type)) return weight.includes("/") ? attention(weight) : [];
    if (/transpose/i.test(type) && weight === "kernel") return [transposedConvolution];
    if (/^depthwise/i.test(type) && weight === "kernel")
      return [depthwise, { ...depthwise, from: ["depthwise_kernel"] }];
    if (/^separable/i.test(type))
      return weight === "depthwise/kernel"
        ? [{ ...depthwise, from: ["depthwise_kernel"] }]
        : [same(name === "kernel" ? "pointwise_kernel" : name)];
    return weight === "kernel" || weight === "bias" ? [same(weight)] : [];
  },
};

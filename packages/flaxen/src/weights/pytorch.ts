import { added, type NumberArray, permuted, reshaped, rowsOf, transposed } from "./array.ts";
import { type Layout, type Recipe, same } from "./recipe.ts";

/** [out, in] -> [in, out]. */
const linear = (from: string): Recipe => ({ from: [from], make: (weight) => transposed(weight!) });

/** [out, in, …window] -> [...window, in, out]. */
const convolution: Recipe = {
  from: ["weight"],
  make: (weight) => permuted(weight!, [...windowAxes(weight!), 1, 0]),
};

/** [in, out, …window] -> [...window, in, out]: PyTorch's is a convolution's gradient, which turns the window round. */
const transposedConvolution: Recipe = {
  from: ["weight"],
  make: (weight) => {
    const window = windowAxes(weight!);
    return permuted(
      weight!,
      [...window, 0, 1],
      window.map((_, i) => i),
    );
  },
};

const windowAxes = ({ shape }: NumberArray): readonly number[] => shape.slice(2).map((_, i) => i + 2);

/** Arrays of a recurrent layer: `part` is "2" for the third of several in one module. */
const recurrent = (type: string, weight: string, part: string | undefined): readonly Recipe[] => {
  const [name, way] = weight.split("/").reverse() as [string, string?];
  const suffix = `_l${part ?? 0}${way === "backward" ? "_reverse" : ""}`;
  if (name === "kernel") return [linear(`weight_ih${suffix}`)];
  if (name === "recurrentKernel") return [linear(`weight_hh${suffix}`)];
  if (name === "recurrentBias") return [same(`bias_hh${suffix}`)];
  if (type === "gru") return [same(`bias_ih${suffix}`)];
  return [{ from: [`bias_ih${suffix}`, `bias_hh${suffix}`], make: (own, other) => added(own!, other!) }];
};

/** [1] -> [] where all channels have one. */
const slope = (perChannel: boolean): Recipe =>
  perChannel ? same("weight") : { from: ["weight"], make: (weight) => reshaped(weight!, []) };

const thirds = ["query", "key", "value"];

/** Arrays of `nn.MultiheadAttention`: query, key and value in one array, or each in its own. */
const attention = (weight: string): readonly Recipe[] => {
  const [projection, array] = weight.split("/") as [string, string];
  if (projection === "out") return [array === "kernel" ? linear("out_proj.weight") : same("out_proj.bias")];
  const third = thirds.indexOf(projection);
  const cut = (whole: NumberArray): NumberArray => {
    const rows = whole.shape[0]! / 3;
    return rowsOf(whole, third * rows, (third + 1) * rows);
  };
  if (array === "bias") return [{ from: ["in_proj_bias"], make: (bias) => cut(bias!) }];
  return [
    { from: ["in_proj_weight"], make: (whole) => transposed(cut(whole!)) },
    linear(`${projection[0]}_proj_weight`),
  ];
};

const norm: Readonly<Record<string, string>> = {
  scale: "weight",
  bias: "bias",
  mean: "running_mean",
  var: "running_var",
};

/** A `state_dict` of PyTorch. */
export const pytorch: Layout = {
  separator: ".",
  ignored: /(^|\.)num_batches_tracked$/,
  several: /^separable/,
  recipes: ({ type, params }, weight, part) => {
    if (/norm/i.test(type)) return norm[weight] === undefined ? [] : [same(norm[weight])];
    if (weight === "embedding") return [same("weight")];
    if (type === "prelu") return [slope(params.perChannel === true)];
    if (type === "lstm" || type === "gru" || type === "simpleRnn") return recurrent(type, weight, part);
    if (/attention/i.test(type) && weight.includes("/")) return attention(weight);
    if (weight === "bias") return [same("bias")];
    if (weight !== "kernel") return [];
    if (type === "dense" || /attention/i.test(type)) return [linear("weight")];
    if (/transpose/i.test(type)) return [transposedConvolution];
    return /^(conv|depthwise|separable)/i.test(type) ? [convolution] : [];
  },
};

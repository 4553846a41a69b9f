import { type Operations, onRank, type Reached, type Writer } from "./operation.ts";

/** The window of a convolution over `axes` axes, by chance. */
export const windowOf = (
  axes: number,
  { sizesOn, options, chance, between, pick }: Writer,
  ...more: (string | false)[]
) => {
  const side = () => (chance(0.5) ? `${between(0, 3)}` : `[${between(0, 3)}, ${between(0, 3)}]`);
  const zeros = () => (chance(0.5) ? `${between(0, 3)}` : `[${Array.from({ length: axes }, side).join(", ")}]`);
  const words = ['"SAME"', '"VALID"', ...(axes === 1 ? ['"CAUSAL"'] : [])];
  return options(
    `kernel: ${sizesOn(axes, 5)}`,
    chance(0.4) && `stride: ${sizesOn(axes, 3)}`,
    chance(0.7) && `padding: ${chance(0.3) ? zeros() : pick(words)}`,
    chance(0.3) && `dilation: ${sizesOn(axes, 3)}`,
    ...more,
  );
};

const on = (axes: number, often: number, write: (writer: Writer) => string) => ({
  write: (_: Reached, writer: Writer) => write(writer),
  fits: (before: Reached) => often * onRank(axes + 2)(before),
});
const mixing = (axes: number, often: number) =>
  on(axes, often, (writer) => {
    const groups = writer.chance(0.3) && `groups: ${writer.between(1, 4)}`;
    return `.conv${axes}d(${writer.size(32)}${windowOf(axes, writer, groups)})`;
  });
const depthwise = (axes: number) =>
  on(axes, 1, (writer) => {
    const multiplier = writer.chance(0.4) && `multiplier: ${writer.size(3)}`;
    return `.depthwiseConv${axes}d(${windowOf(axes, writer, multiplier).slice(2)})`;
  });
const separable = (axes: number) =>
  on(axes, 1, (writer) => {
    const multiplier = writer.chance(0.4) && `multiplier: ${writer.between(1, 3)}`;
    return `.separableConv${axes}d(${writer.size(32)}${windowOf(axes, writer, multiplier)})`;
  });
const transposed = (axes: number) =>
  on(axes, 1, ({ size, sizesOn, options, chance, pick }) => {
    const window = options(
      `kernel: ${sizesOn(axes, 5)}`,
      chance(0.7) && `stride: ${sizesOn(axes, 4)}`,
      chance(0.6) && `padding: "${pick(["SAME", "VALID"])}"`,
      chance(0.3) && `dilation: ${sizesOn(axes, 3)}`,
    );
    return `.convTranspose${axes}d(${size(32)}${window})`;
  });

export const convolution: Operations = {
  conv1d: mixing(1, 2),
  conv2d: mixing(2, 3),
  conv3d: mixing(3, 2),
  depthwiseConv1d: depthwise(1),
  depthwiseConv2d: depthwise(2),
  separableConv1d: separable(1),
  separableConv2d: separable(2),
  convTranspose1d: transposed(1),
  convTranspose2d: transposed(2),
  convTranspose3d: transposed(3),
};

import { call, type Expression, features, integer, name, option, string, tuple } from "../../python/tree.ts";
import { flag, integers, oneOrAll } from "../numbers.ts";
import type { NodePrinter } from "../printer.ts";

type Sides = readonly [before: number, after: number];

export interface WindowParams {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: string | readonly Sides[];
  readonly dilation: readonly number[];
  readonly useBias: boolean;
}

interface ConvolutionParams extends WindowParams {
  readonly filters: number;
  readonly groups: number;
}

/** `strides=2`, `strides=(2, 1)`; not written where all are 1. */
const unlessOne = (keyword: string, values: readonly number[]): Expression =>
  option(
    keyword,
    oneOrAll(values),
    values.every((value) => value === 1),
  );

/** `"VALID"`, `1`, `(1, 2)`, `((1, 2), (0, 1))`, as short as it goes. */
export const paddingOf = (padding: string | readonly Sides[]): Expression => {
  if (typeof padding === "string") return string(padding);
  if (padding.some(([before, after]) => before !== after)) return tuple(...padding.map(integers));
  return oneOrAll(padding.map(([before]) => before));
};

/** What a layer's constructor is told where it is not Flax's default. */
export const windowOptions = ({ stride, padding, dilation, useBias }: WindowParams) => ({
  strides: unlessOne("strides", stride),
  padding: option("padding", paddingOf(padding), padding === "SAME"),
  kernel_dilation: unlessOne("kernel_dilation", dilation),
  use_bias: flag("use_bias", useBias, true),
});

/** `ops.Conv(1, 32, (3, 3), strides=2, rngs=rngs)` */
export const convLayer = (channels: number, { filters, kernel, groups, ...params }: ConvolutionParams): Expression => {
  const { use_bias, ...options } = windowOptions({ kernel, ...params });
  return call("ops.Conv", features(channels), features(filters), option("kernel_size", integers(kernel)), {
    ...options,
    feature_group_count:
      groups === channels && groups > 1
        ? features(groups)
        : option("feature_group_count", integer(groups), groups === 1),
    use_bias,
    rngs: name("rngs"),
  });
};

/** Convolutions over any number of axes. */
export const convolution: NodePrinter<ConvolutionParams> = {
  construct: ({ params, inputs }) => convLayer(inputs[0]!.shape.at(-1) as number, params),
  call: ({ self }, [x]) => call(self, x!),
  nests: true,
};

import { boolean, call, dotted, integer, name, string } from "../../python/tree.ts";
import { integers } from "../numbers.ts";
import type { NodePrinter } from "../printer.ts";

interface Conv2dParams {
  readonly filters: number;
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: string;
  readonly dilation: readonly [number, number];
  readonly groups: number;
  readonly useBias: boolean;
}

const unlessOne = (values: readonly number[]) => (values.every((value) => value === 1) ? undefined : integers(values));

export const conv2d: NodePrinter<Conv2dParams> = {
  construct: ({ params, inputs }) =>
    call("nnx.Conv", integer(inputs[0]!.shape.at(-1) as number), integer(params.filters), integers(params.kernel), {
      strides: unlessOne(params.stride),
      padding: params.padding === "SAME" ? undefined : string(params.padding),
      kernel_dilation: unlessOne(params.dilation),
      feature_group_count: params.groups === 1 ? undefined : integer(params.groups),
      use_bias: params.useBias ? undefined : boolean(false),
      conv_general_dilated: dotted("ops.conv"),
      rngs: name("rngs"),
    }),
  call: ({ self }, [x]) => call(self, x!),
  nests: true,
};

import { call, cut, float, integer, list, method, none, string, subscript, tuple } from "../../python/tree.ts";
import { integers } from "../numbers.ts";
import type { NodePrinter } from "../printer.ts";

interface AxisParams {
  readonly axis: number;
}
interface SliceParams extends AxisParams {
  readonly start: number;
  readonly end: number | null;
  readonly step: number;
}

export const concat: NodePrinter<AxisParams> = {
  call: ({ params: { axis } }, operands) => call("jnp.concatenate", list(...operands), { axis: integer(axis) }),
  wraps: true,
  nests: true,
};

export const stack: NodePrinter<AxisParams> = {
  call: ({ params: { axis } }, operands) => call("jnp.stack", list(...operands), { axis: integer(axis) }),
  wraps: true,
  nests: true,
};

export const transpose: NodePrinter<{ readonly axes: readonly number[] | null }> = {
  call: ({ params: { axes } }, [x]) =>
    axes === null
      ? method(x!, "swapaxes", integer(-2), integer(-1))
      : method(x!, "transpose", ...axes.map((axis) => integer(axis))),
  wraps: true,
  nests: true,
};

/** `x[:, 2:-1]` */
export const slice: NodePrinter<SliceParams> = {
  call: ({ params: { axis, start, end, step }, inputs }, [x]) => {
    const at = axis < 0 ? inputs[0]!.shape.length + axis : axis;
    return cut(x!, at, start === 0 ? undefined : start, end ?? undefined, step === 1 ? undefined : step);
  },
  wraps: true,
  nests: true,
};

export const expandDims: NodePrinter<AxisParams> = {
  call: ({ params: { axis } }, [x]) => call("jnp.expand_dims", x!, integer(axis)),
  wraps: true,
  nests: true,
};

export const squeeze: NodePrinter<AxisParams> = {
  call: ({ params: { axis } }, [x]) => method(x!, "squeeze", integer(axis)),
  wraps: true,
  nests: true,
};

export const gather: NodePrinter<AxisParams> = {
  call: ({ params: { axis } }, [x, places]) => call("ops.gather", x!, places!, { axis: integer(axis) }),
  wraps: true,
  nests: true,
};

export const oneHot: NodePrinter<{ readonly classes: number }> = {
  call: ({ params: { classes } }, [ids]) => call("nnx.one_hot", ids!, integer(classes)),
  wraps: true,
  nests: true,
};

interface PadParams {
  readonly widths: readonly (readonly [number, number])[];
  readonly mode: "constant" | "reflect" | "edge";
  readonly value: number;
}

export const pad: NodePrinter<PadParams> = {
  call: ({ params: { widths, mode, value } }, [x]) =>
    call("jnp.pad", x!, tuple(...[[0, 0] as const, ...widths].map(integers)), {
      ...(mode !== "constant" && { mode: string(mode) }),
      ...(mode === "constant" && value !== 0 && { constant_values: float(value) }),
    }),
  wraps: true,
  nests: true,
};

/** `x[:, None].repeat(16, axis=1)` */
export const repeatVector: NodePrinter<{ readonly times: number }> = {
  call: ({ params: { times } }, [x]) =>
    method(subscript(x!, tuple({ kind: "slice" }, none)), "repeat", integer(times), { axis: integer(1) }),
  wraps: true,
  nests: true,
};

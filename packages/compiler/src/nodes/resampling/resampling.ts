import { binary, call, type Expression, integer, method, string, tuple } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";
import { sizeOf } from "../shape/reshape.ts";

interface UpsampleParams {
  readonly factor: number | readonly number[];
  readonly method: "nearest" | "bilinear";
}

const byFactor = (callee: string): NodePrinter<{ readonly factor: number }> => ({
  call: ({ params: { factor } }, [x]) => call(callee, x!, integer(factor)),
  wraps: true,
  nests: true,
});

export const pixelShuffle = byFactor("ops.pixel_shuffle");
export const spaceToDepth = byFactor("ops.space_to_depth");

/** `x.repeat(2, axis=1).repeat(2, axis=2)`, or `jax.image.resize(x, (x.shape[0], 28, 28, 64), "bilinear")`. */
export const upsample: NodePrinter<UpsampleParams> = {
  call: ({ params, inputs, output }, [x]) => {
    const factorAt = (axis: number) => (typeof params.factor === "number" ? params.factor : params.factor[axis - 1]!);
    const { shape } = inputs[0]!;
    const axes = shape.map((_, axis) => axis).slice(1, -1);
    if (params.method === "nearest")
      return axes
        .filter((axis) => factorAt(axis) > 1)
        .reduce<Expression>(
          (value, axis) => method(value, "repeat", integer(factorAt(axis)), { axis: integer(axis) }),
          x!,
        );
    const sizes = output.shape.map((dim, axis): Expression => {
      if (typeof dim === "number") return integer(dim);
      const size = sizeOf(x!, axis);
      return axes.includes(axis) ? binary(integer(factorAt(axis)), "*", size) : size;
    });
    return call("jax.image.resize", x!, tuple(...sizes), string("bilinear"));
  },
  nests: true,
};

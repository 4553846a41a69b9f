import type { Shape } from "@flaxen/core";
import { attribute, type Expression, integer, method, subscript } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

/** `x.shape[0]` */
export const sizeOf = (x: Expression, axis: number): Expression => subscript(attribute(x, "shape"), integer(axis));

/**
 * `x.reshape(x.shape[0], 7, 7, -1)`; its operand is read several times, so it does not wrap a call.
 *
 * `x.reshape(-1, 7, 7)` only where every size is known: a size that does not fit would become rows.
 */
export const reshape: NodePrinter<{ readonly shape: Shape }> = {
  call: ({ params: { shape }, inputs }, [x]) => {
    const named = shape.filter((dim) => typeof dim === "string");
    const axisOf = (place: number) => {
      const name = shape[place];
      const before = shape.slice(0, place).filter((dim) => dim === name).length;
      const axes = inputs[0]!.shape.flatMap((dim, axis) => (axis > 0 && dim === name ? [axis] : []));
      return axes[before]!;
    };
    const known = inputs[0]!.shape.slice(1).every((dim) => typeof dim === "number");
    const open = known && named.length === 0 && !shape.includes(-1) ? integer(-1) : sizeOf(x!, 0);
    const sizes = shape.map((dim, place) => (typeof dim === "number" ? integer(dim) : sizeOf(x!, axisOf(place))));
    return method(x!, "reshape", open, ...sizes);
  },
  nests: true,
};

import type { NumberArray } from "./array.ts";
import type { Layer } from "./layers.ts";

/** How one of our arrays is made of arrays of a file. */
export interface Recipe {
  /** Their names behind the module's: ["weight_ih_l0"]. */
  readonly from: readonly string[];
  readonly make: (...arrays: readonly NumberArray[]) => NumberArray;
}

/** How a library names and lays out what a layer owns. */
export interface Layout {
  /** Between the names of modules. */
  readonly separator: string;
  /** What it writes that holds no weights. */
  readonly ignored: RegExp;
  /** Types of layers that are several modules there: "separable1/depthwise", "separable1/pointwise". */
  readonly several: RegExp;
  /**
   * How a layer's array is made; several recipes where the library has several forms. None where it has no such layer.
   * `weight` is "query/kernel", or "kernel" where "query" is a module of its own.
   */
  recipes(layer: Layer, weight: string, part: string | undefined): readonly Recipe[];
}

/** An array that is the same there. */
export const same = (from: string): Recipe => ({ from: [from], make: (array) => array! });

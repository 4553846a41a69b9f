import { boolean, type Expression, integer, option, tuple } from "../python/tree.ts";

/** `(3, 3)`. */
export const integers = (values: readonly number[]): Expression => tuple(...values.map(integer));

/** `2` where all are alike, else `(2, 1)`. */
export const oneOrAll = (values: readonly number[]): Expression =>
  values.every((value) => value === values[0]) ? integer(values[0]!) : integers(values);

/** `causal=True`; not written where it is the layer's default. */
export const flag = (keyword: string, value: boolean, usual: boolean): Expression =>
  option(keyword, boolean(value), value === usual);

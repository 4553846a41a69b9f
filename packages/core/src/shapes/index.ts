export type { LessThan, Minus, Plus, Product, Quotient, Remainder, Times } from "./arithmetic.ts";
export {
  type Blur,
  type InnerAxis,
  type InsertAt,
  innerAxis,
  insertAt,
  type NewAxis,
  newAxis,
  type RemoveAt,
  type ReplaceAt,
  removeAt,
  replaceAt,
} from "./axes.ts";
export { type Broadcast, broadcast } from "./broadcast.ts";
export {
  type Channels,
  type Dim,
  type DType,
  type IsDynamicRank,
  type ReplaceLast,
  type SameDim,
  type SameShape,
  type Shape,
  type Show,
  type ShowDim,
  sameDim,
  sameShape,
  show,
  unknownSize,
  type Value,
} from "./shape.ts";
export { type Divides, divides, lessThan, minus, plus, product, quotient, remainder, times } from "./sizes.ts";

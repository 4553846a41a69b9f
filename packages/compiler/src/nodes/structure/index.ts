import { layer } from "../own/layer.ts";
import type { NodePrinter } from "../printer.ts";
import { block } from "./block.ts";
import { constant } from "./constant.ts";
import { input } from "./input.ts";
import { repeat } from "./repeat.ts";

export const structurePrinters: Record<"block" | "constant" | "input" | "layer" | "repeat", NodePrinter> = {
  block,
  constant,
  input,
  layer,
  repeat,
};

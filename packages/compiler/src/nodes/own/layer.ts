import { definedIn, type Json } from "@flaxen/core";
import { keywordOf, literal } from "../../python/json-literal.ts";
import { call, integer, name, none } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

interface LayerParams {
  readonly python: string;
  readonly options: Readonly<Record<string, Json>>;
}

/** A layer of the user's own: its class stands in model.py as it was written. */
export const layer: NodePrinter<LayerParams> = {
  construct: ({ params: { python, options }, inputs }) => {
    const features = inputs[0]!.shape.at(-1)!;
    const given = Object.entries(options).map(([key, value]) => ({ keyword: keywordOf(key), value: literal(value) }));
    return {
      kind: "call",
      callee: name(definedIn(python)!.name),
      args: [
        { value: typeof features === "number" ? integer(features) : none },
        ...given,
        { keyword: "rngs", value: name("rngs") },
      ],
    };
  },
  call: ({ self, params: { python } }, [x]) =>
    call(self, x!, { train: /def __call__\([^)]*\btrain\b/.test(python) ? name("train") : undefined }),
  nests: true,
};

import { boolean, call, features, float, integer, name, option } from "../../python/tree.ts";
import { flag } from "../numbers.ts";
import type { NodeContext, NodePrinter } from "../printer.ts";

interface AttentionParams {
  readonly heads: number;
  readonly headFeatures?: number;
  readonly keyValueHeads?: number;
  readonly dropout?: number;
  readonly useBias: boolean;
  readonly causal?: boolean;
  readonly rope?: { readonly base: number };
}

const construct = ({ params, inputs, node }: NodeContext<AttentionParams> & { node: string }) => {
  const { heads, headFeatures, keyValueHeads, dropout, useBias, causal, rope } = params;
  const whole = (keyword: string, value: number | undefined) =>
    value === undefined ? undefined : option(keyword, integer(value));
  const featuresOf = (place: number) => inputs[place]!.shape[2] as number;
  const others = node === "crossAttention" && featuresOf(1) !== featuresOf(0);
  return call("ops.Attention", features(featuresOf(0)), option("heads", integer(heads)), {
    head_features: whole("head_features", headFeatures),
    key_value_heads: keyValueHeads === heads ? undefined : whole("key_value_heads", keyValueHeads),
    context_features: others ? features(featuresOf(1)) : undefined,
    causal: node === "attention" ? flag("causal", causal === true, false) : undefined,
    rope: rope && float(rope.base),
    dropout: dropout === undefined ? undefined : boolean(true),
    use_bias: flag("use_bias", useBias, true),
    rngs: name("rngs"),
  });
};

/** Operands after the sequence by their names; the rate of dropout is a number of the run. */
const printer = (node: string, others: readonly string[]): NodePrinter<AttentionParams> => ({
  construct: (context) => construct({ ...context, node }),
  call: ({ self, params, hyperparameter }, [x, ...operands]) =>
    call(self, x!, {
      ...Object.fromEntries(operands.map((operand, place) => [others[place]!, operand])),
      ...(params.dropout !== undefined && { dropout: hyperparameter("dropout"), train: name("train") }),
    }),
  nests: true,
});

export const attention = printer("attention", ["mask"]);
export const crossAttention = printer("crossAttention", ["context", "mask"]);

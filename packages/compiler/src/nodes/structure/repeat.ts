import { assign, call, integer, loop, name, times } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";
import { callOf } from "./block.ts";

interface RepeatParams {
  readonly block: string;
  readonly times: number;
  readonly shared: boolean;
}

/** A list of instances of one class, and a loop over them; a shared block is one instance. */
export const repeat: NodePrinter<RepeatParams> = {
  construct({ params, block }) {
    const one = block(params.block).construct;
    return params.shared ? one : call("nnx.List", times(one, params.times));
  },
  call: ({ params, block, self }, operands) => callOf(block(params.block), self, operands),
  statements({ params, block, self, loopVariable }, running, others, mark) {
    const variable = params.shared ? "_" : loopVariable("layer");
    const over = params.shared ? call("range", integer(params.times)) : self;
    const instance = params.shared ? self : name(variable);
    return [
      loop(variable, mark(over), assign(running, mark(callOf(block(params.block), instance, [running, ...others])))),
    ];
  },
  attribute: ({ block, shared }) => (shared ? block : undefined),
};

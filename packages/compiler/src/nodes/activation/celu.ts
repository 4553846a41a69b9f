import { call, float } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

export const celu: NodePrinter<{ readonly alpha: number }> = {
  call: ({ params: { alpha } }, [x]) => call("nnx.celu", x!, { alpha: alpha === 1 ? undefined : float(alpha) }),
  wraps: true,
  nests: true,
};

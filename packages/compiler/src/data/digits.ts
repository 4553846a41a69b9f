import { imageAndLabel } from "./columns.ts";
import type { DataPrinter } from "./printer.ts";

export const digits: DataPrinter<{ readonly validation: number }> = {
  config: ({ validation }, expects) => ({
    config: { kind: "digits", columns: imageAndLabel(expects), validation },
    assets: [],
  }),
  isBytes: () => false,
};

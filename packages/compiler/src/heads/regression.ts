import type { HeadPrinter } from "./printer.ts";

export const regression: HeadPrinter<{ readonly outputs: number }> = {
  describe: ({ outputs }) => (outputs === 1 ? "1 value" : `${outputs} values`),
  predict: (values) => values,
  prediction: "values",
};

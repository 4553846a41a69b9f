import { crossEntropy } from "./cross-entropy.ts";
import { mse } from "./mse.ts";
import type { LossPrinter } from "./printer.ts";

/** How every loss prints. */
const printers: Readonly<Record<string, LossPrinter>> = { crossEntropy, mse };

export const lossPrinter = (loss: string): LossPrinter => {
  const printer = printers[loss];
  if (!printer) throw new TypeError(`no loss "${loss}"`);
  return printer;
};

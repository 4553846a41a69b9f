import type { RecurrentMethods } from "@flaxen/core";
import type { NodePrinter } from "../printer.ts";
import { recurrent } from "./recurrent.ts";

export const recurrentPrinters: Record<keyof RecurrentMethods, NodePrinter> = {
  gru: recurrent("ops.GRU"),
  lstm: recurrent("ops.LSTM"),
  simpleRnn: recurrent("ops.SimpleRNN"),
};

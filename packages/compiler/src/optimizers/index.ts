import type { optimizers } from "@flaxen/core";
import { adafactor } from "./adafactor.ts";
import { adabelief, adam, adamax, nadam, radam } from "./adam.ts";
import { adamw, lamb } from "./adamw.ts";
import { lars } from "./lars.ts";
import { lion } from "./lion.ts";
import { muon } from "./muon.ts";
import type { OptimizerPrinter } from "./printer.ts";
import { sgd } from "./sgd.ts";
import { adadelta, adagrad, rmsprop } from "./squares.ts";

/** How every optimizer prints. */
const printers = {
  sgd,
  adam,
  adamw,
  nadam,
  radam,
  adamax,
  adabelief,
  rmsprop,
  adagrad,
  adadelta,
  adafactor,
  lion,
  lamb,
  lars,
  muon,
} satisfies Record<keyof typeof optimizers, OptimizerPrinter>;

export const optimizerPrinter = (type: string): OptimizerPrinter => printers[type as keyof typeof printers];

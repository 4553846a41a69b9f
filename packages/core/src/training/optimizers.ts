import { adabeliefOptimizer } from "./adabelief.ts";
import { adadeltaOptimizer } from "./adadelta.ts";
import { adafactorOptimizer } from "./adafactor.ts";
import { adagradOptimizer } from "./adagrad.ts";
import { adamOptimizer } from "./adam.ts";
import { adamaxOptimizer } from "./adamax.ts";
import { adamwOptimizer } from "./adamw.ts";
import type { OptimizerDefinition } from "./define-optimizer.ts";
import { lambOptimizer } from "./lamb.ts";
import { larsOptimizer } from "./lars.ts";
import { lionOptimizer } from "./lion.ts";
import { muonOptimizer } from "./muon.ts";
import { nadamOptimizer } from "./nadam.ts";
import { radamOptimizer } from "./radam.ts";
import { rmspropOptimizer } from "./rmsprop.ts";
import { sgdOptimizer } from "./sgd.ts";

/** Every optimizer by its type. */
export const optimizers = {
  sgd: sgdOptimizer,
  adam: adamOptimizer,
  adamw: adamwOptimizer,
  nadam: nadamOptimizer,
  radam: radamOptimizer,
  adamax: adamaxOptimizer,
  adabelief: adabeliefOptimizer,
  rmsprop: rmspropOptimizer,
  adagrad: adagradOptimizer,
  adadelta: adadeltaOptimizer,
  adafactor: adafactorOptimizer,
  lion: lionOptimizer,
  lamb: lambOptimizer,
  lars: larsOptimizer,
  muon: muonOptimizer,
} satisfies Record<string, OptimizerDefinition<any>>;

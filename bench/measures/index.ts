import type { Bench } from "../harness/bench.ts";
import { attach } from "./attach.ts";
import { cnnKeras } from "./cnn-keras.ts";
import { cnnTorch } from "./cnn-torch.ts";
import { compile } from "./compile.ts";
import { csvLoad } from "./csv-load.ts";
import { events } from "./events.ts";
import { eventsSlow } from "./events-slow.ts";
import { gptTorch } from "./gpt-torch.ts";
import { lstmTorch } from "./lstm-torch.ts";
import { predictWarm } from "./predict-warm.ts";
import { startCold } from "./start-cold.ts";
import { startSeen } from "./start-seen.ts";
import { startWarm } from "./start-warm.ts";
import { stepFunctional } from "./step-functional.ts";
import { stepKeras } from "./step-keras.ts";
import { stepNnx } from "./step-nnx.ts";
import { stepTorch } from "./step-torch.ts";
import { types } from "./types.ts";

/** Every bench, in the order in which all of them are run. */
export const benches: readonly Bench[] = [
  stepFunctional,
  stepNnx,
  stepKeras,
  stepTorch,
  cnnKeras,
  cnnTorch,
  lstmTorch,
  gptTorch,
  predictWarm,
  startSeen,
  startWarm,
  startCold,
  events,
  eventsSlow,
  attach,
  csvLoad,
  compile,
  types,
];

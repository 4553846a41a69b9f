import { activation } from "./activation.ts";
import { attention } from "./attention.ts";
import type { Cases } from "./case.ts";
import { convolution } from "./convolution.ts";
import { math } from "./math.ts";
import { normalisation } from "./normalisation.ts";
import { pooling } from "./pooling.ts";
import { recurrent } from "./recurrent.ts";
import { reduction } from "./reduction.ts";
import { resampling } from "./resampling.ts";
import { shape } from "./shape.ts";

export const cases: Cases = {
  ...activation,
  ...attention,
  ...convolution,
  ...math,
  ...normalisation,
  ...pooling,
  ...recurrent,
  ...reduction,
  ...resampling,
  ...shape,
};

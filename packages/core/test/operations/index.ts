import { activation } from "./activation.ts";
import { attention } from "./attention.ts";
import { convolution } from "./convolution.ts";
import { math } from "./math.ts";
import { normalisation } from "./normalisation.ts";
import type { Operations } from "./operation.ts";
import { pooling } from "./pooling.ts";
import { projection } from "./projection.ts";
import { recurrent } from "./recurrent.ts";
import { reduction } from "./reduction.ts";
import { regularisation } from "./regularisation.ts";
import { resampling } from "./resampling.ts";
import { shape } from "./shape.ts";

/** How random programs call every method that appends a node. */
export const operations: Operations = {
  ...activation,
  ...attention,
  ...convolution,
  ...math,
  ...normalisation,
  ...pooling,
  ...projection,
  ...recurrent,
  ...reduction,
  ...regularisation,
  ...resampling,
  ...shape,
};

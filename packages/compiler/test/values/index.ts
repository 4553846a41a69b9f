import { activation } from "./activation.ts";
import type { Cases } from "./case.ts";
import { normalisation } from "./normalisation.ts";
import { pooling } from "./pooling.ts";

export const cases: Cases = { ...activation, ...normalisation, ...pooling };

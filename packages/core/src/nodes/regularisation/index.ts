import type { NodeDefinition } from "../definition.ts";
import { type DropoutMethod, dropout } from "./dropout.ts";

export interface RegularisationMethods extends DropoutMethod {}

export const regularisationNodes = { dropout } satisfies Record<keyof RegularisationMethods, NodeDefinition>;

export type { Dropout, DropoutMethod, DropoutOptions } from "./dropout.ts";

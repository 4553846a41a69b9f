import type { NodeDefinition } from "../definition.ts";
import { type DropPathMethod, dropPath } from "./drop-path.ts";
import { type DropoutMethod, dropout } from "./dropout.ts";
import { type GaussianDropoutMethod, gaussianDropout } from "./gaussian-dropout.ts";
import { type GaussianNoiseMethod, gaussianNoise } from "./gaussian-noise.ts";
import { type SpatialDropoutMethod, spatialDropout } from "./spatial-dropout.ts";

export interface RegularisationMethods
  extends DropPathMethod,
    DropoutMethod,
    GaussianDropoutMethod,
    GaussianNoiseMethod,
    SpatialDropoutMethod {}

export const regularisationNodes = {
  dropPath,
  dropout,
  gaussianDropout,
  gaussianNoise,
  spatialDropout,
} satisfies Record<keyof RegularisationMethods, NodeDefinition>;

export type { DropPath, DropPathMethod, DropPathOptions } from "./drop-path.ts";
export type { Dropout, DropoutMethod, DropoutOptions } from "./dropout.ts";
export type { GaussianDropout, GaussianDropoutMethod, GaussianDropoutOptions } from "./gaussian-dropout.ts";
export type { GaussianNoise, GaussianNoiseMethod, GaussianNoiseOptions } from "./gaussian-noise.ts";
export type { SpatialDropout, SpatialDropoutMethod, SpatialDropoutOptions } from "./spatial-dropout.ts";

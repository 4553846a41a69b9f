import type { RegularisationMethods } from "@flaxen/core";
import type { NodePrinter } from "../printer.ts";
import { chance } from "./chance.ts";

export const regularisationPrinters: Record<keyof RegularisationMethods, NodePrinter> = {
  dropPath: chance("DropPath", "rate"),
  dropout: chance("Dropout", "rate"),
  gaussianDropout: chance("GaussianDropout", "rate"),
  gaussianNoise: chance("GaussianNoise", "stddev"),
  spatialDropout: chance("SpatialDropout", "rate"),
};

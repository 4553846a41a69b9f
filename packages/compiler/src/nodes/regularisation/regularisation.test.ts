import { graph } from "@flaxen/core";
import { expect, test } from "vitest";
import { modelOf } from "../../../test/model-of.ts";

test.each([
  [graph.dropout(0.37), "Dropout", "dropout1"],
  [graph.dropPath(0.37), "DropPath", "drop_path1"],
  [graph.gaussianDropout(0.37), "GaussianDropout", "gaussian_dropout1"],
  [graph.gaussianNoise(0.37), "GaussianNoise", "gaussian_noise1"],
  [graph.spatialDropout(0.37, { name: "maps" }), "SpatialDropout", "maps"],
])("$1: its size is a number of the run", (block, className, layer) => {
  const text = modelOf([4, 4, 2], block);
  expect(text).toContain(`        self.${layer} = ops.${className}(rngs)\n`);
  expect(text).toContain(`        x = self.${layer}(image, hp["${layer}"], train=train)\n`);
  expect(text).not.toContain("0.37");
});

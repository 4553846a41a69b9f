import { graph } from "@flaxen/core";
import { expect, test } from "vitest";
import { modelOf } from "../../../test/model-of.ts";

test.each([
  [[8, 8, 4], graph.maxPool(2), "ops.max_pool(image, 2)  # [batch, 4, 4, 4]"],
  [[8, 8, 4], graph.minPool([2, 1]), "ops.min_pool(image, (2, 1))  # [batch, 4, 8, 4]"],
  [[8, 8, 4], graph.avgPool([2, 2], { stride: 2 }), "ops.avg_pool(image, 2)  # [batch, 4, 4, 4]"],
  [
    [8, 8, 4],
    graph.avgPool(3, { stride: [2, 1], padding: "SAME" }),
    'ops.avg_pool(image, 3, stride=(2, 1), padding="SAME")  # [batch, 4, 8, 4]',
  ],
  [[20, 8], graph.maxPool(2, { stride: 1 }), "ops.max_pool(x, 2, stride=1)  # [batch, 19, 8]"],
  [[20, 8], graph.avgPool([4]), "ops.avg_pool(x, 4)  # [batch, 5, 8]"],
  [[4, 6, 6, 2], graph.maxPool([1, 2, 3]), "ops.max_pool(x, (1, 2, 3))  # [batch, 4, 3, 2, 2]"],
])("over %j: $2", (shape, block, line) => {
  expect(modelOf(shape, block)).toContain(line);
});

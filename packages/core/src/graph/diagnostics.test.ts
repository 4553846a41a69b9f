import { expect, test } from "vitest";
import { typeCheck } from "../../test/type-check.ts";

const header = `import { graph, type Tensor } from "../../src/graph/index.ts";
const image = graph.input("image", [28, 28, 1]), row = graph.input("row", [10]), ids = graph.input("ids", [16], { dtype: "int" });
`;

/** Mistake -> what the user reads, on the TypeScript that this workspace pins. */
const mistakes: readonly (readonly [code: string, message: string])[] = [
  [
    "row.conv2d(8, { kernel: 3 });",
    `Argument of type '{ kernel: 3; }' is not assignable to parameter of type 'Conv2dOptions<3, 1, "SAME", 1, 1> & "conv2d needs [batch, height, width, channels], but its input is [batch, 10]"'.`,
  ],
  [
    "ids.dense(10);",
    `Argument of type '10' is not assignable to parameter of type '"dense needs float, but its input is int"'.`,
  ],
  [
    "image.maxPool(29);",
    `Argument of type '29' is not assignable to parameter of type '"maxPool: a 29x29 VALID window does not fit into [batch, 28, 28, 1]"'.`,
  ],
  [
    'row.add(graph.input("x", [12]));',
    `Argument of type 'Tensor<["batch", 12]>' is not assignable to parameter of type '"add: shapes do not broadcast: [batch, 10] and [batch, 12]"'.`,
  ],
  [
    "ids.relu();",
    `The 'this' context of type 'IntTensor<["batch", 16]>' is not assignable to method's 'this' of type '"relu needs float, but its input is int"'.`,
  ],
  [
    "ids.gelu();",
    `The 'this' context of type 'IntTensor<["batch", 16]>' is not assignable to method's 'this' of type '"gelu needs float, but its input is int"'.`,
  ],
  [
    "row.groupNorm(3);",
    `Argument of type '3' is not assignable to parameter of type '"groupNorm: 3 groups do not divide 10 channels"'.`,
  ],
  [
    "row.globalAvgPool();",
    `The 'this' context of type 'Tensor<["batch", 10]>' is not assignable to method's 'this' of type '"globalAvgPool needs axes between batch and channels, but its input is [batch, 10]"'.`,
  ],
  [
    "image.glu();",
    `The 'this' context of type 'Tensor<["batch", 28, 28, 1]>' is not assignable to method's 'this' of type '"glu needs an even number of features, but its input is [batch, 28, 28, 1]"'.`,
  ],
  [
    "image.avgPool(29);",
    `Argument of type '29' is not assignable to parameter of type '"avgPool: a 29x29 VALID window does not fit into [batch, 28, 28, 1]"'.`,
  ],
  [
    "row.pipe(graph.dense(128).relu().conv2d(32, { kernel: 3 }));",
    `Argument of type 'Block<[Dense<128>, Relu, Conv2d<32, Window<3, 1, "SAME", 1>, 1>]>' is not assignable to parameter of type '"op 3 of the block: conv2d needs [batch, height, width, channels], but its input is [batch, 128]"'.`,
  ],
  [
    'ids.pipe(graph.block("encoder", graph.dense(64).relu()));',
    `Argument of type 'Block<[NamedBlock<"encoder", [Dense<64>, Relu]>]>' is not assignable to parameter of type '"op 1 of block "encoder": dense needs float, but its input is int"'.`,
  ],
  [
    "row.residual((x) => x.dense(11));",
    `Argument of type '(x: Tensor<["batch", 10]>) => Tensor<["batch", 11]>' is not assignable to parameter of type '"residual: the branch turns [batch, 10] into [batch, 11]"'.`,
  ],
  [
    "image.conv2d(8, { kernel: 3, strid: 2 });",
    `Object literal may only specify known properties, but 'strid' does not exist in type 'Conv2dOptions<3, 1, "SAME", 1, 1>'. Did you mean to write 'stride'?`,
  ],
  [
    'image.conv2d(8, { kernel: 3, padding: "valid" });',
    `Type '"valid"' is not assignable to type 'Paddings'. Did you mean '"VALID"'?`,
  ],
  ["image.cnv2d(8);", `Property 'cnv2d' does not exist on type 'Tensor<["batch", 28, 28, 1]>'. Did you mean 'conv2d'?`],
  [
    'export const wrong: Tensor<["batch", 12]> = image.flatten();',
    `Type 'Tensor<["batch", 784]>' is not assignable to type 'Tensor<["batch", 12]>'.`,
  ],
];

test("a mistake gives one readable line", () => {
  const report = typeCheck(`${header}${mistakes.map(([code]) => code).join("\n")}\n`);
  const first = header.split("\n").length;
  const found = [...report.matchAll(/^\S*program\.ts\((\d+),\d+\): error TS\d+: (.*)$/gm)].map(
    ([, line, message]) => [mistakes[Number(line) - first]![0], message!.replaceAll("\\", "")] as const,
  );
  expect(found).toEqual(mistakes);
});

import type { Program } from "./random-programs.ts";
import { writtenProgram } from "./written-program.ts";

/** A program that must be refused, written beside one that fits. */
export interface Refusal {
  readonly refused: Program;
  /** The same with what is wrong put right: how its Python comes to be. */
  readonly fits?: Program;
  /** Parameters of the last node of `fits` that are wrong in `refused`; types look at shapes and leave them to the run. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** What stands in the Python of `fits`, and what the refused program would have there. */
  readonly python?: readonly [right: RegExp, wrong: string];
}

const inputs = [
  'const row = graph.input("row", [6]);',
  'const other = graph.input("other", [5]);',
  'const table = graph.input("table", [3, 8]);',
  'const longTable = graph.input("longTable", [5, 8]);',
  'const image = graph.input("image", [4, 5, 6]);',
  'const volume = graph.input("volume", [3, 4, 3, 2]);',
  'const ids = graph.input("ids", [3], { dtype: "int" });',
];
const named = (text: string) => inputs.filter((line) => new RegExp(`\\b${line.split(" ")[1]}\\b`).test(text));
const program = (call: string): Program => writtenProgram([...named(call), `const y = ${call};`]);

/** Calls whose parameters do not go with what they are called on. */
const calls = [
  'image.conv2d(4, { kernel: [5, 1], padding: "VALID" })',
  'image.conv2d(4, { kernel: 3, dilation: 3, padding: "VALID" })',
  "image.conv2d(4, { kernel: 3, groups: 4 })",
  "image.conv2d(4, { kernel: 3, groups: 3 })",
  'table.conv1d(4, { kernel: 4, padding: "VALID" })',
  'volume.conv3d(4, { kernel: [3, 5, 3], padding: "VALID" })',
  'image.depthwiseConv2d({ kernel: 5, padding: "VALID" })',
  'table.separableConv1d(4, { kernel: 4, padding: "VALID" })',
  "row.conv2d(4, { kernel: 3 })",
  "image.conv1d(4, { kernel: 3 })",
  "table.conv3d(4, { kernel: 3 })",
  "row.convTranspose1d(4, { kernel: 3 })",
  "row.maxPool(2)",
  "image.maxPool(5)",
  "image.avgPool([2, 2, 2])",
  "row.globalAvgPool()",
  "image.groupNorm(4)",
  "table.split(2, { axis: 1 })[0]",
  "table.split(3)[0]",
  "table.split([3, 4])[0]",
  "table.split(2, { axis: 3 })[0]",
  "table.reshape([5, 5])",
  "table.reshape([5, -1])",
  "table.reshape([])",
  "image.transpose([0, 1, 2])",
  "image.transpose([0, 1, 2, 2])",
  "image.transpose([0, 1, 2, 4])",
  "table.mean(3)",
  "table.sum(-4)",
  "table.max([1, 1])",
  "table.argmax(5)",
  "table.cumsum(3)",
  "table.slice(3)",
  "table.squeeze(1)",
  "table.squeeze(3)",
  "table.expandDims(5)",
  "table.expandDims(-5)",
  "table.pad([1])",
  "table.pad([1, 1, 1])",
  "table.concat(longTable)",
  "table.concat(longTable, { axis: 3 })",
  "table.concat(row)",
  "table.concat([table, longTable], { axis: -1 })",
  "table.stack(longTable)",
  "row.stack(row, { axis: 4 })",
  "table.gather(ids, { axis: 3 })",
  "table.gather(row)",
  "row.add(other)",
  "table.multiply(longTable)",
  "table.where(ids, longTable)",
  "table.matmul(longTable)",
  "table.matmul(row)",
  "table.dot(longTable)",
  'table.einsum("bij,bkl->bik", [row])',
  'table.einsum("bij,bjk->bik", longTable)',
  "volume.avgPool(5)",
  "image.reshape([7, -1])",
  "volume.reshape([71])",
  "volume.transpose([0, 2, 1, 3, 5])",
  "image.mean(-5)",
  "image.min([2, 2])",
  "table.cumsum(-4)",
  "image.squeeze(2)",
  "row.expandDims(-4)",
  "row.pad([1, 1])",
  "image.concat(table)",
  "image.concat(volume, { axis: 2 })",
  "image.stack(table)",
  "table.subtract(longTable)",
  "table.divide(other)",
  "table.maximum(longTable)",
  "image.matmul(image)",
  'image.einsum("bhwc,bcd->bhwd", table)',
  'table.einsum("bij,bjk->bik", [image])',
  "table.lstm(4, { mask: longTable.argmax(-1) })",
  "image.pixelShuffle(4)",
  "image.spaceToDepth(2)",
  "other.glu()",
  "table.lstm(4, { mask: row.greater(0) })",
  "row.lstm(4)",
  "image.gru(4)",
  "table.attention({ heads: 3 })",
  "table.attention({ heads: 4, keyValueHeads: 3 })",
  "row.attention({ heads: 2 })",
  "table.crossAttention(row, { heads: 2 })",
  "table.learnedPositions({ length: 2 })",
  "table.repeatVector(2)",
  "row.upsample(2)",
  "row.spatialDropout(0.1)",
  "row.oneHot(3)",
  "ids.dense(3)",
  "row.embedding({ vocab: 3, features: 2 })",
];

/** Calls that are wrong wherever they stand. */
const parameters: readonly (readonly [refused: string, fits: string, params: Record<string, unknown>])[] = [
  ["image.conv2d(4, { kernel: 3, stride: 0 })", "image.conv2d(4, { kernel: 3 })", { stride: [0, 0] }],
  ["image.conv2d(4, { kernel: 0 })", "image.conv2d(4, { kernel: 3 })", { kernel: [0, 0] }],
  ["image.conv2d(4, { kernel: 3, dilation: 0 })", "image.conv2d(4, { kernel: 3 })", { dilation: [0, 0] }],
  ["image.conv2d(4, { kernel: 3, groups: 0 })", "image.conv2d(4, { kernel: 3 })", { groups: 0 }],
  ["image.conv2d(-4, { kernel: 3 })", "image.conv2d(4, { kernel: 3 })", { filters: -4 }],
  ["image.maxPool(0)", "image.maxPool(2)", { window: [0, 0] }],
  ["image.maxPool(2, { stride: 0 })", "image.maxPool(2)", { stride: [0, 0] }],
  ["table.reshape([-1, -1])", "table.reshape([4, 6])", { shape: [-1, -1] }],
  ["row.dense(0)", "row.dense(3)", { units: 0 }],
  ["row.dense(-1)", "row.dense(3)", { units: -1 }],
  ["row.dense(1.5)", "row.dense(3)", { units: 1.5 }],
  ["image.groupNorm(0)", "image.groupNorm(2)", { groups: 0 }],
  ["table.slice(1, { step: 0 })", "table.slice(1, { step: 2 })", { step: 0 }],
  ["table.attention({ heads: 0 })", "table.attention({ heads: 2 })", { heads: 0 }],
  ["table.lstm(0)", "table.lstm(2)", { units: 0 }],
  ["image.upsample(0)", "image.upsample(2)", { factor: [0, 0] }],
  ["ids.oneHot(0)", "ids.oneHot(3)", { classes: 0 }],
  ["ids.embedding({ vocab: 0, features: 2 })", "ids.embedding({ vocab: 3, features: 2 })", { vocab: 0 }],
  ["row.repeatVector(0)", "row.repeatVector(3)", { times: 0 }],
];

/** Misfits inside what holds other nodes: the Python is that of a program that fits, with what is wrong put into it. */
const inside: readonly (readonly [refused: string, fits: string, right: RegExp, wrong: string])[] = [
  ["row.repeat(3, graph.dense(5))", "row.repeat(3, graph.dense(6))", /Linear\(6, 6,/, "Linear(6, 5,"],
  [
    "row.repeat(2, (x) => x.dense(6).concat(x.slice(1, { end: 3 })))",
    "row.repeat(2, (x) => x.dense(3).concat(x.slice(1, { end: 3 })))",
    /Linear\(6, 3,/,
    "Linear(6, 6,",
  ],
  [
    'row.repeat(2, graph.block("part", graph.relu().dense(4), { numbered: true }))',
    'row.repeat(2, graph.block("part", graph.relu().dense(6), { numbered: true }))',
    /Linear\(6, 6,/,
    "Linear(6, 4,",
  ],
  ["row.residual(graph.dense(5))", "row.residual(graph.dense(6))", /Linear\(6, 6,/, "Linear(6, 5,"],
  [
    "table.residual((x) => x.dense(16).relu())",
    "table.residual((x) => x.dense(8).relu())",
    /Linear\(8, 8,/,
    "Linear(8, 16,",
  ],
  [
    "row.pipe(graph.residual(graph.dense(4)))",
    "row.pipe(graph.residual(graph.dense(6)))",
    /Linear\(6, 6,/,
    "Linear(6, 4,",
  ],
  [
    'row.parallel([graph.dense(4), graph.dense(5)], "add")',
    'row.parallel([graph.dense(4), graph.dense(4)], "add")',
    /Linear\(6, 4,([\s\S]*)Linear\(6, 4,/,
    "Linear(6, 4,$1Linear(6, 5,",
  ],
  [
    'table.parallel([graph, graph.pad([1, 0])], "concat")',
    'table.parallel([graph, graph.pad([0, 0])], "concat")',
    /\(0, 0\), \(0, 0\), \(0, 0\)/,
    "(0, 0), (1, 1), (0, 0)",
  ],
];

/** The same Python is given inputs that do not fit it: text of the inputs that are wrong, and of those that are right. */
const given: readonly (readonly [wrong: readonly string[], right: readonly string[], call: string])[] = [
  [
    ['const a = graph.input("a", [4, 3]);', 'const b = graph.input("b", [5]);'],
    ['const a = graph.input("a", [4, 3]);', 'const b = graph.input("b", [4]);'],
    'a.einsum("bij,bi->bj", b)',
  ],
  [
    ['const a = graph.input("a", [4]);', 'const b = graph.input("b", [5]);'],
    ['const a = graph.input("a", [4]);', 'const b = graph.input("b", [4]);'],
    "a.pipe((x) => x.dense(3).concat(x)).add(b.dense(7)).multiply(b.concat(a.slice(1, { end: 3 })))",
  ],
  [
    ['const a = graph.input("a", [4, 6]);', 'const b = graph.input("b", [3, 6]);'],
    ['const a = graph.input("a", [4, 6]);', 'const b = graph.input("b", [4, 6]);'],
    'a.pipe(graph.block("part", (x) => x.dense(6).relu(), { numbered: true })).residual((x) => x.multiply(b))',
  ],
  [
    ['const a = graph.input("a", [4, 6]);', 'const b = graph.input("b", [4, 5]);'],
    ['const a = graph.input("a", [4, 6]);', 'const b = graph.input("b", [4, 6]);'],
    "a.branch({ one: graph.dense(6), two: (x) => x.relu() }).one.stack([b, a])",
  ],
];

/** What types, the rules at run time and JAX must all refuse. */
export const refusals: readonly Refusal[] = [
  ...calls.map((call) => ({ refused: program(call) })),
  ...parameters.map(([refused, fits, params]) => ({ refused: program(refused), fits: program(fits), params })),
  ...inside.map(([refused, fits, right, wrong]): Refusal => {
    return { refused: program(refused), fits: program(fits), python: [right, wrong] };
  }),
  ...given.map(([wrong, right, call]) => ({
    refused: writtenProgram([...wrong, `const y = ${call};`]),
    fits: writtenProgram([...right, `const y = ${call};`]),
  })),
];

const layers = [
  ".conv2d(32, { kernel: 3 })",
  ".batchNorm()",
  ".relu()",
  '.conv2d(32, { kernel: 3, padding: "VALID" })',
  ".dropout(0.1)",
];
const input = 'graph.input("x", [900, 900, 3])';

/** The first line of a program; `graph` is its module. */
export const header = (graph: string): string =>
  `import { graph, type Tensor } from ${JSON.stringify(graph)};\nexport type Used = Tensor;\n`;
/** A program without layers. */
export const nothing = `export const x = ${input};\n`;

/** Five layers at a time, which take 2 from height and width; the last shape is stated in full. */
export const chain = (fives: number): string => {
  const steps = Array.from({ length: fives }, (_, i) => `const x${i + 1} = x${i}${layers.join("")};\n`);
  const side = 900 - 2 * fives;
  return `const x0 = ${input};\n${steps.join("")}export const last: Tensor<["batch", ${side}, ${side}, 32]> = x${fives};\n`;
};

/** The same layers as one flat block, applied once. */
export const block = (fives: number): string =>
  `const block = graph${layers.join("").repeat(fives)};\nexport const y = ${input}.pipe(block);\n`;

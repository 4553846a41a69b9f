/** What runs in Deno and in a browser: a model built, checked, refused and compiled, without a Node API. */
export const script = (core: string, compiler: string): string => `
import { data, experiment, graph, head, model } from ${JSON.stringify(core)};
import { compile } from ${JSON.stringify(compiler)};

const image = graph.input("image", [28, 28, 1]);
const features = image.conv2d(16, { kernel: 3 }).relu().maxPool(2).flatten().dense(32).relu();
const digits = model({ inputs: { image }, heads: { digit: head.classification(features, { classes: 10 }) } });
const whole = experiment(digits, { data: data.mnist(), epochs: 1, batchSize: 64 });
let refused = "";
try {
  features.conv2d(8, { kernel: 3 });
} catch (error) {
  refused = error.message.split("\\n")[0];
}
const { program } = compile(whole.toJSON());
globalThis.result = JSON.stringify({ hash: program.hash, refused, lines: program.files["model.py"].split("\\n").length });
`;

export interface Result {
  readonly hash: string;
  readonly refused: string;
  readonly lines: number;
}

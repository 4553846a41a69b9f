import type { Job } from "@flaxen/runner";
import { configText } from "./config-text.ts";
import { version } from "./runtime/files.generated.ts";

export interface ProjectOptions {
  /** Text of `requirements.txt`: pinned, as the environment that the program names. */
  readonly requirements: string;
  /** Where the assets lie, seen from the folder; by default in `assets`, where the caller puts them. */
  readonly assets?: string | undefined;
}

/** The files of a project that trains without Flaxen: path -> text. Its data belongs into `assets`. */
export const projectFiles = (
  job: Pick<Job, "program" | "config"> & { readonly assets: readonly { readonly name: string }[] },
  { requirements, assets }: ProjectOptions,
): Readonly<Record<string, string>> => ({
  ...job.program.files,
  "config.json": configText(assets === undefined ? job.config : { ...job.config, assets }),
  "requirements.txt": requirements.endsWith("\n") ? requirements : `${requirements}\n`,
  "pyproject.toml": pyproject,
  "README.md": readme(
    job.assets.map(({ name }) => name),
    job.config.data as DataConfig,
  ),
});

/** So that `ruff format` and `ruff check` keep the files as they are. */
const pyproject = `\
[tool.ruff]
line-length = 120

[tool.ruff.lint.isort]
known-first-party = ["flaxen", "model", "train"]
`;

interface Expected {
  readonly role: string;
  /** Of one row; a name or -1 where any size goes. */
  readonly shape?: readonly (number | string)[];
  readonly dtype?: string;
  readonly stored?: string;
}

interface DataConfig {
  readonly kind: string;
  readonly expects: Readonly<Record<string, Expected>>;
}

/** One row of zeros as the data would have it: bytes where it holds pixels, which the program scales itself. */
const exampleRow = ({ expects }: DataConfig): string => {
  const inputs = Object.entries(expects).filter(([, { role }]) => role === "input");
  const arrays = inputs.map(([name, { shape = [], dtype, stored }]) => {
    const type = stored ?? (dtype === "int" ? "int32" : "float32");
    const sizes = shape.map((size) => (typeof size === "number" && size > 0 ? size : 1));
    return `"${name}": np.zeros((${[1, ...sizes].join(", ")}${shape.length === 0 ? "," : ""}), np.${type})`;
  });
  return `{${arrays.join(", ")}}`;
};

/** What lies in the assets, in words; what came from TypeScript has no file name that says anything. */
const contents = (assets: readonly string[], { kind, expects }: DataConfig): string => {
  const list = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");
  const forms: Readonly<Record<string, string>> = {
    arrays: `${list(Object.keys(expects))} as raw little-endian numbers`,
    records: "the rows of a table as JSON, column by column",
    text: "text",
  };
  const hashed = assets.every((name) => /^[0-9a-f]{64}\b/.test(name));
  if (!hashed || forms[kind] === undefined) return `the data: ${list(assets)}`;
  return `the data: ${forms[kind]}, in files that \`config.json\` names by their hash`;
};

const readme = (assets: readonly string[], data: DataConfig): string => `\
# A model to train

With Python 3.11 or newer:

\`\`\`sh
python3 -m venv .venv
.venv/bin/pip install -r requirements.txt
.venv/bin/python train.py
\`\`\`

| | |
|---|---|
| \`model.py\` | the model, as Flax NNX modules |
| \`train.py\` | the loss, the metrics, the optimizer and the training loop |
| \`config.json\` | every number that a run may change; another file: \`python train.py other.json\` |
| \`flaxen/\` | what is not taught by reading: data on the device, progress, early stopping, fast operations on a CPU |
${assets.length === 0 ? "" : `| \`assets/\` | ${contents(assets, data)} |\n`}
A run prints its metrics and writes \`weights.safetensors\`, whose names are those of the layers in \`model.py\`. With early
stopping they are the best epoch's, otherwise the last one's. They predict from rows as the data has them:

\`\`\`python
import pathlib

import numpy as np
import train
from flaxen.predict import Predictor

predict = Predictor(train, pathlib.Path("."))
print(predict(${exampleRow(data)}))  # first axis: rows
\`\`\`

The files are yours. They were written by Flaxen ${version} and need nothing of it.
`;

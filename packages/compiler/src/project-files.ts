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
  "README.md": readme(job.assets.map(({ name }) => name)),
});

/** So that `ruff format` and `ruff check` keep the files as they are. */
const pyproject = `\
[tool.ruff]
line-length = 120

[tool.ruff.lint.isort]
known-first-party = ["flaxen", "model", "train"]
`;

const readme = (assets: readonly string[]): string => `\
# A model to train

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
${assets.length === 0 ? "" : `| \`assets/\` | the data: ${assets.map((name) => `\`${name}\``).join(", ")} |\n`}
A run prints its metrics and writes \`weights.safetensors\`, whose names are those of the layers in \`model.py\`.

The files are yours. They were written by Flaxen ${version} and need nothing of it.
`;

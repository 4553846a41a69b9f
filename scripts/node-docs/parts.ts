import { catalogue, type ParametersEntry } from "../../packages/core/src/index.ts";
import { code, type Schema, table, typeText, usualText, written } from "./markdown.ts";
import { headPython, optimizerPython, schedulePython } from "./parts-python.ts";
import { type Comment, type Comments, functionComment, membersIn } from "./source.ts";

/** Reads a file of the core by its path under src. */
export type Read = (path: string) => string;

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const typedText = (name: string, schema: Schema): string => {
  if (schema.properties?.type) return "a schedule, or a number";
  if (name === "loss") return "a name, or what `defineLoss` gives";
  if (name === "metrics") return "list of names and of what `defineMetric` gives";
  return typeText(schema);
};

const parametersText = (
  entry: ParametersEntry,
  docs: Comments,
  usual: Readonly<Record<string, unknown>> = {},
): string => {
  const required = (entry.parameters.required ?? []) as readonly string[];
  const defaults: Readonly<Record<string, unknown>> = { ...entry.defaults, ...usual };
  const rows = Object.entries((entry.parameters.properties ?? {}) as Record<string, Schema>).map(([name, schema]) => {
    const fallback = required.includes(name) ? "" : usualText(docs.get(name)?.usual ?? "none");
    const value = Object.hasOwn(defaults, name) ? code(JSON.stringify(defaults[name])) : fallback;
    return [code(name), docs.get(name)?.text ?? "", typedText(name, schema), value, entry.roles[name]!];
  });
  if (rows.length === 0) return "";
  return `${table(["name", "what it does", "what it is", "default", "changing it changes"], rows)}\n`;
};

const fence = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\`\n`;

const { heads, losses, metrics, optimizers, schedules, data } = catalogue();

const optionsText = ({ defaults, roles }: ParametersEntry): string =>
  Object.keys(roles)
    .map((name) => (Object.hasOwn(defaults, name) ? `${code(name)} = ${JSON.stringify(defaults[name])}` : code(name)))
    .join(", ");

/** The page of one type of head. */
const headPage = (type: string, read: Read): string => {
  const head = heads[type]!;
  const source = read(`heads/${kebab(type)}.ts`);
  const { text, example } = functionComment(source, type);
  const python = headPython(type);
  const lossRows = head.losses.map((name) => [
    code(name),
    losses[name]!.doc,
    optionsText(losses[name]!.options[type]!),
  ]);
  const metricRows = head.metrics.map((name) => [code(name), metrics[name]!.doc, metrics[name]!.better]);
  const docs = new Map([...membersIn(read("heads/regions.ts")), ...membersIn(source)])
    .set("loss", { text: "What is minimised: see below." })
    .set("metrics", { text: "What is reported beside the loss: see below." });
  return [
    `${written}# head.${type}\n`,
    `${head.doc}\n`,
    `${text}\n`,
    fence("ts", example),
    `## Parameters\n\n${parametersText(head, docs, { loss: head.losses[0] })}`,
    `## Losses\n\nThe usual one first.\n\n${table(["name", "what it is", "options"], lossRows)}\n`,
    `## Metrics\n\n${table(["name", "what it is", "better when"], metricRows)}\n`,
    `## Python\n\n${fence("ts", python.call)}\n${fence("python", python.text)}`,
  ].join("\n");
};

/** What `evaluate` is for. */
const otherRows = `\
## Metrics of other rows

A trained model reports the same metrics, under the same names and types, of any rows that come with their targets:

${fence(
  "ts",
  `await trained.evaluate([{ area: 80, city: "Bonn", price: 310_000 }]);  // rows of a table that has the target's column
await trained.evaluate({ path: "houses-2025.csv" });                   // a file like the one that was trained on
await trained.evaluate({ image, digit: [7, 2, 1] }, { signal });       // as predict takes them, with a head's labels
const { "digit/f1:3": f1 } = await trained.evaluate("validation");     // the run's own rows again`,
)}
Nothing is learnt or dropped. Categories, scaling, tokens and the names of classes are those that the training rows told; errors are in the target's own unit where the metric's are. Rows that the model cannot read, classes that it does not know and targets that are missing are refused, each with its place, before any row is scored.

What a model writes is scored against what people wrote. BLEU (Papineni et al., 2002) is that of all texts together, ROUGE (Lin, 2004), exact match and token F1 (Rajpurkar et al., 2016) are means over texts; all are 0 to 1, and a text may have several references:

${fence(
  "ts",
  `const answers = await trained.generate(prompts, { temperature: 0 });
bleu(answers, references);          // of runs of up to 4 tokens
rouge(answers, references).rougeL;  // { precision, recall, f1 }
exactMatch(answers, references);
tokenF1(answers, references, { tokenize: (text) => text.toLowerCase().match(/[a-z0-9]+/g) ?? [] });`,
)}`;

const headIndex = (): string => {
  const rows = Object.values(heads).map(({ type, doc }) => [`[${type}](${type}.md)`, doc]);
  return `${written}# Heads\n\nWhat a model predicts from features, and how that is scored.\n\n${table(["head", ""], rows)}\n\n${otherRows}`;
};

const section = (title: string, ...parts: readonly string[]): string =>
  [`## ${title}\n`, ...parts.filter(Boolean)].join("\n");

const optimizersPage = (read: Read): string => {
  const shared = ["adam.ts", "adamw.ts", "decay.ts"].flatMap((file) => [...membersIn(read(`training/${file}`))]);
  const sections = Object.values(optimizers).map((entry) => {
    const source = read(`training/${kebab(entry.type)}.ts`);
    const { text } = functionComment(source, entry.type);
    const docs = new Map<string, Comment>([...shared, ...membersIn(source)]).set("learningRate", {
      text: "A number, or a [schedule](schedules.md).",
    });
    return section(
      entry.type,
      `${text || entry.doc}\n`,
      parametersText(entry, docs, { learningRate: entry.learningRate }),
      fence("python", optimizerPython(entry.type)),
    );
  });
  return `${written}# Optimizers\n\nHow gradients change the weights: \`experiment(model, { optimizer: adamw({ … }), … })\`.\n\n${sections.join("\n")}`;
};

const schedulesPage = (read: Read): string => {
  const sections = Object.values(schedules).map((entry) => {
    const source = read(`training/${kebab(entry.type)}.ts`);
    const { text } = functionComment(source, entry.type);
    const python = schedulePython(entry.type);
    return section(
      entry.type,
      `${text || entry.doc}\n`,
      parametersText(entry, membersIn(source)),
      python ? fence("python", python) : "",
    );
  });
  return `${written}# Schedules\n\nLearning rates that change from step to step: \`adam({ learningRate: cosine({ peak: 1e-3 }) })\`.\n\n${sections.join("\n")}`;
};

/** What all kinds of data have in common. */
const setAside = `\
## Rows that are set aside

\`validation\` names rows that are scored after every epoch: early stopping looks at them, and \`val/loss\` and the like are theirs. \`test\`, in the same forms, names rows that nothing looks at until the end: they are scored once, with the weights that are kept (the best epoch's where early stopping chose one). \`test/loss\` and the like stand in the event \`test\` and in the trained model's metrics.

${fence("ts", 'data.csv("houses.csv", { features, targets, validation: 0.1, test: 0.1 }); // 80 % train\ndata.csv("houses.csv", { features, targets, validation: { fold: 0, of: 5 }, test: { column: "year", value: 2024 } });')}
| form | sets aside |
|---|---|
| \`0.1\` | a share of all rows, drawn with \`shuffleSeed\`; of text its end |
| \`{ ratio, stratify?, group? }\` | a share with the same part of every class of a head, or of whole groups |
| \`{ fold, of, stratify?, group? }\` | one of several parts, for cross-validation: of the rows that the test leaves |
| \`{ column, value }\` | the rows of a table that hold a value |
| a file, a folder, rows, columns | rows of their own |

Which rows test depends on \`test\` and \`shuffleSeed\` alone, not on how rows validate. What is fitted (scaling, categories, tokenizers, class names) sees the training rows only.
`;

const dataPage = (read: Read): string => {
  const shared = ["split.ts", "table-columns.ts", "table.ts"].flatMap((file) => [...membersIn(read(`data/${file}`))]);
  const sections = Object.values(data).map((entry) => {
    const source = read(`data/${entry.type}.ts`);
    const { text, example } = functionComment(source, entry.type);
    return section(
      `data.${entry.type}`,
      `${text || entry.doc}\n`,
      example ? fence("ts", example) : "",
      parametersText(entry, new Map<string, Comment>([...shared, ...membersIn(source)])),
    );
  });
  return `${written}# Data\n\nWhat a model learns from. Parameters are those of a document; calls take them as their examples show.\n\n${setAside}\n\n${sections.join("\n")}`;
};

/** Pages of all that is no node: path under docs -> text. */
export const partPages = (read: Read): ReadonlyMap<string, string> =>
  new Map([
    ...Object.keys(heads).map((type) => [`heads/${type}.md`, headPage(type, read)] as const),
    ["heads/README.md", headIndex()] as const,
    ["optimizers.md", optimizersPage(read)] as const,
    ["schedules.md", schedulesPage(read)] as const,
    ["data.md", dataPage(read)] as const,
  ]);

import { parseArgs } from "node:util";
import { modelFromJSON, progress, train } from "flaxen";
import { type Exhibit, zoo } from "../examples/zoo/index.ts";

const help = `npm run zoo [-- NAME…]

Trains the models of examples/zoo, or those named, one after another, and prints what each reaches.
It ends with exit code 1 when one falls short of its number.

  ${Object.keys(zoo).join(", ")}`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: "boolean", short: "h" } },
});
const unknown = positionals.filter((name) => !Object.hasOwn(zoo, name));
for (const name of unknown) console.error(`There is no ${name} in the zoo.`);
if (values.help || unknown.length > 0) {
  console.log(help);
  process.exit(unknown.length > 0 ? 2 : 0);
}

interface Row {
  readonly name: string;
  readonly parameters: string;
  readonly seconds: string;
  readonly reached: string;
  readonly wanted: string;
  readonly fine: boolean;
}

const reach = async (name: string, { experiment, metric, atLeast, atMost }: Exhibit): Promise<Row> => {
  const parameters = modelFromJSON(experiment.toJSON(), { allowCode: true }).parameterCount.toLocaleString("en");
  const wanted = atLeast === undefined ? `<= ${atMost}` : `>= ${atLeast}`;
  const started = performance.now();
  const row = { name, parameters, wanted: `${metric} ${wanted}` };
  const secondsFrom = () => ((performance.now() - started) / 1000).toFixed(0);
  try {
    const run = await train(experiment);
    await progress(run);
    await using trained = await run.result();
    const value = trained.metrics[metric]!;
    const fine = atLeast === undefined ? value <= atMost : value >= atLeast;
    return { ...row, seconds: secondsFrom(), reached: value.toFixed(4), fine };
  } catch (error) {
    console.error(error);
    return { ...row, seconds: secondsFrom(), reached: "failed", fine: false };
  }
};

const rows: Row[] = [];
for (const name of positionals.length > 0 ? positionals : Object.keys(zoo)) {
  console.error(name);
  rows.push(await reach(name, zoo[name]!));
}

const columns = ["name", "parameters", "seconds", "reached", "wanted"] as const;
const widthOf = (column: (typeof columns)[number]) => Math.max(column.length, ...rows.map((row) => row[column].length));
const line = (cell: (column: (typeof columns)[number]) => string) =>
  columns
    .map((column) =>
      ["name", "wanted"].includes(column)
        ? cell(column).padEnd(widthOf(column))
        : cell(column).padStart(widthOf(column)),
    )
    .join("  ");
console.log(line((column) => column).trimEnd());
for (const row of rows) console.log(`${line((column) => row[column])}${row.fine ? "" : "  FELL SHORT"}`);
process.exit(rows.every(({ fine }) => fine) ? 0 : 1);

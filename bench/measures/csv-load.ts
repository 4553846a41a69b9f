import { defineBench } from "../harness/bench.ts";
import { interleave } from "../harness/interleave.ts";
import type { Mark } from "../harness/marks.ts";

const rounds = 5;

export const csvLoad = defineBench({
  name: "csv-load",
  measures: [
    {
      name: "csv-load",
      about:
        "a CSV file of 1,000,000 x 33 numbers read, scaled, checked and put on the device, against a bare Polars read",
      unit: "ms",
      definition: "ours / peer",
      goal: { relation: "<=", value: 1.3 },
    },
  ],
  run: async (workplace) => {
    await using peer = await workplace.peer("csv_load.py", "product");
    let against = peer.name;
    // The first of each reads the file from the disk.
    for (const variant of ["read", "load"]) await peer.train(variant, 1);
    const samples = await interleave(rounds, {
      ours: async () => milliseconds((await peer.train("load", 1)).marks),
      peer: async () => {
        const { marks, setting } = await peer.train("read", 1);
        against = `${peer.name}: ${setting}`;
        return milliseconds(marks);
      },
    });
    return { "csv-load": { samples, against } };
  },
});

/** Between each mark and the next. */
const milliseconds = (marks: readonly Mark[]): readonly number[] =>
  marks.slice(1).map(({ seconds }, i) => 1000 * (seconds - marks[i]!.seconds));

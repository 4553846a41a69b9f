import { local } from "@flaxen/runner-local";
import { onDisk } from "../../trained/record.ts";
import { type Command, places, placesOf, UsageError } from "../command.ts";
import { tableOf } from "../table.ts";

const usual = 20;

export const runs: Command = {
  usage: "",
  summary: "lists the runs, newest first, with what is proven of them",
  options: {
    ...places,
    limit: { type: "string", value: "number", summary: `how many at most (${usual})` },
    json: { type: "boolean", summary: "all of them, as data" },
  },
  words: 0,
  run: async (_, values, { out }) => {
    const limit = limitOf(values.limit);
    const listed = await local(placesOf(values)).runs();
    if (values.json) out(JSON.stringify(listed, onDisk, 2));
    else if (listed.length === 0) out("There are no runs yet.");
    else out(tableOf(listed.slice(0, limit), new Date()));
    const more = listed.length - limit;
    if (more > 0 && !values.json) out(`… and ${more} more: flaxen runs --limit ${listed.length}`);
    return 0;
  },
};

const limitOf = (given: string | boolean | undefined): number => {
  if (given === undefined) return usual;
  const limit = Number(given);
  if (Number.isSafeInteger(limit) && limit > 0) return limit;
  throw new UsageError(`flaxen runs --limit must be a whole number above 0, not "${given}".`);
};

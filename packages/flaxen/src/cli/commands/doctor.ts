import { doctor as examine, renderDiagnosis } from "@flaxen/runner-local";
import { type Command, places, placesOf } from "../command.ts";

/** Exit code 1 when there is a problem; a warning is none. */
export const doctor: Command = {
  usage: "",
  summary: "says what is missing for training on this machine, and what to do",
  options: { ...places, json: { type: "boolean", summary: "as data" } },
  words: 0,
  run: async (_, values, { out, color }) => {
    const diagnosis = await examine(placesOf(values));
    out(values.json ? JSON.stringify(diagnosis, null, 2) : renderDiagnosis(diagnosis, { color }));
    return diagnosis.ok ? 0 : 1;
  },
};

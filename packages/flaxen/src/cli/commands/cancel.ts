import { local } from "@flaxen/runner-local";
import { type Command, places, placesOf } from "../command.ts";

/** Exit code 1 only when nobody could end the run, because it is lost. */
export const cancel: Command = {
  usage: "<id>",
  summary: "ends a run, at any stage, and says how it ended",
  options: places,
  words: 1,
  run: async ([id = ""], values, { out }) => {
    await using run = await local(placesOf(values)).attach(id);
    const ending = await run.cancel();
    const remark = ending === "cancelled" ? "" : ending === "lost" ? ": there was nothing to cancel" : " before that";
    out(`${run.id}: ${ending}${remark}`);
    return ending === "lost" ? 1 : 0;
  },
};

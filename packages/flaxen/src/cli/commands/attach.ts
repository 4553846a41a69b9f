import { type Ending, type Event, type Run, RunLostError } from "@flaxen/runner";
import { local } from "@flaxen/runner-local";
import { progress } from "../../progress/progress.ts";
import { type Command, places, placesOf } from "../command.ts";

const leftBySignal = 130;
const well: readonly Ending[] = ["completed", "stopped"];

/** Exit code 1 when the run did not end well, 130 when it was left with Ctrl-C. */
export const attach: Command = {
  usage: "<id>",
  summary: "shows how a run goes; Ctrl-C leaves it, and it goes on",
  options: places,
  words: 1,
  run: async ([id = ""], values, { error }) => {
    await using run = await local(placesOf(values)).attach(id);
    const left = new AbortController();
    const leave = () => left.abort();
    // Not `once`: the progress ends the process when nobody else listens to the signal.
    process.on("SIGINT", leave);
    try {
      const ending = await watch(run, left.signal);
      if (!left.signal.aborted || ending !== undefined) return ending !== undefined && well.includes(ending) ? 0 : 1;
      error(`Left. ${run.id} goes on: flaxen attach ${run.id}, or flaxen cancel ${run.id}`);
      return leftBySignal;
    } catch (failed) {
      // Told already, in the last line.
      if (RunLostError.isInstance(failed)) return 1;
      throw failed;
    } finally {
      process.off("SIGINT", leave);
    }
  },
};

/** Shows the run until its end, which is returned, or until the signal. */
const watch = async (run: Run, signal: AbortSignal): Promise<Ending | undefined> => {
  let ending: Ending | undefined;
  await progress({
    get connection() {
      return run.connection;
    },
    async *[Symbol.asyncIterator](): AsyncGenerator<Event> {
      for await (const event of run.events({ signal })) {
        if (event.type === "run.ended") ending = event.reason;
        yield event;
      }
    },
  });
  return ending;
};

import { createHash } from "node:crypto";
import type { Cursor, Event } from "@flaxen/runner";

/** What a client tells of an event that it was given. */
export interface SeenEvent {
  /** Behind the event: where the next client goes on. */
  readonly cursor: Cursor;
  /** `<attempt>:<seq>:<step>`: no other event of the run has it. */
  readonly key: string;
  /** Of the whole event. */
  readonly digest: string;
  readonly ending: string;
}

export const seenEvent = (event: Event, cursor: Cursor): SeenEvent => ({
  cursor,
  key: `${event.attempt}:${event.seq}:${event.type === "step" ? event.step : ""}`,
  digest: createHash("sha256")
    .update(JSON.stringify(sorted(event)))
    .digest("base64url")
    .slice(0, 22),
  ending: event.type === "run.ended" ? event.reason : "",
});

export const toLine = ({ cursor, key, digest, ending }: SeenEvent): string => `${cursor} ${key} ${digest} ${ending}\n`;

export const fromLine = (line: string): SeenEvent => {
  const [cursor = "", key = "", digest = "", ending = ""] = line.split(" ");
  return { cursor: cursor as Cursor, key, digest, ending };
};

const sorted = (event: Event): unknown => Object.entries(event).sort(([one], [other]) => (one < other ? -1 : 1));

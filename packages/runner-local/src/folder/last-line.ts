import { open } from "node:fs/promises";
import { join } from "node:path";
import { type Ending, endings } from "@flaxen/runner";

/** Bytes of the log's end that are looked at: what most last lines need, then more than the longest one. */
const pieces = [8 * 1024, 300 * 1024];

/** A run's end as its log tells it. */
export interface LoggedEnd {
  readonly reason: Ending;
  readonly metrics: Readonly<Record<string, number>>;
}

/** How a run ended, by the last whole line of an attempt's log; undefined where that line is no end. */
export const loggedEnd = async (folder: string, attempt: number): Promise<LoggedEnd | undefined> => {
  const file = await open(join(folder, `attempt-${attempt}`, "events.jsonl")).catch(() => undefined);
  if (!file) return undefined;
  try {
    const { size } = await file.stat();
    for (const piece of pieces) {
      const start = Math.max(0, size - piece);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
      const lines = buffer.toString("utf8", 0, bytesRead).split("\n");
      if (start === 0 || lines.length > 2) return endOf(lines.at(-2) ?? "");
    }
    return undefined;
  } finally {
    await file.close();
  }
};

const endOf = (line: string): LoggedEnd | undefined => {
  try {
    const { type, reason, metrics } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const known = type === "run.ended" ? endings.find((ending) => ending === reason) : undefined;
    // Numbers that are not finite stand there as words: "NaN".
    const numbers = Object.entries(metrics ?? {}).map(([name, value]) => [name, Number(value)] as const);
    return known && { reason: known, metrics: Object.fromEntries(numbers) };
  } catch {
    return undefined;
  }
};

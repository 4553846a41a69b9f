import * as z from "zod";
import { MalformedEventError, UnknownEventVersionError } from "../errors/log-errors.ts";
import { type Event, type StepEvent, type WireEvent, wireEvent } from "../events.ts";
import type { TextLine } from "./line-splitter.ts";

type StepsLine = Extract<WireEvent, { type: "steps" }>;
/** What a line says: one event, or a batch of steps in columns. */
export type Content = Exclude<Event, StepEvent> | (Omit<StepsLine, "v" | "att"> & { readonly attempt: number });
export interface ParsedLine {
  readonly attempt: number;
  readonly seq: number;
  /** Checks the rest of the line. @throws MalformedEventError */
  content(): Content;
}

/** The same schemas with a consumer's envelope: what is left out is stripped by the check itself. */
const schemas: ReadonlyMap<string, z.ZodType> = new Map(
  wireEvent.options.map((option) => {
    const { v: _, att, ...shape } = option.shape;
    return [option.shape.type.value, z.compile(z.object({ ...shape, attempt: att }))];
  }),
);

/** @throws MalformedEventError, UnknownEventVersionError */
export const parseLine = (line: TextLine): ParsedLine => {
  const raw = readJson(line);
  if (raw.v !== 1) throw new UnknownEventVersionError(raw.v);
  const { att: attempt, seq, type } = raw;
  if (!isCount(attempt) || !isCount(seq) || typeof type !== "string") {
    throw new MalformedEventError(line.start, line.text, "its envelope (att, seq, type) is incomplete");
  }
  return { attempt, seq, content: () => check(raw, attempt, type, line) };
};

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const readJson = ({ text, start }: TextLine): Record<string, unknown> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new MalformedEventError(start, text, "it is not JSON", cause);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new MalformedEventError(start, text, "it is not a JSON object");
  }
  return value as Record<string, unknown>;
};

const check = (raw: Record<string, unknown>, attempt: number, type: string, line: TextLine): Content => {
  const schema = schemas.get(type);
  if (!schema) return other(raw, attempt, type);
  raw.attempt = attempt;
  const checked = schema.safeParse(raw);
  if (!checked.success) throw malformed(line, type, checked.error);
  const content = checked.data as Content;
  if (content.type === "steps") checkColumns(content, line);
  return content;
};

const other = (raw: Record<string, unknown>, attempt: number, name: string): Content => {
  const { v: _v, att: _att, run, seq, t, m, type: _type, ...data } = raw;
  return { run: String(run), attempt, seq: Number(seq), t: Number(t), m: Number(m), type: "other", name, data };
};

const checkColumns = (steps: Pick<StepsLine, "count" | "metrics">, line: TextLine) => {
  for (const name in steps.metrics) {
    const length = steps.metrics[name]!.length;
    if (length === steps.count) continue;
    const why = `it reports ${steps.count} steps and ${length} values of "${name}"`;
    throw new MalformedEventError(line.start, line.text, why);
  }
};

const malformed = (line: TextLine, type: string, error: z.ZodError) => {
  const issue = error.issues[0]!;
  const why = `"${issue.path.join(".")}" of "${type}": ${issue.message}`;
  return new MalformedEventError(line.start, line.text, why, error);
};

/** "warning": works, with a drawback or soon not any more; "problem": something will fail. */
export type Verdict = "ok" | "warning" | "problem";

/** One thing that was looked at, in words for whoever sits at the machine. */
export interface Finding {
  /** "python", "disk": what was looked at. */
  readonly topic: string;
  readonly verdict: Verdict;
  readonly text: string;
  /** What to do. */
  readonly advice?: string | undefined;
}

export const finding = (topic: string, verdict: Verdict, text: string, advice?: string): Finding => ({
  topic,
  verdict,
  text,
  advice,
});

const gigabyte = 1e9;

/** "68 GB", "0.4 GB" */
export const gigabytes = (bytes: number): string => `${(bytes / gigabyte).toFixed(bytes < 10 * gigabyte ? 1 : 0)} GB`;

/** "1 GPU", "2 GPUs" */
export const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? "" : "s"}`;

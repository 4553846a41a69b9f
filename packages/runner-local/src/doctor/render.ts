import { styleText } from "node:util";
import type { Diagnosis } from "./doctor.ts";
import type { Finding, Verdict } from "./finding.ts";

const colors = { ok: "green", warning: "yellow", problem: "red" } as const satisfies Record<Verdict, string>;

/** A diagnosis as text, a line for each finding, what to do below it, and what it comes to at the end. */
export const renderDiagnosis = (
  { findings }: Diagnosis,
  { color = false }: { readonly color?: boolean } = {},
): string => {
  const width = Math.max(...findings.map(({ topic }) => topic.length));
  const paint = (verdict: Verdict, text: string) =>
    color ? styleText(colors[verdict], text, { validateStream: false }) : text;
  const lines = ({ topic, verdict, text, advice }: Finding): string => {
    const line = `${paint(verdict, verdict.padEnd(7))}  ${topic.padEnd(width)}  ${text}`;
    return advice === undefined ? line : `${line}\n${" ".repeat(width + 11)}→ ${advice}`;
  };
  return `${findings.map(lines).join("\n")}\n\n${summary(findings)}`;
};

const summary = (findings: readonly Finding[]): string => {
  const count = (verdict: Verdict) => findings.filter((each) => each.verdict === verdict).length;
  const problems = count("problem");
  const warnings = count("warning");
  if (problems > 0) return `${problems === 1 ? "One problem" : `${problems} problems`} to solve.`;
  return warnings > 0 ? "Flaxen can train here; see the warnings." : "Flaxen can train here.";
};

import type { SchedulePrinter } from "./printer.ts";

/** Each part sees a run of its own, which ends where the next one begins. */
export const join: SchedulePrinter = {
  keys: { from: "from" },
  body: ({ hp, params, part }) => {
    const from = params.from as readonly number[];
    const first = part(0, "step", `hp | {"total_steps": ${hp("from", 0)}}`);
    const others = from.flatMap((_, i) => {
      const end = i + 1 < from.length ? hp("from", i + 1) : `hp["total_steps"]`;
      const { rate, constant } = part(i + 1, "jnp.maximum(step - start, 0)", `hp | {"total_steps": end - start}`);
      const result = i + 1 < from.length ? "rate =" : "return";
      return constant
        ? [`${result} jnp.where(step < ${hp("from", i)}, rate, ${rate})`]
        : [
            `start, end = ${hp("from", i)}, ${end}`,
            `later = ${rate}`,
            `${result} jnp.where(step < start, rate, later)`,
          ];
    });
    return {
      doc: "One schedule after another; each counts steps from its own beginning.",
      lines: [`rate = ${first.rate}`, ...others],
    };
  },
};

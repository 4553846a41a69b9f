import type { ScheduleContext, SchedulePrinter } from "./printer.ts";

/** How many periods of `every` steps, or epochs, have passed. */
const periods = (hp: ScheduleContext["hp"], { unit }: ScheduleContext["params"]): string =>
  unit === "epochs" ? `step / (${hp("every")} * hp["steps_per_epoch"])` : `step / ${hp("every")}`;

export const constant: SchedulePrinter = { keys: { value: "learning_rate" } };

export const linear: SchedulePrinter = {
  keys: { peak: "learning_rate", end: "end" },
  body: ({ hp }) => ({
    doc: "Goes from its first value to `end` along a straight line.",
    lines: [
      `progress = step / jnp.maximum(hp["total_steps"], 1)`,
      `return ${hp("peak")} + (${hp("end")} - ${hp("peak")}) * jnp.clip(progress, 0, 1)`,
    ],
  }),
};

export const polynomial: SchedulePrinter = {
  keys: { peak: "learning_rate", end: "end", power: "power" },
  body: ({ hp }) => ({
    doc: "Falls from its peak to `end` along a power of what is left of the run.",
    lines: [
      `left = jnp.clip(1 - step / jnp.maximum(hp["total_steps"], 1), 0, 1)`,
      `return ${hp("end")} + (${hp("peak")} - ${hp("end")}) * left ** ${hp("power")}`,
    ],
  }),
};

export const cosine: SchedulePrinter = {
  keys: { peak: "learning_rate", end: "end" },
  body: ({ hp, params }) => {
    const progress = `progress = step / jnp.maximum(hp["total_steps"], 1)`;
    const falling = "0.5 * (1 + jnp.cos(jnp.pi * jnp.clip(progress, 0, 1)))";
    return params.end === undefined
      ? { doc: "Falls from its peak to zero along a cosine.", lines: [progress, `return ${hp("peak")} * ${falling}`] }
      : {
          doc: "Falls from its peak to `end` along a cosine.",
          lines: [`peak, end = ${hp("peak")}, ${hp("end")}`, progress, `return end + (peak - end) * ${falling}`],
        };
  },
};

export const cosineRestarts: SchedulePrinter = {
  keys: { peak: "learning_rate", period: "period", end: "end" },
  body: ({ hp, params }) => {
    const growth = params.growth as number;
    const cycles =
      growth === 1
        ? [`progress = (step % ${hp("period")}) / ${hp("period")}`]
        : [
            `period = ${hp("period")}`,
            `grown = ${growth === 2 ? "(step + 0.5)" : `(step + 0.5) * ${growth - 1}`} / period  # half a step: what is rounded misses no restart`,
            `cycle = period * ${growth}.0 ** jnp.floor(jnp.log1p(grown) / jnp.log(${growth}.0))`,
            `progress = (step - ${growth === 2 ? "(cycle - period)" : `(cycle - period) / ${growth - 1}`}) / cycle`,
          ];
    return {
      doc: `Falls from its peak to \`end\` along a cosine, again and again${growth === 1 ? "" : `, ${growth} times slower each time`}.`,
      lines: [
        `peak, end = ${hp("peak")}, ${hp("end")}`,
        ...cycles,
        "return end + (peak - end) * 0.5 * (1 + jnp.cos(jnp.pi * jnp.clip(progress, 0, 1)))",
      ],
    };
  },
};

export const exponential: SchedulePrinter = {
  keys: { peak: "learning_rate", factor: "factor", every: "every" },
  body: ({ hp, params }) => {
    const times = periods(hp, params);
    return {
      doc: `Is multiplied by \`factor\` ${params.staircase ? "after" : "over"} every \`every\` ${params.unit ?? "steps"}.`,
      lines: [`return ${hp("peak")} * ${hp("factor")} ** ${params.staircase ? `jnp.floor(${times})` : `(${times})`}`],
    };
  },
};

export const step: SchedulePrinter = {
  keys: { peak: "learning_rate", every: "every", factor: "factor" },
  body: ({ hp, params }) => ({
    doc: `Is multiplied by \`factor\` after every \`every\` ${params.unit ?? "steps"}.`,
    lines: [`return ${hp("peak")} * ${hp("factor")} ** jnp.floor(${periods(hp, params)})`],
  }),
};

export const inverseTime: SchedulePrinter = {
  keys: { peak: "learning_rate", rate: "decay_rate", every: "every" },
  body: ({ hp, params }) => {
    const times = periods(hp, params);
    return {
      doc: `Is divided by a number that grows by \`decay_rate\` ${params.staircase ? "after" : "over"} every \`every\` steps.`,
      lines: [`return ${hp("peak")} / (1 + ${hp("rate")} * ${params.staircase ? `jnp.floor(${times})` : times})`],
    };
  },
};

export const piecewise: SchedulePrinter = {
  keys: { rates: "rate", from: "from" },
  body: ({ hp, params }) => {
    const from = params.from as readonly number[];
    const values = [
      hp("rates", 0),
      ...from.map((_, i) => `jnp.where(step < ${hp("from", i)}, rate, ${hp("rates", i + 1)})`),
    ];
    return {
      doc: "One value after another, each from its step on.",
      lines: [...values.slice(0, -1).map((value) => `rate = ${value}`), `return ${values.at(-1)}`],
    };
  },
};

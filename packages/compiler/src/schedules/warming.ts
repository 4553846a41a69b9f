import type { ScheduleBody, ScheduleContext, SchedulePrinter } from "./printer.ts";

const cosineOf = (progress: string) => `0.5 * (1 + jnp.cos(jnp.pi * jnp.clip(${progress}, 0, 1)))`;

export const warmupConstant: SchedulePrinter = {
  keys: { peak: "learning_rate", warmupSteps: "warmup_steps" },
  body: ({ hp }) => ({
    doc: "Rises to its peak over `warmup_steps` and stays there.",
    lines: [
      `warmup = step / jnp.maximum(${hp("warmupSteps")}, 1)`,
      `return jnp.where(step < ${hp("warmupSteps")}, ${hp("peak")} * warmup, ${hp("peak")})`,
    ],
  }),
};

export const warmupLinear: SchedulePrinter = {
  keys: { peak: "learning_rate", warmupSteps: "warmup_steps", end: "end" },
  body: ({ hp }) => ({
    doc: "Rises to its peak over `warmup_steps`, then falls to `end` along a straight line.",
    lines: [
      `peak, end, warmup_steps = ${hp("peak")}, ${hp("end")}, ${hp("warmupSteps")}`,
      "warmup = peak * step / jnp.maximum(warmup_steps, 1)",
      `progress = (step - warmup_steps) / jnp.maximum(hp["total_steps"] - warmup_steps, 1)`,
      "return jnp.where(step < warmup_steps, warmup, peak + (end - peak) * jnp.clip(progress, 0, 1))",
    ],
  }),
};

export const warmupCosine: SchedulePrinter = {
  keys: { peak: "learning_rate", warmupSteps: "warmup_steps", end: "end" },
  body: ({ hp, params }) =>
    params.end === undefined
      ? {
          doc: "Rises to its peak over `warmup_steps`, then falls to zero along a cosine.",
          lines: [
            `warmup = ${hp("peak")} * step / jnp.maximum(${hp("warmupSteps")}, 1)`,
            `progress = (step - ${hp("warmupSteps")}) / jnp.maximum(hp["total_steps"] - ${hp("warmupSteps")}, 1)`,
            `cosine = ${hp("peak")} * ${cosineOf("progress")}`,
            `return jnp.where(step < ${hp("warmupSteps")}, warmup, cosine)`,
          ],
        }
      : {
          doc: "Rises to its peak over `warmup_steps`, then falls to `end` along a cosine.",
          lines: [
            `peak, end, warmup_steps = ${hp("peak")}, ${hp("end")}, ${hp("warmupSteps")}`,
            "warmup = peak * step / jnp.maximum(warmup_steps, 1)",
            `progress = (step - warmup_steps) / jnp.maximum(hp["total_steps"] - warmup_steps, 1)`,
            `cosine = end + (peak - end) * ${cosineOf("progress")}`,
            "return jnp.where(step < warmup_steps, warmup, cosine)",
          ],
        },
};

export const warmupExponential: SchedulePrinter = {
  keys: { peak: "learning_rate", warmupSteps: "warmup_steps", factor: "factor", every: "every", end: "end" },
  body: ({ hp }) => ({
    doc: "Rises to its peak over `warmup_steps`, then is multiplied by `factor` over every `every` steps, down to `end`.",
    lines: [
      `peak, warmup_steps = ${hp("peak")}, ${hp("warmupSteps")}`,
      "warmup = peak * step / jnp.maximum(warmup_steps, 1)",
      `falling = peak * ${hp("factor")} ** (jnp.maximum(step - warmup_steps, 0) / ${hp("every")})`,
      `return jnp.where(step < warmup_steps, warmup, jnp.maximum(falling, ${hp("end")}))`,
    ],
  }),
};

export const warmupStableDecay: SchedulePrinter = {
  keys: { peak: "learning_rate", warmupSteps: "warmup_steps", decaySteps: "decay_steps", end: "end" },
  body: ({ hp }) => ({
    doc: "Rises to its peak over `warmup_steps`, stays there, and falls to `end` over the last `decay_steps`.",
    lines: [
      `peak, end, warmup_steps = ${hp("peak")}, ${hp("end")}, ${hp("warmupSteps")}`,
      "warmup = peak * step / jnp.maximum(warmup_steps, 1)",
      `left = (hp["total_steps"] - step) / jnp.maximum(${hp("decaySteps")}, 1)`,
      "return jnp.where(step < warmup_steps, warmup, end + (peak - end) * jnp.clip(left, 0, 1))",
    ],
  }),
};

export const inverseSqrt: SchedulePrinter = {
  keys: { peak: "learning_rate", warmupSteps: "warmup_steps" },
  body: ({ hp }) => ({
    doc: "Rises to its peak over `warmup_steps`, then falls with the root of the step.",
    lines: [
      `top = jnp.maximum(${hp("warmupSteps")}, 1)`,
      "falling = jnp.sqrt(top / jnp.maximum(step, top))",
      `return ${hp("peak")} * jnp.where(step < ${hp("warmupSteps")}, step / top, falling)`,
    ],
  }),
};

export const oneCycle: SchedulePrinter = {
  keys: { peak: "learning_rate", warmup: "warmup", startFactor: "start_factor", endFactor: "end_factor" },
  body: ({ hp, params }) => {
    if (params.anneal === "linear") return straightCycle(hp);
    const lines = [
      `top, start, end = ${hp("warmup")} * hp["total_steps"], ${hp("startFactor")}, ${hp("endFactor")}`,
      "rising = 0.5 * (1 - jnp.cos(jnp.pi * jnp.clip(step / jnp.maximum(top, 1), 0, 1)))",
      `progress = (step - top) / jnp.maximum(hp["total_steps"] - top, 1)`,
      `falling = ${cosineOf("progress")}`,
      `return ${hp("peak")} * jnp.where(step < top, start + (1 - start) * rising, end + (1 - end) * falling)`,
    ];
    return { doc: "Rises to its peak along a cosine, then falls far below its start along another.", lines };
  },
};

const straightCycle = (hp: ScheduleContext["hp"]): ScheduleBody => ({
  doc: "Rises to its peak along a straight line, then falls far below its start along another.",
  lines: [
    `top, start, end = ${hp("warmup")} * hp["total_steps"], ${hp("startFactor")}, ${hp("endFactor")}`,
    "rising = start + (1 - start) * jnp.clip(step / jnp.maximum(top, 1), 0, 1)",
    `progress = (step - top) / jnp.maximum(hp["total_steps"] - top, 1)`,
    "falling = 1 + (end - 1) * jnp.clip(progress, 0, 1)",
    `return ${hp("peak")} * jnp.where(step < top, rising, falling)`,
  ],
});

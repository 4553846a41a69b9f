import type { SchedulePrinter } from "./printer.ts";

export const warmupCosine: SchedulePrinter = {
  keys: { peak: "learning_rate", warmupSteps: "warmup_steps" },
  source: `\
def learning_rate(step, hp):
    """Rises to its peak over \`warmup_steps\`, then falls to zero along a cosine."""
    warmup = hp["learning_rate"] * step / jnp.maximum(hp["warmup_steps"], 1)
    progress = (step - hp["warmup_steps"]) / jnp.maximum(hp["total_steps"] - hp["warmup_steps"], 1)
    cosine = hp["learning_rate"] * 0.5 * (1 + jnp.cos(jnp.pi * jnp.clip(progress, 0, 1)))
    return jnp.where(step < hp["warmup_steps"], warmup, cosine)`,
};

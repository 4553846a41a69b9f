import type { SchedulePrinter } from "./printer.ts";

export const cosine: SchedulePrinter = {
  keys: { peak: "learning_rate" },
  source: `\
def learning_rate(step, hp):
    """Falls from its peak to zero along a cosine."""
    progress = step / jnp.maximum(hp["total_steps"], 1)
    return hp["learning_rate"] * 0.5 * (1 + jnp.cos(jnp.pi * jnp.clip(progress, 0, 1)))`,
};

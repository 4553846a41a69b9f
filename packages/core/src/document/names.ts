/** "learningRate" -> "learning_rate": how a name is written in Python. */
export const snakeCase = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();

/** Two names with one key would be one Python identifier. */
export const nameKey = snakeCase;

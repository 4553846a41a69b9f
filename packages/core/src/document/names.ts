/** Two names with one key would be one Python identifier: "learningRate" and "learning_rate". */
export const nameKey = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();

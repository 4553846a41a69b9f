/** What a document may hold: more is a mistake or an attack. Far above what trains on one machine. */
export const limits = {
  /** Levels of nesting of the JSON. */
  depth: 64,
  /** Characters of a document given as text. */
  text: 2 ** 26,
  /** Nodes of all graphs, those of a block counted as often as it is applied. */
  nodes: 2 ** 17,
  /** Numbers in one array of a model, and in all its weights. */
  numbers: 2 ** 40,
  /** The largest size of an axis, a vocabulary, a count. */
  size: 2 ** 31 - 1,
} as const;

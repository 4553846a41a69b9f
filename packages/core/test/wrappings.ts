/** How a chain of calls is put into a block. */
export const wrappings: Readonly<Record<string, (chain: string) => string>> = {
  pipe: (chain) => `.pipe(graph${chain})`,
  "nested pipe": (chain) => `.pipe(graph.pipe(graph${chain}).pipe((x) => x))`,
  "piped function": (chain) => `.pipe((x) => x${chain})`,
  repeat: (chain) => `.repeat(3, graph${chain})`,
  "repeated function": (chain) => `.repeat(2, (x) => x${chain})`,
  "repeat in a named block": (chain) =>
    `.pipe(graph.block("part", graph.repeat(2, graph${chain}), { numbered: true }))`,
  "repeated named block": (chain) => `.repeat(2, graph.block("part", graph${chain}, { numbered: true }))`,
  parallel: (chain) => `.parallel([graph, graph${chain}], "add")`,
  "parallel functions": (chain) => `.parallel([(x) => x${chain}, (x) => x${chain}, graph], "concat")`,
  "parallel in a block": (chain) => `.pipe(graph.parallel([graph.relu(), graph${chain}], "multiply"))`,
  branch: (chain) => `.branch({ one: graph${chain}, two: (x) => x.relu() }).one`,
  residual: (chain) => `.residual(graph${chain})`,
  "residual function": (chain) => `.residual((x) => x${chain})`,
  "residual in a block": (chain) => `.pipe(graph.residual(graph${chain}))`,
  "named block": (chain) => `.pipe(graph.block("part", graph${chain}, { numbered: true }))`,
  "named block in a block": (chain) =>
    `.pipe(graph.block("part", (x) => x${chain}, { numbered: true }).pipe((x) => x))`,
};

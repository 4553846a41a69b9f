/**
 * What `roots` depend on, each item after its operands, operands in their order: a topological and a reading order.
 *
 * Linear in time; `cycle` is handed the items on the way round.
 */
export const depthFirst = <T>(
  roots: Iterable<T>,
  operands: (item: T) => readonly T[],
  cycle: (path: readonly T[]) => Error,
): readonly T[] => {
  const done = new Set<T>();
  const open = new Set<T>();
  const order: T[] = [];
  for (const root of roots) {
    const stack: { item: T; next: number }[] = done.has(root) ? [] : [{ item: root, next: 0 }];
    if (stack.length > 0) open.add(root);
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const operand = operands(top.item)[top.next++];
      if (operand === undefined) {
        stack.pop();
        open.delete(top.item);
        done.add(top.item);
        order.push(top.item);
      } else if (open.has(operand)) {
        const path = stack.map(({ item }) => item);
        throw cycle([...path.slice(path.indexOf(operand)), operand]);
      } else if (!done.has(operand)) {
        open.add(operand);
        stack.push({ item: operand, next: 0 });
      }
    }
  }
  return order;
};

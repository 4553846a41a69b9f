import { alike, type Operations, onFloat, type Reached, type Writer } from "./operation.ts";

const operand = (before: Reached, { near, chance, pick }: Writer): string =>
  chance(0.3) ? pick(["2", "-3", "0.5", "1"]) : near(before);

const withOperand = (method: string) => ({
  write: (before: Reached, writer: Writer) => `.${method}(${operand(before, writer)})`,
  fits: () => 1,
});
const argumentsOf: Readonly<Record<string, string>> = { power: "2", clip: "0, 1" };
const unary = ["abs", "log", "sqrt", "square", "negate", "sin", "cos", "power", "clip", "stopGradient"];

export const math: Operations = {
  add: withOperand("add"),
  ...alike(["subtract", "multiply", "divide", "maximum", "minimum"], withOperand),
  ...alike(unary, (method) => ({ write: () => `.${method}(${argumentsOf[method] ?? ""})`, fits: onFloat })),
  constant: {
    write({ shape }, { pick }) {
      const axes = shape.length - 1;
      return `.${pick(["multiply", "add"])}(graph.constant(${"[".repeat(axes)}0.5${"]".repeat(axes)}))`;
    },
    fits: onFloat,
  },
  cast: { write: (_, { pick }) => `.cast("${pick(["float", "int"])}")`, fits: () => 1 },
  where: {
    write: (before, writer) => {
      const condition = writer.near({ ...before, dtype: "int" });
      return `.where(${condition}, ${operand(before, writer)})`;
    },
    fits: () => 1,
  },
  matmul: {
    write: ({ shape, dtype }, { near, anyDim, chance }) => {
      const turned = [...shape.slice(0, -2), shape.at(-1)!, chance(0.8) ? anyDim() : 1];
      return `.matmul(${near({ shape: turned, dtype })})`;
    },
    fits: (before) => (before.shape.length > 2 ? 2 * onFloat(before) : 0),
  },
  dot: { write: (before, { near }) => `.dot(${near(before)})`, fits: onFloat },
  einsum: {
    write: ({ shape, dtype }, { near, pick, anyDim }) => {
      if (shape.length === 3) {
        const [equation, axes] = pick([
          ["bij,bkj->bik", [1, 2]],
          ["bij,bjk->bik", [2, 0]],
          ["bij,bij->b", [1, 2]],
          ["bij,bi->bj", [1]],
          ["bij,bjk->ik", [2, 0]],
          ["bij,cjk->bik", [2, 0]],
        ] as const);
        const other = [shape[0]!, ...axes.map((axis) => (axis === 0 ? anyDim() : shape[axis]!))];
        return `.einsum("${equation}", ${near({ shape: other, dtype })})`;
      }
      return `.einsum("${pick(["bi,bi->b", "bi,bj->bij", "bi,bi->bk", "bi,bi,bi->bi"])}", [${near({ shape, dtype })}])`;
    },
    fits: onFloat,
  },
  ...alike(["equal", "notEqual", "greater", "greaterEqual", "less", "lessEqual"], withOperand),
};

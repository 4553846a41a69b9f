import { type AnyTensor, type Block, data, experiment, graph, head, model, type Tensor } from "@flaxen/core";
import { compile } from "../src/compile.ts";

/** model.py of a model that is nothing but an input, a block and a head. */
export const modelOf = (shape: readonly number[], block: Block, dtype: "float" | "int" = "float"): string => {
  const name = shape.length === 1 ? "row" : shape.length === 3 ? "image" : "x";
  const input = graph.input(name, shape, { dtype }) as AnyTensor;
  return modelText({ [name]: input }, input.pipe(block as Block<[]>) as Tensor);
};

/** model.py of a model that reads these inputs. */
export const modelText = (inputs: Readonly<Record<string, AnyTensor>>, output: Tensor): string => {
  const net = model({ name: "net", inputs, heads: { price: head.regression(output.flatten()) } });
  const columns = Object.fromEntries(Object.keys(inputs).map((name) => [name, `${name}.idx`]));
  const files = data.idx({ train: { ...columns, price: "prices.idx" } });
  return compile(experiment(net, { data: files, steps: 1, batchSize: 2 }).document).program.files["model.py"]!;
};

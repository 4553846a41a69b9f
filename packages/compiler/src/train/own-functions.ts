import {
  functionsIn,
  type HeadDocument,
  type OwnLossDocument,
  type OwnMetricDocument,
  OwnPartError,
  type Score,
} from "@flaxen/core";
import { keywords, reserved, trainNames } from "../python/reserved.ts";

/** What train.py defines itself in some programs. */
const sometimes = /^(FROZEN|GROUPS|PARTS|frozen|groups|kernels|(group[0-9]+_)?learning_rate(_[0-9]+)?)$/;

const ownOf = ({ params }: HeadDocument): readonly (OwnLossDocument | OwnMetricDocument)[] =>
  [params.loss as Score<OwnLossDocument>, ...(params.metrics as readonly Score<OwnMetricDocument>[])].filter(
    (score) => typeof score !== "string",
  );

/** The functions of own losses and metrics. */
export interface OwnFunctions {
  readonly names: readonly string[];
  /** Each a text, once. */
  readonly texts: readonly string[];
}

/** @param className what train.py calls the model's class */
export const ownFunctions = (heads: readonly HeadDocument[], className: string): OwnFunctions => {
  const taken = new Map<string, string>();
  const texts = new Set<string>();
  for (const { name: part, python } of heads.flatMap(ownOf)) {
    for (const name of functionsIn(python)!) {
      if (
        keywords.has(name) ||
        reserved.has(name) ||
        trainNames.includes(name) ||
        sometimes.test(name) ||
        name === className
      )
        throw new OwnPartError(
          `"${part}" defines a Python function "${name}", but train.py has a ${name} already. Give it another name.`,
        );
      if ((taken.get(name) ?? python) !== python)
        throw new OwnPartError(
          `two losses or metrics define a Python function "${name}". Give each a name of its own.`,
        );
      taken.set(name, python);
    }
    texts.add(python.trim());
  }
  return { names: [...taken.keys()], texts: [...texts] };
};

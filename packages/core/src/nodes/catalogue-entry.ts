import * as z from "zod";
import type { Json } from "../graph/graph-node.ts";
import type { NodeDefinition, Port } from "./definition.ts";
import { type Role, rolesOf } from "./role.ts";

/** The parameters of anything that a document names by its `type`: plain JSON. */
export interface ParametersEntry {
  /** JSON Schema (draft 2020-12) of the parameters in a document; parameters with a default may be left out. */
  readonly parameters: z.core.JSONSchema.BaseSchema;
  /** Parameter -> what it is where it is left out. */
  readonly defaults: Readonly<Record<string, Json>>;
  /** Parameter -> what changing it changes. */
  readonly roles: Readonly<Record<string, Role>>;
}

/** What an editor or a language model needs to know about a kind of node: plain JSON. */
export interface CatalogueEntry extends ParametersEntry {
  readonly type: string;
  /** Ids of its nodes are the stem and a number. */
  readonly stem: string;
  readonly doc: string;
  readonly ports: readonly Port[];
  /** Parameters that the method takes by position. */
  readonly positional: readonly string[];
  /** Whether a user may or must name it. */
  readonly named: "never" | "maybe" | "always";
}

/** Schema, defaults and roles of parameters, all from the one zod schema that also checks them. */
export const parametersEntry = (parameters: z.ZodObject): ParametersEntry => {
  const schema = z.toJSONSchema(parameters, { io: "input", unrepresentable: "any" });
  const fields = Object.entries(schema.properties ?? {}) as [string, z.core.JSONSchema.BaseSchema][];
  const defaults = fields.filter(([, field]) => field.default !== undefined);
  return {
    parameters: schema,
    defaults: Object.fromEntries(defaults.map(([key, field]) => [key, field.default as Json])),
    roles: rolesOf(parameters),
  };
};

export const catalogueEntry = (node: NodeDefinition): CatalogueEntry => ({
  type: node.name,
  stem: node.stem,
  doc: node.doc,
  ports: node.ports,
  ...parametersEntry(node.parameters),
  positional: node.positional,
  named: node.named,
});

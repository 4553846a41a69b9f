import { z } from "zod";
import type { NodeDefinition, Port } from "./definition.ts";
import { type Role, rolesOf } from "./role.ts";

/** What an editor or a language model needs to know about a kind of node: plain JSON. */
export interface CatalogueEntry {
  readonly type: string;
  /** Ids of its nodes are the stem and a number. */
  readonly stem: string;
  readonly doc: string;
  readonly ports: readonly Port[];
  /** JSON Schema of the parameters in a document; parameters with a default may be left out. */
  readonly parameters: z.core.JSONSchema.BaseSchema;
  /** Parameter -> what changing it changes. */
  readonly roles: Readonly<Record<string, Role>>;
  /** Parameters that the method takes by position. */
  readonly positional: readonly string[];
  /** Whether a user may or must name it. */
  readonly named: "never" | "maybe" | "always";
}

export const catalogueEntry = (node: NodeDefinition): CatalogueEntry => ({
  type: node.name,
  stem: node.stem,
  doc: node.doc,
  ports: node.ports,
  parameters: z.toJSONSchema(node.parameters, { io: "input" }),
  roles: rolesOf(node.parameters),
  positional: node.positional,
  named: node.named,
});

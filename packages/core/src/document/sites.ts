import type { Site } from "@flaxen/errors";

/**
 * Node id, "block/id" or head name -> the call in the user's TypeScript that made it.
 *
 * It lies beside the document, in neither its JSON nor its hash: moving a line changes nothing.
 */
export type Sites = Readonly<Record<string, Site>>;

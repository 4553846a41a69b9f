import { BadDocumentError } from "./errors.ts";
import { limits } from "./limits.ts";

const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** A key that stands twice in one object of valid JSON, or undefined. `JSON.parse` would keep the last in silence. */
const findDuplicate = (json: string): string | undefined => {
  const open: (Set<string> | undefined)[] = [];
  let before = "";
  for (const [part] of json.matchAll(token)) {
    if (part === "{") open.push(new Set());
    else if (part === "[") open.push(undefined);
    else if (part === "}" || part === "]") open.pop();
    else if (part === ":" && before !== "") {
      const key = JSON.parse(before) as string;
      const keys = open.at(-1)!;
      if (keys.has(key)) return key;
      keys.add(key);
    }
    before = part.startsWith('"') ? part : "";
  }
  return undefined;
};

/** Reads a document's text, also a stranger's: in linear time, no key twice. */
export const readText = (text: string): unknown => {
  if (text.length > limits.text)
    throw new BadDocumentError(`a document may have ${limits.text} characters, but this one has ${text.length}.`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new BadDocumentError(`the document is no JSON: ${(error as Error).message}.`, { cause: error });
  }
  const twice = findDuplicate(text);
  if (twice !== undefined)
    throw new BadDocumentError(`the document has the key ${JSON.stringify(twice)} twice in one object.`);
  return json;
};

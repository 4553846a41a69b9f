import * as z from "zod";

/**
 * Python as text: printable ASCII, lines that end in \n, indented by blanks. Whether it is Python is for Python to say,
 * when the program is imported: a syntax error there names model.py and the line.
 */
export const pythonSource = z
  .string()
  .max(20_000, { error: "must have 20000 characters or fewer" })
  .regex(/^[\n\x20-\x7e]*$/, { error: "must be printable ASCII, indented by blanks, not tabs" });

/** The name of the one class that a source defines at its left margin, or undefined where that is not so. */
export const definedIn = (python: string): { readonly name: string } | undefined => {
  const found = [...python.matchAll(/^(class|def) ([A-Za-z_]\w*)/gm)];
  const [, kind, name] = found[0] ?? [];
  return found.length === 1 && kind === "class" ? { name: name! } : undefined;
};

/** The names of the functions that a source defines at its left margin, or undefined where it defines a class there. */
export const functionsIn = (python: string): readonly string[] | undefined => {
  const found = [...python.matchAll(/^(?:(class)|(?:async )?def) ([A-Za-z_]\w*)/gm)];
  return found.some(([, kind]) => kind !== undefined) ? undefined : found.map(([, , name]) => name!);
};

import * as z from "zod";

/**
 * What changing a parameter's value changes.
 *
 * - `dynamic`: a number that enters the program as an argument; nothing is compiled again
 * - `host`: read by the Python around the compiled functions
 * - `shape`: the shape of weights
 * - `structure`: the program's text
 */
export type Role = "dynamic" | "host" | "shape" | "structure";

const mark =
  (role: Role) =>
  <Schema extends z.ZodType>(schema: Schema): Schema =>
    schema.meta({ role });

/** Says what changing a parameter changes: `role.dynamic(z.number().min(0))`. */
export const role = {
  dynamic: mark("dynamic"),
  host: mark("host"),
  shape: mark("shape"),
  structure: mark("structure"),
} satisfies Record<Role, unknown>;

const roleOf = (schema: z.core.$ZodType): Role | undefined => {
  const own = z.globalRegistry.get(schema)?.role;
  if (own !== undefined) return own as Role;
  const inner = (schema._zod.def as { innerType?: z.core.$ZodType }).innerType;
  return inner && roleOf(inner);
};

/** Parameter -> its role; `structure` where none was given. */
export const rolesOf = (schema: z.ZodObject): Readonly<Record<string, Role>> =>
  Object.fromEntries(Object.entries(schema.shape).map(([key, field]) => [key, roleOf(field) ?? "structure"]));

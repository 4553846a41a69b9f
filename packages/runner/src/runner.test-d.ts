import type { Attach, Restores, Run } from "./runner.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function is<E>(): <A>(value: A, ok: Equal<A, E> extends true ? 1 : { expected: E; actual: A }) => void;

declare const attach: Attach;
declare const digits: Restores<{ readonly accuracy: number }>;

is<Run>()(await attach("r_1"), 1);
is<Run>()(await attach("r_1", { from: "1:0:0" }), 1);
is<{ readonly accuracy: number }>()(await attach("r_1", { as: digits }), 1);
is<{ readonly accuracy: number }>()(
  await attach("r_1", { as: digits, from: (await attach("r_1")).events().cursor }),
  1,
);
// @ts-expect-error an experiment that cannot restore anything
await attach("r_1", { as: {} });
// @ts-expect-error misspelt
await attach("r_1", { form: "1:0:0" });

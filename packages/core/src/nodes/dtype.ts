/** The sentences that `inferNode` derives from ports, for rules in types. */
export type NeedsFloat<Name extends string> = `${Name} needs float, but its input is int`;
export type NeedsInt<Name extends string> = `${Name} needs int, but its input is float`;
export type DoNotMix<Name extends string, A extends string, B extends string> = `${Name}: ${A} and ${B} do not mix`;

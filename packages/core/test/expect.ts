/** True for two types that are the same, not only assignable to each other. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only for `true`: `Expect<Equal<typeof x, Tensor<["batch", 10]>>>`. */
export type Expect<Holds extends true> = Holds;

/**
 * Arithmetic on decimal strings, digit by digit.
 *
 * Operands of sums, differences and products have their least significant digit first ("reversed"),
 * results their most significant one. Tuple lengths would be shorter to write but end at a thousand.
 */

export interface Unary {
  "0": [];
  "1": [0];
  "2": [0, 0];
  "3": [0, 0, 0];
  "4": [0, 0, 0, 0];
  "5": [0, 0, 0, 0, 0];
  "6": [0, 0, 0, 0, 0, 0];
  "7": [0, 0, 0, 0, 0, 0, 0];
  "8": [0, 0, 0, 0, 0, 0, 0, 0];
  "9": [0, 0, 0, 0, 0, 0, 0, 0, 0];
}
type Digit = keyof Unary;

/** Index -> the index as two digits: sums of two digits and a carry. */
// biome-ignore format: a table
type TwoDigits = [
  "00", "01", "02", "03", "04", "05", "06", "07", "08", "09",
  "10", "11", "12", "13", "14", "15", "16", "17", "18", "19",
];
type Row<Products extends string[]> = { [D in Digit]: Products[D extends `${infer N extends number}` ? N : never] };
/** Digit times digit, as two digits. */
interface TimesTable {
  "0": Row<["00", "00", "00", "00", "00", "00", "00", "00", "00", "00"]>;
  "1": Row<["00", "01", "02", "03", "04", "05", "06", "07", "08", "09"]>;
  "2": Row<["00", "02", "04", "06", "08", "10", "12", "14", "16", "18"]>;
  "3": Row<["00", "03", "06", "09", "12", "15", "18", "21", "24", "27"]>;
  "4": Row<["00", "04", "08", "12", "16", "20", "24", "28", "32", "36"]>;
  "5": Row<["00", "05", "10", "15", "20", "25", "30", "35", "40", "45"]>;
  "6": Row<["00", "06", "12", "18", "24", "30", "36", "42", "48", "54"]>;
  "7": Row<["00", "07", "14", "21", "28", "35", "42", "49", "56", "63"]>;
  "8": Row<["00", "08", "16", "24", "32", "40", "48", "56", "64", "72"]>;
  "9": Row<["00", "09", "18", "27", "36", "45", "54", "63", "72", "81"]>;
}

export type Reverse<S extends string, Out extends string = ""> = S extends `${infer Head}${infer Tail}`
  ? Reverse<Tail, `${Head}${Out}`>
  : Out;
/** Without leading zeros. */
type Trim<S extends string> = S extends `0${infer Tail}` ? (Tail extends "" ? "0" : Trim<Tail>) : S;
export type ToNumber<S extends string> = Trim<S> extends `${infer N extends number}` ? N : never;

type DigitSum<A extends 0[], B extends 0[], Carry extends 0[]> = TwoDigits[[...A, ...B, ...Carry]["length"] &
  keyof TwoDigits];

/** Reversed operands; the sum is not reversed. */
export type AddDigits<
  A extends string,
  B extends string,
  Carry extends Digit = "0",
  Out extends string = "",
> = A extends `${infer X extends Digit}${infer ATail}`
  ? B extends `${infer Y extends Digit}${infer BTail}`
    ? DigitSum<Unary[X], Unary[Y], Unary[Carry]> extends `${infer Next extends Digit}${infer D}`
      ? AddDigits<ATail, BTail, Next, `${D}${Out}`>
      : never
    : Carry extends "0"
      ? `${Reverse<A>}${Out}`
      : AddDigits<A, "0", Carry, Out>
  : B extends ""
    ? Carry extends "0"
      ? Out
      : `${Carry}${Out}`
    : Carry extends "0"
      ? `${Reverse<B>}${Out}`
      : AddDigits<"0", B, Carry, Out>;

/** Reversed operands, A >= B; the difference is not reversed and may have leading zeros. */
export type SubtractDigits<
  A extends string,
  B extends string,
  Borrow extends 0[] = [],
  Out extends string = "",
> = A extends `${infer X extends Digit}${infer ATail}`
  ? B extends `${infer Y extends Digit}${infer BTail}`
    ? Unary[X] extends [...Unary[Y], ...Borrow, ...infer Rest]
      ? SubtractDigits<ATail, BTail, [], `${Rest["length"]}${Out}`>
      : [0, ...Unary["9"], ...Unary[X]] extends [...Unary[Y], ...Borrow, ...infer Rest]
        ? SubtractDigits<ATail, BTail, [0], `${Rest["length"]}${Out}`>
        : never
    : Borrow extends []
      ? `${Reverse<A>}${Out}`
      : SubtractDigits<A, "0", Borrow, Out>
  : Out;

/** A reversed number times one digit; the product is reversed, too. */
type MultiplyDigit<
  A extends string,
  D extends Digit,
  Carry extends Digit = "0",
  Out extends string = "",
> = A extends `${infer X extends Digit}${infer ATail}`
  ? TimesTable[X][D] extends `${infer Tens extends Digit}${infer Ones extends Digit}`
    ? DigitSum<Unary[Ones], Unary[Carry], []> extends `${infer More extends Digit}${infer Digit0}`
      ? MultiplyDigit<ATail, D, `${[...Unary[Tens], ...Unary[More]]["length"] & number}` & Digit, `${Out}${Digit0}`>
      : never
    : never
  : Carry extends "0"
    ? Out
    : `${Out}${Carry}`;

/** Reversed operands; the product is not reversed. */
export type MultiplyDigits<
  A extends string,
  B extends string,
  Zeros extends string = "",
  Total extends string = "0",
> = B extends `${infer D extends Digit}${infer BTail}`
  ? MultiplyDigits<
      A,
      BTail,
      `${Zeros}0`,
      D extends "0" ? Total : Reverse<AddDigits<Total, `${Zeros}${MultiplyDigit<A, D>}`>>
    >
  : Reverse<Total>;

type LessSameLength<A extends string, B extends string> = A extends `${infer X extends Digit}${infer ATail}`
  ? B extends `${infer Y extends Digit}${infer BTail}`
    ? X extends Y
      ? LessSameLength<ATail, BTail>
      : Unary[Y] extends [...Unary[X], 0, ...0[]]
        ? true
        : false
    : false
  : false;
type Shorter<A extends string, B extends string> = A extends `${Digit}${infer ATail}`
  ? B extends `${Digit}${infer BTail}`
    ? Shorter<ATail, BTail>
    : false
  : B extends ""
    ? "same"
    : true;
/** Not reversed, without leading zeros. */
export type LessDigits<A extends string, B extends string> =
  Shorter<A, B> extends infer Verdict ? (Verdict extends "same" ? LessSameLength<A, B> : Verdict) : never;

/** How often B goes into a remainder below 10 B, and what is left. */
type DivideStep<Rest extends string, B extends string, Count extends 0[] = []> =
  LessDigits<Rest, B> extends true
    ? [Count["length"], Rest]
    : DivideStep<Trim<SubtractDigits<Reverse<Rest>, Reverse<B>>>, B, [...Count, 0]>;
/** Not reversed; [quotient, remainder], the quotient with leading zeros. */
export type DivideDigits<
  A extends string,
  B extends string,
  Rest extends string = "0",
  Out extends string = "",
> = A extends `${infer D}${infer ATail}`
  ? DivideStep<Trim<`${Rest}${D}`>, B> extends [infer Q extends number, infer Left extends string]
    ? DivideDigits<ATail, B, Left, `${Out}${Q}`>
    : never
  : [Out, Rest];

import { randomNumbers } from "./random.ts";

const contracts = ["monthly", "one year", "two years"] as const;
const payments = ["card", "transfer", "cheque"] as const;
const regions = ["north", "east", "south", "west", "islands"] as const;

/** A customer of a telephone company. What was not asked is null. */
export interface Customer {
  readonly contract: string;
  readonly payment: string;
  readonly region: string | null;
  readonly months: number;
  readonly charge: number;
  readonly calls: number;
  readonly age: number | null;
}

/**
 * Customers, and whether they left, as about one in four does: rather with a short contract, after calls for help, and old
 * ones who pay by card. The same at every call with the same seed.
 */
export const customers = (count: number, seed = 1): readonly (Customer & { readonly outcome: "left" | "stays" })[] => {
  const random = randomNumbers(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: count }, () => {
    const [contract, payment, region] = [pick(contracts), pick(payments), pick(regions)];
    const months = Math.floor(72 * random() ** 2);
    const charge = Math.round(20 + 80 * random());
    const calls = Math.floor(6 * random() ** 3);
    const age = 18 + Math.floor(62 * random());
    const logit =
      { monthly: -0.5, "one year": -2, "two years": -4 }[contract] +
      { north: 0, east: 0.5, south: -0.5, west: 0, islands: 1.5 }[region] +
      (payment === "card" && age > 55 ? 1.5 : 0) +
      0.9 * calls +
      0.03 * (charge - 60) -
      0.05 * months;
    return {
      contract,
      payment,
      region: random() < 0.05 ? null : region,
      months,
      charge,
      calls,
      age: random() < 0.15 ? null : age,
      outcome: random() < 1 / (1 + Math.exp(-1.5 * logit)) ? "left" : "stays",
    };
  });
};

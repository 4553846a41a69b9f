import type { Random } from "../../../core/test/random.ts";
import { hostileNumber, hostileString, hostileValue } from "./hostile.ts";

type Place = readonly [holder: any, key: string | number];

/** Every place of a value that holds something, but for large lists, of which a few places stand for all. */
const placesOf = (value: unknown): Place[] => {
  const places: Place[] = [];
  const walk = (holder: unknown): void => {
    if (typeof holder !== "object" || holder === null) return;
    for (const key of Object.keys(holder)) {
      places.push([holder, Array.isArray(holder) ? Number(key) : key]);
      walk((holder as Record<string, unknown>)[key]);
    }
  };
  walk(value);
  return places;
};

/** Sets a key as JSON.parse would: also "__proto__" as a property of its own. */
const put = (holder: object, key: PropertyKey, value: unknown): void => {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
};

/** Gives a name another spelling everywhere, as a key and as a value. */
const rename = (value: any, from: string, to: string): any => {
  if (value === from) return to;
  if (Array.isArray(value)) return value.map((item) => rename(item, from, to));
  if (typeof value !== "object" || value === null) return value;
  const copy = {};
  for (const [key, item] of Object.entries(value)) put(copy, key === from ? to : key, rename(item, from, to));
  return copy;
};

const namesOf = (document: any): readonly string[] => [
  document.model?.name,
  ...(document.model?.nodes ?? []).map(({ id }: any) => id),
  ...(document.model?.heads ?? []).map(({ name }: any) => name),
  ...Object.keys(document.model?.blocks ?? {}),
];

/** A name that passes for one, of a kind that trips printers: keywords, builtins, what the program itself uses. */
const plausibleName = (random: Random): string => {
  const word = hostileString(random).replace(/[^A-Za-z0-9_]/g, random.pick(["", "_"]));
  return `${/^[A-Za-z]/.test(word) ? "" : random.pick(["x", "A", "eval"])}${word}`.slice(0, random.pick([8, 64, 70]));
};

/** The same document with one place changed for the worse. The given one is not touched. */
export const mutated = (document: unknown, random: Random): any => {
  if (random.chance(0.35)) {
    const name = random.pick(namesOf(document).filter((one) => typeof one === "string"));
    return rename(document, name, random.chance(0.7) ? plausibleName(random) : hostileString(random));
  }
  const copy = structuredClone(document);
  const [holder, key] = random.pick(placesOf(copy));
  const old = holder[key];
  const roll = random.between(0, 9);
  if (roll <= 4)
    put(
      holder,
      key,
      typeof old === "number"
        ? hostileNumber(random)
        : typeof old === "string"
          ? hostileString(random)
          : hostileValue(random),
    );
  else if (roll === 5) put(holder, key, hostileValue(random));
  else if (roll === 6)
    put(
      holder,
      Array.isArray(holder) ? holder.length : hostileString(random),
      random.chance(0.5) ? structuredClone(old) : hostileValue(random),
    );
  else if (roll === 7) delete holder[key];
  else if (roll === 8 && Array.isArray(holder))
    holder.splice(Number(key), 1, ...Array.from({ length: random.between(0, 3) }, () => structuredClone(old)));
  else {
    const [other, place] = random.pick(placesOf(copy));
    put(holder, key, structuredClone(other[place]));
  }
  return copy;
};

import { LogTruncatedError, MalformedEventError, StreamGapError, UnknownEventVersionError } from "@flaxen/runner";
import {
  type Check,
  CheckTimeoutError,
  ConformanceError,
  checks,
  type Damage,
  randomOf,
  runCheck,
} from "@flaxen/runner/conformance";
import { expect, test } from "vitest";
import { type StreamSubject, streamSubject } from "./testing/subjects.ts";

const named = (start: string): Check => checks.find(({ name }) => name.startsWith(start))!;
const readers = ["every event arrives", "a subscriber that comes late", "two subscribers", "a stream that was left"];
const kinds = ["drop", "double", "swap"] as const;
const random = randomOf(20_260_101);
/** Bytes of the log's middle: every seed of the known run makes one that is longer. */
const places = kinds.flatMap((how) => readers.map((check) => [how, random.between(1_000, 8_000), check] as const));

/** Runs a check behind a proxy that does damage; what it threw, and how many bytes were harmed. */
const damaged = async (check: Check, damage: Damage, seconds?: number) => {
  let subject: StreamSubject | undefined;
  const create = async () => {
    subject = await streamSubject({}, 200);
    subject.proxy.tamper(damage);
    return subject;
  };
  const error = await runCheck(check, { create, seed: damage.at, seconds }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { error, harmed: subject!.proxy.harmed };
};

const kindsOfNotice = [
  ConformanceError,
  MalformedEventError,
  StreamGapError,
  LogTruncatedError,
  UnknownEventVersionError,
];

test.each(places)("%s of byte %i that nothing on the way shows: %s … is rejected", async (how, at, check) => {
  const { error, harmed } = await damaged(named(check), { how, at, reseal: true });
  expect(harmed).toBeGreaterThan(0);
  const kind = kindsOfNotice.find((each) => each.isInstance(error));
  expect(kind, `${error}`).toBeDefined();
});

test.each(places.filter((_, index) => index % 2 === 0))(
  "%s of byte %i on the wire heals: %s … holds",
  async (how, at, check) => {
    const { error, harmed } = await damaged(named(check), { how, at });
    expect(error).toBeUndefined();
    expect(harmed).toBe(1);
  },
);

test("damage that never ends hangs no check, and says where the run stands", async () => {
  const check = named("every event arrives");
  const { error } = await damaged(check, { how: "swap", at: 2_000, times: Number.POSITIVE_INFINITY }, 6);
  expect(CheckTimeoutError.isInstance(error) && error.message).toMatch(
    /^"every event arrives.*" was not over within 6 s\. Run r_\S+ \(connection \w+\) was read up to byte \d+ of attempt 1/,
  );
});

test("an artifact that was changed on its way is rejected, one that the wire harmed is fetched again", async () => {
  const check = named("a result holds");
  const file = "artifacts/weights.safetensors";
  const changed = await damaged(check, { how: "double", at: 0, file, reseal: true }, 20);
  expect(changed.harmed).toBeGreaterThan(0);
  expect(changed.error).toBeInstanceOf(Error);
  expect(CheckTimeoutError.isInstance(changed.error)).toBe(false);
  const harmed = await damaged(check, { how: "double", at: 0, file });
  expect(harmed).toEqual({ error: undefined, harmed: 1 });
});

import { data } from "@flaxen/core";
import { ExperimentMismatchError } from "@flaxen/runner";
import { afterAll, expect, test, vi } from "vitest";
import { temporaryHome } from "../testing/home.ts";
import { digitsModel } from "../testing/models.ts";
import { testRunner } from "../testing/runner.ts";
import { experiment, fromJSON } from "./experiment.ts";
import { train } from "./train.ts";

vi.stubEnv("FLAXEN_SUPERVISOR_IDLE", "2");
afterAll(() => void vi.unstubAllEnvs());
const home = temporaryHome();
const digits = (epochs: number) => experiment(digitsModel(), { data: data.digits(), epochs, batchSize: 64, seed: 1 });

test("a detached run is gone on with elsewhere, with its types, and trains to the end", async () => {
  const trained = await train(digits(6), { runner: testRunner(home), detach: true, id: "digits" });
  const first: string[] = [];
  const stream = trained.events();
  for await (const event of stream) {
    first.push(`${event.seq} ${event.type}`);
    if (event.type === "epoch") break;
  }

  const other = testRunner(home);
  const run = await other.attach("digits", { from: stream.cursor, as: digits(6) });
  const losses: number[] = [];
  const rest: string[] = [];
  for await (const event of run) {
    rest.push(`${event.seq} ${event.type}`);
    if (event.type === "epoch") losses.push(event.metrics["val/digit/loss"]);
  }
  expect(losses).toHaveLength(5);
  const whole: string[] = [];
  for await (const event of trained) whole.push(`${event.seq} ${event.type}`);
  expect([...first, ...rest]).toEqual(whole);

  const result = await run.result();
  expect(result.metrics["val/digit/accuracy"]).toBeGreaterThan(0.5);
  expect((await result.weights.tensors()).map(({ name }) => name)).toContain("digit/bias");
  expect(run.connection).toBe("live");

  const document = fromJSON(JSON.parse(JSON.stringify(digits(6))));
  const again = await other.attach("digits", { as: document });
  expect((await again.result()).metrics).toEqual(result.metrics);

  await expect(other.attach("digits", { as: digits(7) })).rejects.toSatisfy(
    (error) => ExperimentMismatchError.isInstance(error) && error.run === "digits",
  );
  expect((await other.runs()).map(({ id, state, reason }) => [id, state, reason])).toEqual([
    ["digits", "ended", "completed"],
  ]);
});

test("an experiment of one's own survives being looked at: the same hash, the same JSON", () => {
  const one = digits(1);
  expect(fromJSON(one.toJSON()).hash).toBe(one.hash);
  expect(Object.isFrozen(one)).toBe(true);
});

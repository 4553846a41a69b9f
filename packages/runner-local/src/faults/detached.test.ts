import { join } from "node:path";
import { fault } from "@flaxen/runner/conformance/fault";
import { beforeAll, expect, vi } from "vitest";
import { node } from "../testing/node.ts";
import { collect, plainRunner } from "../testing/programs.ts";

type Seen = readonly [attempt: number, seq: number, type: string];

beforeAll(() => {
  vi.stubEnv("FLAXEN_SUPERVISOR_IDLE", "2");
  return () => vi.unstubAllEnvs();
});

const training = `
for i in range(0, 300, 3):
    steps(i, 1.0, 2.0, 3.0)
    time.sleep(0.02)
result(step=300)`;

for (const step of [0, 40, 299])
  fault(5, "file")(
    `SIGKILL of the Node process at step ${step}: a detached run goes on, another process continues exactly`,
    async () => {
      const { folder, home, runner } = await plainRunner();
      const root = join(folder, "runs");
      const killed = await node("submit.ts", root, home, training, '{"detach":true}', String(step));
      expect(killed.code).toBe(null);
      const first = JSON.parse(killed.stdout) as { id: string; cursor: string; events: Seen[] };
      const other = await node("attach.ts", root, first.id, first.cursor);
      const second = JSON.parse(other.stdout) as { events: Seen[]; reason: string };
      expect(second.reason).toBe("completed");
      const whole = await collect(await runner.attach(first.id));
      const all = whole.map(({ attempt, seq, type }): Seen => [attempt, seq, type]);
      expect([...first.events, ...second.events]).toEqual(all);
      expect(whole.flatMap((event) => (event.type === "step" ? [event.step] : []))).toEqual(
        Array.from({ length: 300 }, (_, i) => i),
      );
    },
  );

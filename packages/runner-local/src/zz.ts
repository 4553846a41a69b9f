import { jobOf, plainRunner } from "./testing/programs.ts";
const N = 400_000;
const { runner } = await plainRunner();
const measure = async (name: string, python: string) => {
  const run = await runner.submit(jobOf(python));
  let n = 0, from = 0;
  for await (const e of run) { if (e.type === "step" || e.type === "epoch") { if (n++ === 0) from = performance.now(); } }
  const s = (performance.now() - from) / 1000;
  console.log(name, n, s.toFixed(2) + " s", (n / s / 1000).toFixed(0) + " k/s", "result after", (await (async () => { const t = performance.now(); await run.result(); return performance.now() - t; })()).toFixed(1), "ms");
};
const single = `
line = b'{"type":"epoch","epoch":3,"step":1000,"metrics":{"loss":0.123456,"digit/loss":0.123456,"digit/accuracy":0.98},"best":false,"seconds":1.25}\\n'
block = line * 200
fd = int(os.environ["FLAXEN_EVENTS_FD"])
for _ in range(${N / 200}):
    left = block
    while left:
        left = left[os.write(fd, left):]
result()`;
const columns = `
import random
loss = [random.random() for _ in range(500)]
for i in range(${N / 100}):
    steps(i * 500, *loss)
result()`;
for (let k = 0; k < 3; k++) { await measure("lines", single); await measure("columns", columns); }

import { setTimeout as pause } from "node:timers/promises";
import { type Random, randomOf, type StreamProxy } from "@flaxen/runner/conformance";

const turns: readonly [Turn, ...Turn[]] = [
  async (proxy) => proxy.cut(),
  async (proxy) => proxy.reset(),
  async (proxy, random, signal) => {
    proxy.freeze();
    await pause(random.between(50, 700), undefined, { signal }).catch(() => undefined);
    proxy.thaw();
  },
  async (proxy, random) => proxy.delay(random.between(0, 20)),
  async (proxy, random) => proxy.chop(random.pick([undefined, 256, 4_096])),
];
type Turn = (proxy: StreamProxy, random: Random, signal: AbortSignal) => Promise<void>;

/** A network as it is at its worst: what it does next, every second or so, is left to chance. Ends when aborted. */
export const badWeather = async (proxy: StreamProxy, seed: number, signal: AbortSignal): Promise<void> => {
  const random = randomOf(seed);
  while (!signal.aborted) {
    await random.pick(turns)(proxy, random, signal);
    await pause(random.between(300, 2_000), undefined, { signal }).catch(() => undefined);
  }
};

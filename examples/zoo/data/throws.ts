import { randomNumbers } from "./random.ts";

const gravity = 9.81;
const timeStep = 0.005;

/**
 * Balls that are thrown against the wind, at a bucket 10 m away: how far each flies, how long, and where it lands. Air
 * slows it by `drag * speed^2` (1/m). The same at every call with the same seed.
 */
export const ballThrows = (count: number, seed = 1) => {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, () => {
    const [speed, angle, drag, wind] = [8 + 6 * random(), 15 + 60 * random(), 0.04 * random(), 4 * random() - 2];
    let [x, y, time] = [0, 1.5, 0];
    let [across, up] = [speed * Math.cos((angle * Math.PI) / 180), speed * Math.sin((angle * Math.PI) / 180)];
    while (y > 0) {
      const through = Math.hypot(across + wind, up);
      across -= drag * through * (across + wind) * timeStep;
      up -= (gravity + drag * through * up) * timeStep;
      x += across * timeStep;
      y += up * timeStep;
      time += timeStep;
    }
    return {
      speed,
      angle,
      drag,
      wind,
      distance: x,
      time,
      lands: Math.abs(x - 10) < 1 ? "in" : x < 10 ? "short" : "far",
    };
  });
};

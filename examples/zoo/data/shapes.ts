import { randomNumbers } from "./random.ts";

/** Pixels along each side. */
export const size = 32;

/**
 * Images of a disc and a square on noise, and for every pixel where it belongs: 0 to the ground, 1 to a disc, 2 to a
 * square. The same at every call with the same seed.
 */
export const shapes = (rows: number, seed = 1) => {
  const images = new Float32Array(rows * size * size);
  const masks = new Int32Array(rows * size * size);
  const random = randomNumbers(seed);
  for (let row = 0; row < rows; row++) {
    const draw = () => ({
      x: random() * size,
      y: random() * size,
      radius: 4 + random() * 5,
      shade: 0.4 + random() / 2,
    });
    const [disc, square] = [draw(), draw()];
    for (let pixel = 0; pixel < size * size; pixel++) {
      const [x, y] = [pixel % size, Math.floor(pixel / size)];
      const inDisc = Math.hypot(x - disc.x, y - disc.y) < disc.radius;
      const inSquare = Math.max(Math.abs(x - square.x), Math.abs(y - square.y)) < square.radius;
      const shade = inSquare ? square.shade : inDisc ? disc.shade : 0;
      images[row * size * size + pixel] = shade + 0.5 * (random() - 0.5);
      masks[row * size * size + pixel] = inSquare ? 2 : inDisc ? 1 : 0;
    }
  }
  return { images, masks: { data: masks, shape: [rows, size, size] } };
};

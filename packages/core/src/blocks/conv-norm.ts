import { graph } from "../graph/index.ts";
import { type ActivationName, activations } from "./activations.ts";

/** A convolution without a bias, which the norm behind it would take out, and that norm. */
export const convNorm = <const Filters extends number, const Kernel extends number, const Stride extends number>(
  filters: Filters,
  kernel: Kernel,
  stride: Stride,
) => graph.conv2d(filters, { kernel, stride, useBias: false }).batchNorm();

export interface ConvNormReluOptions<Filters, Kernel, Stride, Name> {
  readonly filters: Filters;
  /** @defaultValue 3 */
  readonly kernel?: Kernel;
  /** @defaultValue 1 */
  readonly stride?: Stride;
  /** @defaultValue "relu" */
  readonly activation?: ActivationName;
  /** Of the class. @defaultValue "convNormRelu" */
  readonly name?: Name;
}

/**
 * A convolution over images, batch normalisation and an activation. Padding is "SAME".
 *
 * @example x.pipe(blocks.convNormRelu({ filters: 32, stride: 2 })) // [batch, 28, 28, 1] -> [batch, 14, 14, 32]
 */
export const convNormRelu = <
  const Filters extends number,
  const Kernel extends number = 3,
  const Stride extends number = 1,
  const Name extends string = "convNormRelu",
>({
  filters,
  kernel = 3 as Kernel,
  stride = 1 as Stride,
  activation = "relu",
  name = "convNormRelu" as Name,
}: ConvNormReluOptions<Filters, Kernel, Stride, Name>) =>
  graph.block(name, convNorm(filters, kernel, stride).pipe(activations[activation]), { numbered: true });

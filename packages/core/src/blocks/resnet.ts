import { type Apply, type Block, graph, type Op } from "../graph/index.ts";
import type { Identity } from "../nodes/index.ts";
import { convNorm } from "./conv-norm.ts";

interface ResNetOptions<Filters, Stride, Project, Name> {
  readonly filters: Filters;
  /** Of the 3x3 convolution that shrinks the image. @defaultValue 1 */
  readonly stride?: Stride;
  /**
   * Whether the shortcut is a convolution, as it must be where the shape changes: in the first block of a stage.
   *
   * @defaultValue whether the stride is not 1
   */
  readonly project?: Project;
  /** Of the class. */
  readonly name?: Name;
}

export interface BasicBlockOptions<Filters, Stride, Project, Name>
  extends ResNetOptions<Filters, Stride, Project, Name> {}

export interface BottleneckOptions<Filters, Out, Stride, Project, Name>
  extends ResNetOptions<Filters, Stride, Project, Name> {
  /** Filters of what comes out: in the paper four times as many. */
  readonly out: Out;
}

type Shrinks<Stride> = Stride extends 1 ? false : true;
type Shortcut<Filters extends number, Stride extends number, Project> = Project extends true
  ? ReturnType<typeof convNorm<Filters, 1, Stride>>
  : Block<[Identity]>;

const shortcut = <const Filters extends number, const Stride extends number, const Project extends boolean>(
  filters: Filters,
  stride: Stride,
  project: Project,
) => (project ? convNorm(filters, 1, stride) : graph.identity()) as Shortcut<Filters, Stride, Project>;

const isMore = (stride: number): boolean => stride !== 1;

const basic = <
  const Filters extends number,
  const Stride extends number,
  const Project extends boolean,
  const Name extends string,
>({
  filters,
  stride = 1 as Stride,
  project = isMore(stride) as Project,
  name = "basicBlock" as Name,
}: BasicBlockOptions<Filters, Stride, Project, Name>) => {
  const body = convNorm(filters, 3, stride)
    .relu()
    .pipe(convNorm(filters, 3, 1));
  return graph.block(name, graph.parallel([body, shortcut(filters, stride, project)], "add").relu(), {
    numbered: true,
  });
};

/** The block's rule under a name of its own: an editor shows this, not all that is inside. */
export interface BasicBlock<
  Filters extends number,
  Stride extends number = 1,
  Project extends boolean = Shrinks<Stride>,
  Name extends string = "basicBlock",
> extends Op {
  readonly is: ["basicBlock", Filters, Stride, Project, Name];
  readonly out: Apply<ReturnType<typeof basic<Filters, Stride, Project, Name>>["ops"][0], this["in"]>;
}

/**
 * The block of ResNet-18 and -34 (He et al. 2016, "Deep Residual Learning"): two 3x3 convolutions, a shortcut around them.
 *
 * @example
 * x.pipe(blocks.basicBlock({ filters: 128, stride: 2 })).pipe(blocks.basicBlock({ filters: 128 }))
 * // [batch, 32, 32, 64] -> [batch, 16, 16, 128]
 */
export const basicBlock = <
  const Filters extends number,
  const Stride extends number = 1,
  const Project extends boolean = Shrinks<Stride>,
  const Name extends string = "basicBlock",
>(
  options: BasicBlockOptions<Filters, Stride, Project, Name>,
) => basic(options) as unknown as Block<[BasicBlock<Filters, Stride, Project, Name>]>;

const narrowed = <
  const Filters extends number,
  const Out extends number,
  const Stride extends number,
  const Project extends boolean,
  const Name extends string,
>({
  filters,
  out,
  stride = 1 as Stride,
  project = isMore(stride) as Project,
  name = "bottleneck" as Name,
}: BottleneckOptions<Filters, Out, Stride, Project, Name>) => {
  const body = convNorm(filters, 1, 1)
    .relu()
    .pipe(convNorm(filters, 3, stride).relu())
    .pipe(convNorm(out, 1, 1));
  return graph.block(name, graph.parallel([body, shortcut(out, stride, project)], "add").relu(), { numbered: true });
};

/** The bottleneck's rule under a name of its own. */
export interface Bottleneck<
  Filters extends number,
  Out extends number,
  Stride extends number = 1,
  Project extends boolean = Shrinks<Stride>,
  Name extends string = "bottleneck",
> extends Op {
  readonly is: ["bottleneck", Filters, Out, Stride, Project, Name];
  readonly out: Apply<ReturnType<typeof narrowed<Filters, Out, Stride, Project, Name>>["ops"][0], this["in"]>;
}

/**
 * The block of ResNet-50 and deeper (He et al. 2016), with the stride in the 3x3 convolution: 1x1, 3x3, 1x1 and a shortcut.
 *
 * @example
 * x.pipe(blocks.bottleneck({ filters: 128, out: 512, stride: 2 }))
 * // [batch, 32, 32, 256] -> [batch, 16, 16, 512]
 */
export const bottleneck = <
  const Filters extends number,
  const Out extends number,
  const Stride extends number = 1,
  const Project extends boolean = Shrinks<Stride>,
  const Name extends string = "bottleneck",
>(
  options: BottleneckOptions<Filters, Out, Stride, Project, Name>,
) => narrowed(options) as unknown as Block<[Bottleneck<Filters, Out, Stride, Project, Name>]>;

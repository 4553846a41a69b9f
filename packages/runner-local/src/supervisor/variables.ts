/** Variables that JAX, XLA, CUDA, their libraries and the allocator of memory listen to. */
const matters = /^(JAX|XLA|CUDA|NVIDIA|OMP|TF|GLIBC|MALLOC)_/;

/** What of this process's variables changes how a program computes: it goes with each run, whoever supervises it. */
export const deviceVariables = (env: NodeJS.ProcessEnv = process.env): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(env).filter(([name, value]) => matters.test(name) && value !== undefined),
  ) as Record<string, string>;

/** The rest: what a supervisor that many processes share may keep from the one that started it. */
export const withoutDeviceVariables = (variables: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => !matters.test(name)));

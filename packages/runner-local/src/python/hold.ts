import type { ChildProcess } from "node:child_process";

interface Holdable {
  ref(): void;
  unref(): void;
}

/** Whether a child process, and the pipes to it, keep this process alive. */
export const hold = (child: ChildProcess, held: boolean): void => {
  const handles = [child, child.stdin, child.stdout, child.stderr] as unknown as readonly Holdable[];
  for (const handle of handles) {
    if (held) handle.ref();
    else handle.unref();
  }
};

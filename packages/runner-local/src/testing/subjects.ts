import { readFile, rm } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import type { Runner } from "@flaxen/runner";
import {
  type Address,
  type Capability,
  type Elsewhere,
  type StreamProxy,
  type Subject,
  startProxy,
  temporaryFolder,
  type Wishes,
} from "@flaxen/runner/conformance";
import { type LocalRunner, local } from "../local.ts";
import type { LocalOptions } from "../options/local-options.ts";
import { findPython } from "../python/find-python.ts";
import { badWeather } from "./bad-weather.ts";
import { daemonSocket, killDaemons, killQuietly } from "./daemon.ts";
import { type RemoteRunner, remoteRunner } from "./remote-runner.ts";

/** Runs at once where a check does not say. */
const places = 4;
/** One for all subjects of this process: they share a supervisor, as the runs of any script do. */
let sharedHome: Promise<string> | undefined;

interface RemotePlace {
  readonly address: Address;
  readonly root: string;
  readonly python: string;
  readonly slots: number;
  readonly interval: number;
}

export type Argument = { readonly local: LocalOptions } | { readonly remote: RemotePlace };

/** What another process opens the same runs with. */
export const open = async (argument: Argument): Promise<Runner> =>
  "local" in argument ? local(argument.local) : overProxy(argument.remote);

const elsewhere = (argument: Argument): Elsewhere => ({
  module: import.meta.filename,
  argument,
  flags: ["--conditions=@flaxen/source"],
});

const overProxy = ({ address, ...place }: RemotePlace): RemoteRunner =>
  remoteRunner({ ...place, connect: async () => connect(address as { port: number }) });

const readLog: Subject["log"] = async ({ folder }, attempt) =>
  readFile(join(folder, `attempt-${attempt}`, "events.jsonl"));
const kill: Subject["kill"] = async (pid) => killQuietly(pid);

export const localCapabilities: readonly Capability[] = [
  "attach",
  "elsewhere",
  "abandon",
  "detach",
  "id",
  "runs",
  "retries",
  "time-limit",
  "queue",
  "environments",
  "kill",
];

/** The local runner: the log is the file that it is. */
export const localSubject = async ({ slots = places, builds = false }: Wishes): Promise<Subject> => {
  const root = await temporaryFolder();
  sharedHome ??= temporaryFolder();
  const home = builds ? join(root, "home") : await sharedHome;
  const { executable } = await findPython();
  const options = { root: join(root, "runs"), home, slots, warm: false, ...(!builds && { environment: executable }) };
  const runner: LocalRunner = local(options);
  return {
    runner,
    log: readLog,
    kill,
    elsewhere: elsewhere({ local: options }),
    dispose: async () => {
      const left = (await runner.runs()).filter(({ state }) => state !== "ended" && state !== "lost");
      await Promise.all(left.map(async ({ id }) => (await runner.attach(id)).cancel()));
      await killDaemons(options.root);
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};

export const streamCapabilities: readonly Capability[] = [
  "attach",
  "elsewhere",
  "detach",
  "id",
  "retries",
  "time-limit",
  "queue",
  "kill",
];

export interface StreamSubject extends Subject {
  readonly runner: RemoteRunner;
  readonly proxy: StreamProxy;
}

/**
 * The same log and inbox behind a byte stream: what a network would carry.
 *
 * @param interval as that of the connection, milliseconds
 * @param weather seed of the network's misbehaviour; it behaves well by default
 */
export const streamSubject = async (
  { slots = places }: Wishes,
  interval = 500,
  weather?: number,
): Promise<StreamSubject> => {
  const folder = await temporaryFolder();
  const root = join(folder, "runs");
  const { executable: python } = await findPython();
  const proxy = await startProxy({ to: daemonSocket({ python, root, home: join(folder, "home") }) });
  const place: RemotePlace = { address: proxy.address, root, python, slots, interval };
  const runner = overProxy(place);
  const calm = new AbortController();
  const blowing = weather === undefined ? undefined : badWeather(proxy, weather, calm.signal);
  return {
    runner,
    proxy,
    log: readLog,
    kill,
    elsewhere: elsewhere({ remote: place }),
    dispose: async () => {
      calm.abort();
      await blowing;
      runner.connection.close();
      await proxy[Symbol.asyncDispose]();
      await killDaemons(root);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};

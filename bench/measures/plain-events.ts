import type { Job } from "@flaxen/runner";

const worker = (python: string): string => `
import itertools, json, os, time

pipe = int(os.environ["FLAXEN_EVENTS_FD"])

def write(text):
    data = text.encode()
    while data:
        data = data[os.write(pipe, data):]

def step(i):
    return f'{{"type":"steps","first":{i},"count":1,"metrics":{{"loss":[{1 / (i + 3):.9f}]}}}}\\n'

${python}
write('{"type":"_result","reason":"completed","step":0,"epoch":0,"bestEpoch":null,"metrics":{}}\\n')
`;

const jobOf = (python: string): Job => ({
  program: {
    hash: "sha256:plain-events",
    files: { "flaxen/__init__.py": "", "flaxen/worker.py": worker(python) },
    entry: "train.py",
    environment: "base",
    sourceMap: [],
  },
  config: {},
  assets: [],
  document: "sha256:plain-events",
  metrics: ["loss"],
  sites: {},
});

/** A run that trains nothing: its worker writes so many events, one a line, as fast as the pipe takes them. */
export const flood = (events: number): Job =>
  jobOf(`for first in range(0, ${events}, 500):
    write("".join(map(step, range(first, min(first + 500, ${events})))))`);

/** As `flood`, one event every so many milliseconds. */
export const drip = (events: number, milliseconds: number): Job =>
  jobOf(`for i in range(${events}):
    write(step(i))
    time.sleep(${milliseconds / 1000})`);

// A server that trains on request: PORT=8080 node examples/server.ts
// curl -N -X POST localhost:8080/runs -d '{"learningRate":0.003,"epochs":20}'
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { adam, data, FlaxenError, graph, head, model, train } from "flaxen";

const image = graph.input("image", [64]);
const digits = model({
  inputs: { image },
  heads: { digit: head.classification(image.dense(64).relu(), { classes: 10, metrics: ["accuracy"] }) },
});

const body = async (request: IncomingMessage): Promise<{ learningRate?: number; epochs?: number }> => {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text === "" ? {} : JSON.parse(text);
};

/** One request, one run: its events go out as server-sent events, and a caller who leaves ends it. */
const trainOnRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { learningRate = 1e-3, epochs = 10 } = await body(request);
  const left = new AbortController();
  response.once("close", () => left.abort());

  const run = await train(digits, {
    data: data.digits(),
    optimizer: adam({ learningRate }),
    epochs,
    batchSize: 32,
    signal: left.signal,
  });
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  const send = (name: string, value: unknown) => response.write(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`);
  for await (const event of run) {
    if (event.type === "step") continue;
    send(event.type, event);
    if (event.type === "run.ended") console.log(`${event.run} ${event.reason}`);
  }
  response.end();
};

const server = createServer((request, response) => {
  if (request.method !== "POST" || request.url !== "/runs") {
    response.writeHead(404).end("POST /runs\n");
    return;
  }
  trainOnRequest(request, response).catch((error: unknown) => {
    const known = FlaxenError.isInstance(error) ? { code: error.code, message: error.message } : { code: "unknown" };
    if (!response.headersSent) response.writeHead(400, { "content-type": "application/json" });
    response.end(`${JSON.stringify(known)}\n`);
  });
});
server.listen(Number(process.env.PORT ?? 8080), "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") console.log(`listening on http://127.0.0.1:${address.port}`);
});

import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A port of this machine that leads to a Unix socket, until it is cut. */
export interface CuttingProxy extends AsyncDisposable {
  readonly port: number;
  /** Resets every connection. */
  cut(): void;
}

export const startCuttingProxy = async (socketPath: string): Promise<CuttingProxy> => {
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    const behind = connect(socketPath);
    clients.add(client);
    client.on("error", () => undefined).on("close", () => clients.delete(client) && behind.destroy());
    behind.on("error", () => undefined).on("close", () => client.destroy());
    client.pipe(behind).pipe(client);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    for (const client of clients) client.resetAndDestroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    async [Symbol.asyncDispose]() {
      cut();
      server.close();
    },
  };
};

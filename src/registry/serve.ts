// tlsgate modules serve: a registry from a directory, for development and small teams.

import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { isIP } from "node:net";
import { InputError } from "../input-error.ts";
import { sha256Of } from "./module-package.ts";
import { packagePath, readIndex } from "./publish.ts";
import { moduleIn } from "./registry-index.ts";
import { cacheControlOf, contentTypeOf, type Store } from "./store.ts";

export interface ServeOptions {
  readonly store: Store;
  readonly address: string;
  /** 0 chooses a free one. */
  readonly port: number;
  /** Certificate and private key, in PEM. */
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | undefined;
  /** What clients must send as a bearer token. */
  readonly token: string | undefined;
}

const isLoopback = (address: string): boolean =>
  address === "localhost" || address === "::1" || (isIP(address) === 4 && address.startsWith("127."));

/** Starts a server. Throws an InputError where a token would be sent in clear text. */
export async function serve(options: ServeOptions): Promise<Server> {
  const { address, port, tls, token } = options;
  if (token !== undefined && !tls && !isLoopback(address)) {
    throw new InputError(
      `A token over plain HTTP can be read by everyone on the way to ${address}.`,
      "--tls CERT KEY, or --address 127.0.0.1",
    );
  }
  const listener = listenerOf(options);
  const server = tls ? createTlsServer({ ...tls, minVersion: "TLSv1.2" }, listener) : createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(new InputError(`${address}:${port} could not be listened on (${error.code}).`, "--port PORT")),
    );
    server.listen(port, address, resolve);
  });
  return server;
}

const listenerOf =
  (options: ServeOptions): RequestListener =>
  (request, response) => {
    answer(request, response, options).catch(() => {
      if (!response.headersSent) send(response, 500, "The registry failed.\n");
      else response.destroy();
    });
  };

/** Packages are found by their checksum alone: Terraform sends no token for them. */
const isOpen = (path: string): boolean =>
  /^\/packs\/[0-9a-f]{64}\.tar\.gz$/.test(path) || path === "/.well-known/terraform.json";

const downloadPath = /^\/v1\/modules\/([^/]+\/[^/]+\/[^/]+)\/([^/]+)\/download$/;

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { store, tls, token }: ServeOptions,
): Promise<void> {
  if (tls) response.setHeader("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
  response.setHeader("X-Content-Type-Options", "nosniff");
  if (request.method !== "GET" && request.method !== "HEAD") return send(response, 405, "Only GET and HEAD.\n");
  const path = pathOf(request.url ?? "/");
  if (path === undefined) return send(response, 400, "The address is not valid.\n");
  if (token !== undefined && !isOpen(path) && !hasToken(request, token)) {
    response.setHeader("WWW-Authenticate", 'Bearer realm="tlsgate"');
    return send(response, 401, "A token is needed: terraform login does not create one, ask who runs this registry.\n");
  }
  const download = downloadPath.exec(path);
  const file = await store.read(path.endsWith("/") ? `${path.slice(1)}index.html` : path.slice(1));
  if (!file) return send(response, 404, "Not found.\n");
  if (download) {
    const location = await locationOf(store, download[1] ?? "", download[2] ?? "");
    if (location === undefined) return send(response, 404, "Not found.\n");
    response.setHeader("X-Terraform-Get", location);
    return send(response, 200, `${JSON.stringify({ location })}\n`, "application/json", request);
  }
  response.setHeader("Cache-Control", token === undefined ? cacheControlOf(path) : "private, no-store");
  response.setHeader("ETag", `"${sha256Of(file.content)}"`);
  send(response, 200, file.content, contentTypeOf(path.endsWith("/") ? "index.html" : path), request);
}

/** The package by its content: the same for each version that has it. */
async function locationOf(store: Store, address: string, version: string): Promise<string | undefined> {
  const found = moduleIn(await readIndex(store), address)?.versions.find((one) => one.version === version);
  return found && `/${packagePath(found.sha256)}?checksum=sha256:${found.sha256}`;
}

/** The path of a request, decoded; undefined where it leads elsewhere. */
function pathOf(url: string): string | undefined {
  try {
    const path = decodeURIComponent(new URL(url, "http://registry.invalid").pathname);
    const isPlain =
      !path.includes("\\") && !path.includes("\0") && path.split("/").every((step) => step !== ".." && step !== ".");
    return isPlain ? path : undefined;
  } catch {
    return undefined;
  }
}

function hasToken({ headers }: IncomingMessage, token: string): boolean {
  const [, given = ""] = /^Bearer (.+)$/.exec(headers.authorization ?? "") ?? [];
  // Of equal length, whatever was sent: the time that it takes says nothing.
  return timingSafeEqual(Buffer.from(sha256Of(Buffer.from(given))), Buffer.from(sha256Of(Buffer.from(token))));
}

function send(
  response: ServerResponse,
  status: number,
  content: string | Buffer,
  type = "text/plain; charset=utf-8",
  request?: IncomingMessage,
): void {
  const bytes = Buffer.from(content);
  response.writeHead(status, { "Content-Type": type, "Content-Length": bytes.length });
  response.end(request?.method === "HEAD" ? undefined : bytes);
}

/** The lines of Terraform's CLI configuration that lead to a server by plain HTTP. */
export const hostBlock = (base: string): string => `host "modules.example.com" {
  services = {
    "modules.v1" = "${base}/v1/modules/"
  }
}
`;

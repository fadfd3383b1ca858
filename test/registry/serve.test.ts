// The server of a registry, asked as Terraform, OpenTofu, browsers and attackers ask.

import { type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { directoryStore } from "../../src/registry/directory-store.ts";
import { publish } from "../../src/registry/publish.ts";
import { serve } from "../../src/registry/serve.ts";
import { builtVersion, temporaryDirectories } from "../support/registry.ts";

const directory = temporaryDirectories();
const address = "example/site/aws";

const stops: (() => unknown)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Asks for a path as it is: fetch would resolve `..` by itself. */
const ask = (port: number, path: string, headers: { readonly [name: string]: string } = {}, method = "GET") =>
  new Promise<Answer>((resolve, reject) => {
    request({ host: "127.0.0.1", port, path, headers, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on("error", reject)
      .end();
  });

async function serving(token?: string) {
  const store = directoryStore(directory());
  const built = await builtVersion(address, "1.0.0");
  await publish(store, [built], new Date());
  const server = await serve({ store, address: "127.0.0.1", port: 0, tls: undefined, token });
  stops.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return {
    built,
    port,
    get: (path: string, headers?: { readonly [name: string]: string }) => ask(port, path, headers),
  };
}

describe("a served registry", () => {
  test("answers discovery, versions and download, and gives the package", async () => {
    const { get, built } = await serving();
    const { sha256 } = built.document;
    const discovery = await get("/.well-known/terraform.json");
    expect(discovery.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(discovery.body.toString())).toEqual({ "modules.v1": "/v1/modules/" });
    const versions = await get(`/v1/modules/${address}/versions`);
    expect(JSON.parse(versions.body.toString())).toEqual({ modules: [{ versions: [{ version: "1.0.0" }] }] });
    const download = await get(`/v1/modules/${address}/1.0.0/download`);
    const location = `/packs/${sha256}.tar.gz?checksum=sha256:${sha256}`;
    expect([download.status, download.headers["x-terraform-get"]]).toEqual([200, location]);
    // OpenTofu reads the body.
    expect(JSON.parse(download.body.toString())).toEqual({ location });
    expect((await get(location)).body.equals(built.archive)).toBe(true);
    expect((await get(`/v1/modules/${address}/1.0.0/module.tar.gz`)).body.equals(built.archive)).toBe(true);
  });

  test("serves its pages to people", async () => {
    const { get } = await serving();
    for (const path of ["/", "/index.html", `/v1/modules/${address}/1.0.0/`]) {
      const { status, headers, body } = await get(path);
      expect([path, status, headers["content-type"]]).toEqual([path, 200, "text/html; charset=utf-8"]);
      expect(body.toString()).toContain(address);
    }
  });

  test.each([
    ["what was not published", `/v1/modules/${address}/2.0.0/download`, 404],
    ["another module", "/v1/modules/example/other/aws/versions", 404],
    ["a way out of the directory", "/../../etc/passwd", 404],
    ["an encoded way out", "/%2e%2e/%2e%2e/etc/passwd", 404],
    ["a way out by backslashes", "/..%5c..%5cetc/passwd", 400],
    ["a NUL", "/index.html%00.json", 400],
    ["a broken escape", "/%E0%A4%A", 400],
    ["a directory", "/packs", 404],
  ])("%s is not found", async (_, path, status) => {
    const { get } = await serving();
    expect((await get(path)).status).toBe(status);
  });

  test("takes only GET and HEAD", async () => {
    const { port } = await serving();
    expect((await ask(port, "/index.json", {}, "POST")).status).toBe(405);
    const head = await ask(port, "/index.json", {}, "HEAD");
    expect([head.status, head.body.length, Number(head.headers["content-length"]) > 0]).toEqual([200, 0, true]);
  });
});

describe("with a token", () => {
  test("all but discovery and packages needs it", async () => {
    const { get, built } = await serving("s3cret");
    const asked = [`/v1/modules/${address}/versions`, `/v1/modules/${address}/1.0.0/download`, "/index.json", "/"];
    const named = `/v1/modules/${address}/1.0.0/module.tar.gz`;
    for (const path of [...asked, named]) {
      const right = await get(path, { authorization: "Bearer s3cret" });
      expect([path, right.status]).toEqual([path, 200]);
      for (const authorization of ["", "Bearer wrong", "Basic s3cret"]) {
        const { status, headers, body } = await get(path, { authorization });
        expect([path, authorization, status]).toEqual([path, authorization, 401]);
        expect(headers["www-authenticate"]).toContain("Bearer");
        expect(body.toString()).not.toContain("s3cret");
      }
    }
    // Terraform sends no token for the package, whose name is its checksum.
    expect((await get(`/packs/${built.document.sha256}.tar.gz`)).status).toBe(200);
    expect((await get("/.well-known/terraform.json")).status).toBe(200);
  });

  test("is not served over plain HTTP beyond loopback", async () => {
    const store = directoryStore(directory());
    await expect(serve({ store, address: "0.0.0.0", port: 0, tls: undefined, token: "s3cret" })).rejects.toThrow(
      "A token over plain HTTP can be read by everyone on the way to 0.0.0.0.",
    );
  });
});

test("a port that is taken is an error of the user", async () => {
  const { port } = await serving();
  const store = directoryStore(directory());
  await expect(serve({ store, address: "127.0.0.1", port, tls: undefined, token: undefined })).rejects.toThrow(
    `127.0.0.1:${port} could not be listened on (EADDRINUSE).`,
  );
});

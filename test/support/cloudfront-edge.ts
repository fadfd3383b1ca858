// CloudFront as examples/module-registry sets it up, before a registry's files: its behaviors, functions and error pages.

import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { runInNewContext } from "node:vm";
import { constantIn } from "../../src/hcl/constant.ts";
import { parseNative } from "../../src/hcl/native-syntax.ts";
import { referencesIn } from "../../src/hcl/references.ts";
import type { Block } from "../../src/hcl/syntax.ts";
import { directoryStore } from "../../src/registry/directory-store.ts";
import { contentTypeOf, type Store } from "../../src/registry/store.ts";
import type { Certificate, RunningServer, StartServer } from "./servers.ts";

/** The stack as a test of the examples has written it. */
const path = "test/modules/snapshots/module-registry.tf";

// biome-ignore lint/suspicious/noExplicitAny: a function takes and gives what it likes.
type Handler = (event: any) => any;

interface Behavior {
  readonly pattern: RegExp;
  readonly request: Handler | undefined;
  readonly response: Handler | undefined;
}

function constant({ body }: Block, name: string): unknown {
  const attribute = body.attribute(name);
  const shown = attribute && constantIn(attribute);
  return shown?.kind === "value" ? shown.json : undefined;
}

function configured() {
  const root = parseNative({ path, text: readFileSync(path, "utf8") });
  const resources = root.blocks("resource", 2);
  const [distribution] = resources.filter(({ labels }) => labels[0] === "aws_cloudfront_distribution");
  if (!distribution) throw new Error(`${path} has no distribution.`);
  const handler = (behavior: Block, event: string): Handler | undefined => {
    const association = behavior.body
      .blocks("function_association", 0)
      .find((one) => constant(one, "event_type") === event);
    const attribute = association?.body.attribute("function_arn");
    if (!attribute) return undefined;
    const [reference = ""] = referencesIn(attribute.expression);
    const made = resources.find(({ labels }) => reference === `${labels.join(".")}.arn`);
    const code = made && constant(made, "code");
    if (typeof code !== "string") throw new Error(`${reference} has no code.`);
    return runInNewContext(`${code}\nhandler`) as Handler;
  };
  const behaviors = ["ordered_cache_behavior", "default_cache_behavior"].flatMap((type) =>
    distribution.body.blocks(type, 0).map((behavior): Behavior => {
      const pattern = String(constant(behavior, "path_pattern") ?? "*").replace(/^(?=[^/*])/, "/");
      const source = pattern.split("*").map((text) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
      return {
        pattern: new RegExp(`^${source.join(".*")}$`),
        request: handler(behavior, "viewer-request"),
        response: handler(behavior, "viewer-response"),
      };
    }),
  );
  const errors = distribution.body.blocks("custom_error_response", 0).map((page) => ({
    from: constant(page, "error_code"),
    to: Number(constant(page, "response_code")),
    path: String(constant(page, "response_page_path")),
  }));
  return { behaviors, errors, rootObject: String(constant(distribution, "default_root_object")) };
}

export const cloudfront: StartServer = (root, _, certificate) => edgeOf(directoryStore(root), certificate);

/** An edge before a bucket. */
export async function edgeOf(store: Store, { cert, key }: Certificate): Promise<RunningServer> {
  const { behaviors, errors, rootObject } = configured();
  const answer = async (host: string, url: string) => {
    const [uri = "/"] = url.split("?");
    const behavior = behaviors.find(({ pattern }) => pattern.test(uri));
    const request = { uri: uri === "/" ? `/${rootObject}` : uri, headers: { host: { value: host } }, querystring: {} };
    const asked = behavior?.request?.({ request }) ?? request;
    const file = await store.read(asked.uri.slice(1));
    // A private bucket answers 403 for what is not there.
    const error = file ? undefined : errors.find(({ from }) => from === 403);
    const page = error && (await store.read(error.path.slice(1)));
    const response = {
      statusCode: file ? 200 : (error?.to ?? 403),
      headers: { "content-type": { value: contentTypeOf(file ? asked.uri : (error?.path ?? "")) } },
    };
    // No function runs where the origin answers with an error.
    const given = (file && behavior?.response?.({ request: asked, response })) || response;
    return { ...given, content: (file ?? page)?.content };
  };
  const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (request, response) => {
    answer(request.headers.host ?? "", request.url ?? "/").then(({ statusCode, headers, content }) => {
      const plain = Object.entries(headers as { readonly [name: string]: { readonly value: string } });
      response.writeHead(statusCode, Object.fromEntries(plain.map(([name, { value }]) => [name, value])));
      response.end(content);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, stop: () => server.close() };
}

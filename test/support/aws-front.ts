// Stands before moto: writes down every request, serves what moto lacks of CloudFront, which is response headers policies and
// the publication of functions, and passes everything else on.

import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as AWS names it, e.g. acm RequestCertificate, or cloudfront POST /2020-05-31/distribution. */
export interface Asked {
  readonly service: string;
  readonly action: string;
}

export interface Front {
  readonly url: string;
  /** All requests so far that change something, the oldest first. */
  readonly changes: () => string[];
  readonly close: () => Promise<void>;
}

export async function startFront(moto: string): Promise<Front> {
  const asked: Asked[] = [];
  const headersPolicies = responseHeadersPolicies();
  const server = createServer(async (incoming, outgoing) => {
    try {
      const body = await bodyOf(incoming);
      asked.push(askedBy(incoming, body));
      const own = headersPolicies(incoming, body.toString());
      if (own) answer(outgoing, own);
      else if (isPublication(incoming)) passOn(moto, described(incoming), Buffer.alloc(0), outgoing);
      else passOn(moto, incoming, body, outgoing);
    } catch (error) {
      outgoing.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    changes: () => asked.filter((one) => !isRead(one)).map(({ service, action }) => `${service} ${action}`),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function askedBy({ headers, method, url = "" }: IncomingMessage, body: Buffer): Asked {
  // Credential=KEY/DATE/REGION/SERVICE/aws4_request
  const [, service = "unsigned"] = /Credential=[^,]*\/([^/,]+)\/aws4_request/.exec(headers.authorization ?? "") ?? [];
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  const [, target] = String(headers["x-amz-target"] ?? "").split(".");
  const named = target ?? (isForm ? new URLSearchParams(body.toString()).get("Action") : undefined);
  return { service, action: named ?? `${method} ${url}` };
}

const isRead = ({ action }: Asked): boolean => /^(GET|HEAD) |^(Get|List|Describe)/.test(action);

type Request = Pick<IncomingMessage, "headers" | "method" | "url">;

/** A function is published, which moto does not know: the answer is that to DescribeFunction. */
const isPublication = ({ method, url = "" }: Request): boolean =>
  method === "POST" && /^\/2020-05-31\/function\/[^/]+\/publish$/.test(url);

const described = ({ headers: { "content-length": _, ...headers }, url = "" }: Request): Request => ({
  headers,
  method: "GET",
  url: url.replace(/publish$/, "describe"),
});

function passOn(moto: string, { headers, method, url = "" }: Request, body: Buffer, outgoing: ServerResponse) {
  const onward = request(new URL(url, moto), { method, headers }, (answered) => {
    outgoing.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(outgoing);
  });
  onward.on("error", (error) => outgoing.writeHead(502).end(String(error)));
  onward.end(body);
}

// --- response headers policies, as the API reference of CloudFront describes them (2020-05-31)

interface Answer {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
}

function answer(outgoing: ServerResponse, { status, headers, body = "" }: Answer): void {
  outgoing.writeHead(status, { "content-type": "text/xml", ...headers }).end(body);
}

interface HeadersPolicy {
  readonly id: string;
  readonly etag: string;
  readonly modified: string;
  /** The element ResponseHeadersPolicyConfig as it was sent. */
  readonly config: string;
}

const root = "/2020-05-31/response-headers-policy";
const namespace = 'xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"';

/** Keeps what is created. Whether a distribution still uses a policy, which keeps AWS from deleting it, is not known here. */
function responseHeadersPolicies() {
  const kept = new Map<string, HeadersPolicy>();

  return ({ method, url = "", headers }: IncomingMessage, body: string): Answer | undefined => {
    const { pathname } = new URL(url, "http://front");
    if (pathname === root) {
      if (method === "POST") return create(body);
      if (method === "GET") return list();
    }
    const [, id = "", config] = new RegExp(`^${root}/([^/]+)(/config)?$`).exec(pathname) ?? [];
    if (id === "") return undefined;
    const policy = kept.get(id);
    if (!policy) return fault(404, "NoSuchResponseHeadersPolicy", "The response headers policy does not exist.");
    if (method === "GET") return config ? shown(200, policy, policy.config) : shown(200, policy);
    const ifMatch = headers["if-match"];
    if (ifMatch === undefined) return fault(400, "InvalidIfMatchVersion", "The If-Match version is missing.");
    if (ifMatch !== policy.etag) return fault(412, "PreconditionFailed", "The policy has changed since.");
    if (method === "PUT" && !config) return update(policy, body);
    if (method !== "DELETE" || config) return undefined;
    kept.delete(id);
    return { status: 204 };
  };

  function create(body: string): Answer {
    const clash = clashOf(body);
    if (clash) return clash;
    const policy = version(randomUUID(), body);
    const answered = shown(201, policy);
    return { ...answered, headers: { ...answered.headers, location: `${root}/${policy.id}` } };
  }

  function update({ id }: HeadersPolicy, body: string): Answer {
    return clashOf(body, id) ?? shown(200, version(id, body));
  }

  /** Two policies of one name. */
  function clashOf(body: string, own?: string): Answer | undefined {
    const name = nameOf(body);
    if (![...kept.values()].some(({ id, config }) => id !== own && nameOf(config) === name)) return undefined;
    return fault(409, "ResponseHeadersPolicyAlreadyExists", `A response headers policy ${name} already exists.`);
  }

  function version(id: string, body: string): HeadersPolicy {
    const [config] = /<ResponseHeadersPolicyConfig[\s>].*<\/ResponseHeadersPolicyConfig>/s.exec(body) ?? [];
    if (config === undefined) throw new Error(`no ResponseHeadersPolicyConfig: ${body}`);
    const etag = `E${randomUUID().replaceAll("-", "").slice(0, 13).toUpperCase()}`;
    const policy = { id, etag, modified: new Date().toISOString(), config };
    kept.set(id, policy);
    return policy;
  }

  function list(): Answer {
    const items = [...kept.values()].map(
      (policy) => `<ResponseHeadersPolicySummary>${element(policy)}<Type>custom</Type></ResponseHeadersPolicySummary>`,
    );
    const body = `<ResponseHeadersPolicyList ${namespace}><Items>${items.join("")}</Items><MaxItems>100</MaxItems><Quantity>${items.length}</Quantity></ResponseHeadersPolicyList>`;
    return { status: 200, body };
  }
}

const nameOf = (config: string): string | undefined => /<Name>(.*?)<\/Name>/.exec(config)?.[1];

const element = ({ id, modified, config }: HeadersPolicy): string =>
  `<ResponseHeadersPolicy ${namespace}><Id>${id}</Id><LastModifiedTime>${modified}</LastModifiedTime>${config}</ResponseHeadersPolicy>`;

const shown = (status: number, policy: HeadersPolicy, body = element(policy)): Answer => ({
  status,
  headers: { etag: policy.etag },
  body,
});

const fault = (status: number, code: string, message: string): Answer => ({
  status,
  body: `<ErrorResponse ${namespace}><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
});

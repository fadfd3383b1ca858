// The front before moto: what it serves itself is what the API reference of CloudFront says, and the rest is passed on.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Front, startFront } from "./aws-front.ts";

let moto: Server;
let front: Front;

beforeAll(async () => {
  moto = createServer((incoming, outgoing) => {
    let body = "";
    incoming.on("data", (chunk) => {
      body += chunk;
    });
    incoming.on("end", () => outgoing.writeHead(418, { "x-method": incoming.method }).end(`${incoming.url} ${body}`));
  });
  await new Promise<void>((listening) => moto.listen(0, "127.0.0.1", listening));
  front = await startFront(`http://127.0.0.1:${(moto.address() as AddressInfo).port}`);
});
afterAll(async () => {
  await front.close();
  moto.close();
});

const policies = "/2020-05-31/response-headers-policy";
const configOf = (name: string, seconds = 1) =>
  `<ResponseHeadersPolicyConfig><Name>${name}</Name><AccessControlMaxAgeSec>${seconds}</AccessControlMaxAgeSec></ResponseHeadersPolicyConfig>`;

async function ask(method: string, path: string, body?: string, headers: { readonly [name: string]: string } = {}) {
  const response = await fetch(front.url + path, { method, headers, ...(body === undefined ? {} : { body }) });
  const etag = response.headers.get("etag") ?? "";
  return { status: response.status, text: await response.text(), etag, headers: response.headers };
}

test("a response headers policy is created, read, replaced, listed and deleted", async () => {
  const created = await ask("POST", policies, configOf("one"));
  expect(created.status).toBe(201);
  const location = created.headers.get("location") ?? "";
  const [, id] = /<Id>(.*)<\/Id>/.exec(created.text) ?? [];
  expect(location).toBe(`${policies}/${id}`);

  expect(await ask("GET", location)).toMatchObject({ status: 200, etag: created.etag, text: created.text });
  const config = await ask("GET", `${location}/config`);
  expect(config).toMatchObject({ status: 200, etag: created.etag, text: configOf("one") });

  const replaced = await ask("PUT", location, configOf("one", 2), { "if-match": created.etag });
  expect(replaced.status).toBe(200);
  expect(replaced.etag).not.toBe(created.etag);
  expect((await ask("GET", location)).text).toContain(configOf("one", 2));
  expect((await ask("GET", policies)).text).toContain("<Quantity>1</Quantity>");

  expect((await ask("DELETE", location, undefined, { "if-match": replaced.etag })).status).toBe(204);
  expect((await ask("GET", policies)).text).toContain("<Quantity>0</Quantity>");
});

test("what AWS refuses is refused", async () => {
  const { headers, etag } = await ask("POST", policies, configOf("taken"));
  const location = headers.get("location") ?? "";
  const { headers: other, etag: otherEtag } = await ask("POST", policies, configOf("other"));
  const refusals = [
    await ask("POST", policies, configOf("taken")),
    await ask("PUT", other.get("location") ?? "", configOf("taken"), { "if-match": otherEtag }),
    await ask("PUT", location, configOf("taken", 2)),
    await ask("PUT", location, configOf("taken", 2), { "if-match": otherEtag }),
    await ask("DELETE", location, undefined, { "if-match": `${etag}0` }),
    await ask("GET", `${policies}/none`),
  ];
  expect(refusals.map(({ status, text }) => `${status} ${/<Code>(.*)<\/Code>/.exec(text)?.[1]}`)).toEqual([
    "409 ResponseHeadersPolicyAlreadyExists",
    "409 ResponseHeadersPolicyAlreadyExists",
    "400 InvalidIfMatchVersion",
    "412 PreconditionFailed",
    "412 PreconditionFailed",
    "404 NoSuchResponseHeadersPolicy",
  ]);
  expect((await ask("GET", `${location}/config`)).text).toBe(configOf("taken"));
});

test("everything else is passed on", async () => {
  const { status, text, headers } = await ask("PUT", "/2020-05-31/distribution/E1/config?x=1", "body");
  expect({ status, text, method: headers.get("x-method") }).toEqual({
    status: 418,
    text: "/2020-05-31/distribution/E1/config?x=1 body",
    method: "PUT",
  });
});

test("requests that change something are told by service and action", async () => {
  const before = front.changes().length;
  const signed = (service: string) => ({
    authorization: `AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host`,
  });
  const target = (action: string) => ({ ...signed("acm"), "x-amz-target": `CertificateManager.${action}` });
  const form = { ...signed("sts"), "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
  await ask("POST", "/", "{}", target("DescribeCertificate"));
  await ask("POST", "/", "Action=GetCallerIdentity&Version=2011-06-15", form);
  await ask("GET", "/bucket", undefined, signed("s3"));
  await ask("POST", "/", "{}", target("RequestCertificate"));
  await ask("POST", "/", "Action=AssumeRole&Version=2011-06-15", form);
  await ask("PUT", "/bucket", "", signed("s3"));
  expect(front.changes().slice(before)).toEqual(["acm RequestCertificate", "sts AssumeRole", "s3 PUT /bucket"]);
});

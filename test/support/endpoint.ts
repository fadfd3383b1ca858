// Endpoints and facts for tests: sound in every way but for what a test says.

import type { Certificate, CertificateUse, Endpoint, Hsts, Route, Upstream } from "../../src/facts/endpoint.ts";
import { type Fact, unknown as unknownValue } from "../../src/facts/fact.ts";
import type { ObjectStore } from "../../src/facts/object-store.ts";
import { text } from "../../src/text.ts";

const place = { address: "test_endpoint.sample", at: "attribute" };

export const known = <T>(value: T): Fact<T> => ({ state: "known", value, place });

export const sensitive = <T>(value: T): Fact<T> => ({ state: "known", value, sensitive: true, place });

export const unknown: Fact<never> = {
  ...unknownValue({ reason: "after-apply", from: text`from test_source.other` }),
  place,
};

export const header: Hsts = { maxAge: known(31_536_000), includeSubDomains: known(true), preload: known(true) };

export const route = (changes: Partial<Route> = {}): Route => ({
  path: text`*`,
  plainHttp: known("redirected"),
  hsts: header,
  ...changes,
});

export const upstream = (changes: Partial<Upstream> = {}): Upstream => ({
  name: text`api`,
  reach: "public",
  protocol: known("https"),
  minimumTls: known("TLS 1.2"),
  routes: [text`*`],
  ...changes,
});

export const certificate = (changes: Partial<Certificate> = {}): Certificate => ({
  address: "test_certificate.sample",
  names: [known("www.example.com")],
  key: known({ algorithm: "RSA", size: 2048 }),
  digest: known("SHA-256"),
  transparency: known(true),
  renewal: known("automatic"),
  ...changes,
});

export const use = (changes: Partial<CertificateUse> = {}): CertificateUse => ({
  certificate: certificate(),
  region: known({ actual: "us-east-1", required: "us-east-1" }),
  ready: known(true),
  ...changes,
});

export const endpoint = (changes: Partial<Endpoint> = {}): Endpoint => ({
  address: "test_endpoint.sample",
  kind: "sample",
  names: [known("www.example.com")],
  certificate: known("own"),
  certificates: [use()],
  minimumTls: known("TLS 1.2"),
  forwardSecrecy: known(true),
  aeadOnly: known(true),
  ecdheAes: known(true),
  sni: known(true),
  httpVersions: known(["HTTP/1.1", "HTTP/2"]),
  routes: [route()],
  upstreams: [upstream()],
  ...changes,
});

export const objectStore = (refusesPlainHttp: Fact<boolean>): ObjectStore => ({
  address: "test_bucket.sample",
  kind: "sample",
  refusesPlainHttp,
});

// The shape of a report that `tlsgate merge` accepts. The file may come from any program.

import { anyOf, count, flag, is, listOf, object, oneOf, optional, type Shape, scalar, text, wrongIn } from "./shape.ts";

const severity = oneOf("critical", "high", "medium", "low");
const change = oneOf("introduced", "existing", "fixed", "none");

const assumed = object({ reason: text, owner: text, expires: optional(text) });

const finding = object({
  policy: text,
  severity,
  enforcement: optional(oneOf("mandatory", "advisory")),
  address: text,
  at: text,
  outcome: oneOf("pass", "fail", "unknown"),
  change,
  deleted: optional(flag),
  message: text,
  unknown: optional(object({ kind: oneOf("open", "outside", "fails safe"), reason: text })),
  noFix: optional(text),
  assumed: optional(assumed),
  fix: optional(text),
  remedy: optional(
    object({
      address: text,
      attribute: text,
      with: optional(listOf(object({ attribute: text, value: scalar }))),
      value: anyOf(scalar, listOf(text), object({ reference: text })),
    }),
  ),
  related: optional(listOf(text)),
  module: optional(object({ source: text, version: optional(text) })),
  waiver: optional(object({ reason: text, owner: text, expires: text, ticket: optional(text), writtenIn: text })),
  fingerprint: optional(text),
  baseline: optional(oneOf("new", "known")),
  source: optional(object({ file: text, line: count, column: count, constructPath: optional(text) })),
  refuses: flag,
});

// --- endpoints, whose facts are as the model has them

/** What is sensitive or unknown has no value. */
const fact = (value: Shape): Shape =>
  object({
    state: oneOf("known", "unknown"),
    value: optional(value),
    kind: optional(oneOf("open", "outside", "fails safe")),
    cause: optional(object({ note: text })),
    note: optional(text),
    assumed: optional(assumed),
    place: object({ address: text, at: text }),
    related: optional(listOf(text)),
  });

const textFact = fact(text);
const flagFact = optional(fact(flag));
const tlsFact = optional(fact(oneOf("SSLv3", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3")));

const certificate = object({
  address: optional(text),
  names: listOf(textFact),
  digest: optional(textFact),
  key: optional(fact(object({ algorithm: text, size: count }))),
  transparency: flagFact,
  renewal: optional(fact(oneOf("automatic", "by email", "by import"))),
});

const route = object({
  path: text,
  redirectsTo: optional(fact(oneOf("https", "http"))),
  plainHttp: optional(fact(oneOf("served", "redirected", "refused"))),
  hsts: optional(
    object({ maxAge: fact(is((value) => typeof value === "number")), includeSubDomains: flagFact, preload: flagFact }),
  ),
});

const upstream = object({
  name: text,
  protocol: fact(oneOf("https", "http", "viewer")),
  reach: oneOf("public", "private"),
  minimumTls: tlsFact,
  certificate: optional(fact(oneOf("verified", "not verified"))),
  endpoint: optional(text),
  routes: listOf(text),
});

const endpoint = object({
  address: text,
  kind: text,
  names: listOf(textFact),
  certificate: optional(fact(oneOf("own", "provider", "missing"))),
  certificates: listOf(
    object({
      certificate,
      region: optional(fact(object({ actual: text, required: text }))),
      sameRegion: flagFact,
      ready: flagFact,
    }),
  ),
  minimumTls: tlsFact,
  forwardSecrecy: flagFact,
  aeadOnly: flagFact,
  ecdheAes: flagFact,
  httpsBeside: flagFact,
  sni: flagFact,
  httpVersions: optional(fact(listOf(text))),
  routes: listOf(route),
  upstreams: listOf(upstream),
});

// --- the whole

const leftOut = object({ pass: count, fail: count, unknown: count, notJudged: optional(count) });

const report = object({
  schemaVersion: oneOf(1),
  summary: optional(object({ gone: optional(count) })),
  plans: listOf(
    object({
      path: text,
      kind: optional(oneOf("plan", "state", "configuration", "waivers")),
      formatVersion: optional(text),
      terraformVersion: optional(text),
      complete: flag,
      verdict: oneOf("pass", "refused", "error"),
      findings: listOf(finding),
      leftOut: optional(leftOut),
      endpoints: optional(count),
      chains: optional(listOf(listOf(text))),
      notJudged: optional(listOf(object({ address: text, type: text, what: text, change, refuses: flag }))),
      inventory: optional(object({ before: listOf(endpoint), after: listOf(endpoint) })),
    }),
  ),
});

/** The path of the first thing that no report holds there; "" for the whole, undefined where all is right. */
export const wrongInReport = (value: unknown): string | undefined => wrongIn(value, report);

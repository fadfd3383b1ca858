// Assumptions: which facts they settle, what the plan contradicts, and what is reported of them.

import { describe, expect, test } from "vitest";
import { profiles } from "../../policies/profiles.ts";
import { policies } from "../../policies/registry.ts";
import { checkConfig } from "../../src/config/check-config.ts";
import type { Endpoint } from "../../src/facts/endpoint.ts";
import type { Fact } from "../../src/facts/fact.ts";
import {
  type Assumption,
  type AssumptionEntry,
  assumeFacts,
  assumptionFindings,
  idleAssumptions,
  problemWith,
} from "../../src/findings/assumptions.ts";
import { evaluate } from "../../src/findings/evaluate.ts";
import { adapters } from "../../src/providers/registry.ts";
import {
  certificate,
  endpoint,
  known,
  objectStore,
  route,
  sensitive,
  unknown,
  upstream,
  use,
} from "../support/endpoint.ts";
import { fixture } from "../support/plans.ts";
import { said } from "../support/said.ts";

const today = new Date("2027-01-01T12:00:00Z");

const assumption = (entry: Partial<Assumption>): Assumption => ({
  address: "test_endpoint.sample",
  reason: "the application sets it",
  owner: "web-team",
  writtenIn: "tlsgate.config.yaml (assumption 1)",
  ...entry,
});

const assume = (one: Endpoint, ...entries: Partial<AssumptionEntry>[]) => {
  const { endpoints, uses } = assumeFacts({ endpoints: [one], objectStores: [] }, entries.map(assumption), today);
  return { endpoint: endpoints[0] as Endpoint, findings: assumptionFindings(uses) };
};

const hsts = { maxAge: unknown, includeSubDomains: unknown, preload: unknown };

describe("storage", () => {
  const stored = (fact: Fact<boolean>, ...entries: Partial<AssumptionEntry>[]) => {
    const { objectStores, uses } = assumeFacts(
      { endpoints: [], objectStores: [objectStore(fact)] },
      entries.map(assumption),
      today,
    );
    const findings = assumptionFindings(uses).map(({ policy, message }) => `${policy}: ${message}`);
    return { refuses: said(objectStores[0]?.refusesPlainHttp), findings };
  };
  const refused = { address: "test_bucket.*", plainHttp: "refused" } as const;

  test("that refuses plain HTTP outside the plan, e.g. by an organization's policy", () => {
    expect(stored(unknown, refused)).toEqual({
      refuses: true,
      findings: [
        "assumption: plain HTTP refused is assumed: the application sets it (web-team, tlsgate.config.yaml (assumption 1))",
      ],
    });
  });

  test("stays as the plan shows it", () => {
    expect(stored(known(true), refused)).toEqual({ refuses: true, findings: [] });
    expect(stored(known(false), refused)).toMatchObject({
      refuses: false,
      findings: [
        "assumption-contradicted: plain HTTP refused is assumed, but the plan shows that it is accepted (tlsgate.config.yaml (assumption 1))",
      ],
    });
  });

  test("that is known as a secret shows nothing of it", () => {
    expect(stored(sensitive(false), refused).findings).toEqual([
      "assumption-contradicted: plain HTTP refused is assumed, but the plan shows (sensitive) (tlsgate.config.yaml (assumption 1))",
    ]);
  });

  test("that no assumption is about", () => {
    expect(stored(unknown, { ...refused, address: "other.*" })).toEqual({ refuses: said(unknown), findings: [] });
    expect(stored(unknown, { address: "test_bucket.*", minimumTls: "TLS 1.2" }).refuses).toBe(said(unknown));
  });
});

describe("an unknown fact", () => {
  test.each<[string, Partial<AssumptionEntry>, Partial<Endpoint>, (one: Endpoint) => unknown, unknown]>([
    ["the minimum of TLS", { minimumTls: "TLS 1.2" }, { minimumTls: unknown }, (one) => one.minimumTls, "TLS 1.2"],
    ["forward secrecy", { forwardSecrecy: true }, { forwardSecrecy: unknown }, (one) => one.forwardSecrecy, true],
    ["AEAD", { aeadOnly: false }, { aeadOnly: unknown }, (one) => one.aeadOnly, false],
    ["ECDHE with AES", { ecdheAes: true }, { ecdheAes: unknown }, (one) => one.ecdheAes, true],
    ["HTTPS beside HTTP", { httpsBeside: true }, { httpsBeside: unknown }, (one) => one.httpsBeside, true],
    [
      "plain HTTP",
      { plainHttp: "redirected" },
      { routes: [route({ plainHttp: unknown })] },
      (one) => one.routes[0]?.plainHttp,
      "redirected",
    ],
    [
      "HSTS",
      { hsts: "max-age=31536000; includeSubDomains" },
      { routes: [route({ hsts })] },
      (one) => one.routes[0]?.hsts?.maxAge,
      31_536_000,
    ],
    [
      "the protocol to the origin",
      { originProtocol: "https" },
      { upstreams: [upstream({ protocol: unknown })] },
      (one) => one.upstreams[0]?.protocol,
      "https",
    ],
    [
      "TLS to the origin",
      { originMinimumTls: "TLS 1.3" },
      { upstreams: [upstream({ minimumTls: unknown })] },
      (one) => one.upstreams[0]?.minimumTls,
      "TLS 1.3",
    ],
    [
      "names of a certificate",
      { certificateNames: ["*.example.com"] },
      { certificates: [use({ certificate: certificate({ names: [unknown] }) })] },
      (one) => one.certificates[0]?.certificate.names[0],
      "*.example.com",
    ],
  ])("becomes known, and says who assumes it: %s", (_, entry, changes, read, value) => {
    const { endpoint: found, findings } = assume(endpoint(changes), entry);
    const fact = read(found) as never;
    expect(said(fact)).toEqual(value);
    expect(fact).toMatchObject({ assumed: { reason: "the application sets it", owner: "web-team" } });
    expect(findings.map(({ policy, outcome, refuses }) => [policy, outcome, refuses])).toEqual([
      ["assumption", "unknown", false],
    ]);
    expect(findings[0]?.message).toContain("is assumed: the application sets it (web-team, ");
  });

  test("all directives of the header are the header's", () => {
    const { endpoint: found } = assume(endpoint({ routes: [route({ hsts })] }), { hsts: "max-age=5; preload" });
    const header = found.routes[0]?.hsts;
    expect([header?.maxAge, header?.includeSubDomains, header?.preload].map(said)).toEqual([5, false, true]);
  });

  test("stays unknown at another address, and after the last day", () => {
    const open = endpoint({ minimumTls: unknown });
    const elsewhere = assume(open, { address: "test_endpoint.other", minimumTls: "TLS 1.2" });
    const ended = assume(open, { expires: "2026-12-31", minimumTls: "TLS 1.2" });
    for (const { endpoint: found, findings } of [elsewhere, ended]) {
      expect(found.minimumTls?.state).toBe("unknown");
      expect(findings).toEqual([]);
    }
    expect(assume(open, { expires: "2027-01-01", minimumTls: "TLS 1.2" }).endpoint.minimumTls?.state).toBe("known");
  });

  test("is found by the endpoint's address, by that of the fact, and by a glob", () => {
    const place = { address: "test_listener.https", at: "policy" };
    const open = endpoint({ minimumTls: { ...unknown, place } });
    for (const address of ["test_endpoint.sample", "test_listener.https", "test_listener.*"]) {
      expect(said(assume(open, { address, minimumTls: "TLS 1.2" }).endpoint.minimumTls)).toBe("TLS 1.2");
    }
  });
});

describe("a plan that shows it", () => {
  test.each<[string, Partial<AssumptionEntry>, Partial<Endpoint>, string | undefined]>([
    [
      "worse",
      { minimumTls: "TLS 1.2" },
      { minimumTls: known("TLS 1.0") },
      "TLS minimum TLS 1.2 is assumed, but the plan shows TLS 1.0",
    ],
    ["as assumed", { minimumTls: "TLS 1.2" }, { minimumTls: known("TLS 1.2") }, undefined],
    ["better", { minimumTls: "TLS 1.2" }, { minimumTls: known("TLS 1.3") }, undefined],
    [
      "plain HTTP served",
      { plainHttp: "refused" },
      { routes: [route({ plainHttp: known("served") })] },
      "the plan shows served",
    ],
    [
      "no header",
      { hsts: "max-age=31536000" },
      { routes: [route({ hsts: { maxAge: known(0), includeSubDomains: known(false), preload: known(false) } })] },
      "HSTS max-age=31536000 is assumed, but the plan shows 0",
    ],
    ["worse, in secret", { minimumTls: "TLS 1.2" }, { minimumTls: sensitive("TLS 1.0") }, "the plan shows (sensitive)"],
    [
      "a shorter header",
      { hsts: "max-age=31536000" },
      { routes: [route({ hsts: { maxAge: known(300), includeSubDomains: known(false), preload: known(false) } })] },
      "HSTS max-age=31536000 is assumed, but the plan shows 300",
    ],
    [
      "the same header",
      { hsts: "max-age=300; includeSubDomains; preload" },
      { routes: [route({ hsts: { maxAge: known(300), includeSubDomains: known(false), preload: known(false) } })] },
      undefined,
    ],
    [
      "no forward secrecy",
      { forwardSecrecy: true },
      { forwardSecrecy: known(false) },
      "forward secrecy is assumed, but the plan shows false",
    ],
    ["forward secrecy that is not assumed", { forwardSecrecy: false }, { forwardSecrecy: known(true) }, undefined],
    ["no AEAD, as assumed", { aeadOnly: false }, { aeadOnly: known(false) }, undefined],
    ["the redirect", { plainHttp: "refused" }, { routes: [route({ plainHttp: known("redirected") })] }, undefined],
    [
      "HTTPS to the origin",
      { originProtocol: "https" },
      { upstreams: [upstream({ protocol: known("https") })] },
      undefined,
    ],
    [
      "other names of the certificate",
      { certificateNames: ["*.example.com"] },
      { certificates: [use({ certificate: certificate({ names: [known("www.example.com")] }) })] },
      undefined,
    ],
    [
      "plain HTTP to the origin",
      { originProtocol: "https" },
      { upstreams: [upstream({ protocol: known("http") })] },
      "the plan shows http",
    ],
  ])("keeps its value; a contradiction refuses the plan: %s", (_, entry, changes, message) => {
    const { endpoint: found, findings } = assume(endpoint(changes), entry);
    expect(found).toEqual(endpoint(changes));
    expect(findings.map(({ policy, refuses }) => [policy, refuses])).toEqual(
      message ? [["assumption-contradicted", true]] : [],
    );
    if (message) expect(findings[0]?.message).toContain(message);
  });
});

test.each<[Partial<AssumptionEntry>, Partial<Endpoint>, string]>([
  [{ aeadOnly: false }, { aeadOnly: unknown }, "no AEAD cipher suites only"],
  [{ forwardSecrecy: true }, { forwardSecrecy: unknown }, "forward secrecy"],
  [{ minimumTls: "TLS 1.2" }, { minimumTls: unknown }, "TLS minimum TLS 1.2"],
  [{ plainHttp: "refused" }, { routes: [route({ plainHttp: unknown })] }, "plain HTTP refused"],
  [{ originProtocol: "https" }, { upstreams: [upstream({ protocol: unknown })] }, "HTTPS to the origin"],
  [{ originMinimumTls: "TLS 1.2" }, { upstreams: [upstream({ minimumTls: unknown })] }, "origin TLS minimum TLS 1.2"],
  [
    { certificateNames: ["a.example", "b.example"] },
    { certificates: [use({ certificate: certificate({ names: [unknown] }) })] },
    "certificate for a.example, b.example",
  ],
  [{ hsts: "max-age=5" }, { routes: [route({ hsts })] }, "HSTS max-age=5"],
])("what is assumed is said in words: %j", (entry, changes, words) => {
  expect(assume(endpoint(changes), entry).findings.map(({ message }) => message)).toEqual([
    `${words} is assumed: the application sets it (web-team, tlsgate.config.yaml (assumption 1))`,
  ]);
});

describe("what is reported of an assumption", () => {
  const { findings: settled } = assume(endpoint({ minimumTls: unknown }), { minimumTls: "TLS 1.2" });
  const { findings: contradicted } = assume(endpoint({ minimumTls: known("TLS 1.0") }), { minimumTls: "TLS 1.2" });
  const idle = (expires?: string) =>
    idleAssumptions(
      [assumption({ hsts: "max-age=5", ...(expires === undefined ? {} : { expires }) })],
      new Set(),
      today,
    );

  test.each([
    [
      "one that settles something is to be verified, as the plan shows nothing of it",
      settled,
      ["assumption", "low", "advisory", "unknown", false],
      { kind: "outside", reason: "other" },
      "Verify it after the deployment, e.g. with curl --head https://NAME/.",
    ],
    [
      "one that the plan contradicts keeps it from being applied",
      contradicted,
      ["assumption-contradicted", "high", "mandatory", "fail", true],
      null,
      "Correct the configuration that the plan shows, or remove the assumption.",
    ],
    [
      "an ended one is advice",
      idle("2026-12-31"),
      ["assumption-expired", "medium", "advisory", "fail", false],
      null,
      "Verify it again and set another end, or remove it.",
    ],
    [
      "one that settles nothing too",
      idle(),
      ["assumption-unused", "low", "advisory", "fail", false],
      null,
      "Remove it, or correct its address.",
    ],
  ])("%s", (_, findings, [policy, severity, enforcement, outcome, refuses], reason, fix) => {
    expect(findings).toMatchObject([
      { policy, severity, enforcement, outcome, refuses, unknown: reason, fix, remedy: null },
    ]);
  });

  test("it holds to the last moment of its last day", () => {
    const at = (moment: string) =>
      idleAssumptions([assumption({ hsts: "max-age=5", expires: "2027-01-01" })], new Set(), new Date(moment));
    expect(at("2027-01-01T23:59:59.999Z").map(({ policy }) => policy)).toEqual(["assumption-unused"]);
    expect(at("2027-01-02T00:00:00.000Z").map(({ policy }) => policy)).toEqual(["assumption-expired"]);
  });
});

describe("an entry", () => {
  const entry = { address: "a.b", reason: "r", owner: "o" };

  test.each<[keyof AssumptionEntry, unknown]>([
    ["hsts", "max-age=5"],
    ["plainHttp", "refused"],
    ["minimumTls", "TLS 1.2"],
    ["forwardSecrecy", true],
    ["aeadOnly", false],
    ["ecdheAes", true],
    ["httpsBeside", false],
    ["originProtocol", "https"],
    ["originMinimumTls", "TLS 1.3"],
    ["certificateNames", ["a.example"]],
  ])("that states %s alone is enough", (name, value) => {
    expect(problemWith({ ...entry, [name]: value })).toBeUndefined();
  });

  test("that states nothing is told what it can state", () => {
    expect(problemWith(entry)).toBe(
      "states nothing: one of hsts, plainHttp, minimumTls, forwardSecrecy, aeadOnly, ecdheAes, httpsBeside, originProtocol, originMinimumTls, certificateNames",
    );
  });

  test("of a version that does not exist is told which do", () => {
    const strange = { ...entry, originMinimumTls: "TLS 9" as never };
    expect(problemWith(strange)).toBe("TLS 9 is not one of SSLv3, TLS 1.0, TLS 1.1, TLS 1.2, TLS 1.3");
  });
});

test("an assumption that has expired or matches nothing is reported", () => {
  const [expired, unused, used] = [
    assumption({ expires: "2026-12-31", hsts: "max-age=5", writtenIn: "a" }),
    assumption({ hsts: "max-age=5", writtenIn: "b" }),
    assumption({ hsts: "max-age=5", writtenIn: "c" }),
  ];
  const findings = idleAssumptions([expired, unused, used], new Set(["c"]), today);
  expect(findings.map(({ policy, refuses }) => [policy, refuses])).toEqual([
    ["assumption-expired", false],
    ["assumption-unused", false],
  ]);
});

describe("the configuration", () => {
  const entry = { address: "a.b", reason: "r", owner: "o" };
  test.each<[string, object, RegExp]>([
    ["no fact", entry, /assume\.0: states nothing: one of hsts, plainHttp,/],
    ["no owner", { address: "a.b", reason: "r", hsts: "max-age=5" }, /assume\.0 must have required property 'owner'/],
    [
      "a header that browsers ignore",
      { ...entry, hsts: "max-age=0" },
      /hsts must be a Strict-Transport-Security header/,
    ],
    [
      "no day",
      { ...entry, hsts: "max-age=5", expires: "soon" },
      /expires must be a day such as 2027-03-31 \(got "soon"\)/,
    ],
    ["a version that does not exist", { ...entry, minimumTls: "TLS 9" }, /minimumTls must be equal to one of/],
    ["a misspelt key", { ...entry, hst: "max-age=5" }, /has no "hst"; did you mean hsts\?/],
    ["served plain HTTP", { ...entry, plainHttp: "served" }, /plainHttp must be equal to one of/],
  ])("is refused with %s", (_, wrong, message) => {
    expect(() => checkConfig({ assume: [wrong] }, "tlsgate.config.json")).toThrow(message);
  });

  test("is taken with a fact", () => {
    const config = { assume: [{ ...entry, hsts: "max-age=5", expires: "2099-01-01" }] };
    expect(checkConfig(config, "tlsgate.config.json")).toEqual(config);
  });
});

test("a plan is judged by what is assumed, and each finding says so", () => {
  const plan = fixture("aws-managed-endpoints");
  const judge = (assumptions: readonly Assumption[]) =>
    evaluate(plan, {
      policies,
      adapters,
      enforcement: profiles.strict.enforcement,
      outsidePlan: "refuse",
      assumptions,
      today,
    }).findings.filter(({ policy }) => policy === "hsts-enabled" || policy.startsWith("assumption"));
  const open = judge([]).filter(({ outcome }) => outcome === "unknown");
  expect(open.length).toBeGreaterThan(0);
  const address = open[0]?.address ?? "";
  const after = judge([assumption({ address, hsts: "max-age=31536000" })]);
  const there = after.filter((one) => one.address === address);
  expect(
    there.map(({ policy, outcome, assumed, refuses }) => [policy, outcome, assumed?.owner ?? null, refuses]),
  ).toEqual([
    ["hsts-enabled", "pass", "web-team", false],
    ["assumption", "unknown", null, false],
  ]);
});

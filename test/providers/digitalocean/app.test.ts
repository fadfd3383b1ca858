// Apps of DigitalOcean's App Platform: their domains; on plans made by hand.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { only } from "../../support/distribution.ts";
import { fuzz } from "../../support/fuzz.ts";
import { configured, plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const address = "digitalocean_app.made";

const apps = (spec: JsonObject, unknown: JsonObject = {}) =>
  endpointsOf(
    plan({
      changes: { [address]: { after: { spec: [spec] }, after_unknown: { spec: [unknown] } as never } },
      root: { resources: [configured(address, { spec: [{}] })] },
    }),
  );
const service = [{ name: "web" }];
const app = (spec: JsonObject = {}, unknown: JsonObject = {}) => at(apps({ service, ...spec }, unknown), address);

test.each([
  ["service", true],
  ["static_site", true],
  ["function", true],
  ["worker", false],
  ["job", false],
])("an app of a %s answers: %s", (component, answers) => {
  expect(apps({ [component]: service }).has(address)).toBe(answers);
});

test("what App Platform does for every app", () => {
  const { kind, minimumTls, forwardSecrecy, aeadOnly, routes, upstreams } = app();
  expect([kind, said(minimumTls), said(only(routes).plainHttp), upstreams]).toEqual([
    "DigitalOcean app",
    "TLS 1.2",
    "redirected",
    [],
  ]);
  for (const open of [forwardSecrecy, aeadOnly]) expect(said(open)).toMatch(/^\? DigitalOcean does not say/);
  expect(said(only(routes).hsts?.maxAge)).toMatch(/^\? the app sends/);
});

describe("domains", () => {
  const names = (...args: Parameters<typeof app>) => app(...args).names.map(said);

  test.each([
    [{}, [], "provider"],
    [{ domain: [{ name: "a.test" }] }, ["a.test"], "own"],
    [{ domain: [{ name: "a.test", type: "PRIMARY", wildcard: true }] }, ["a.test", "*.a.test"], "own"],
    [{ domain: [{ name: "a.test", wildcard: false }] }, ["a.test"], "own"],
    [{ domain: [{ name: "x.ondigitalocean.app", type: "DEFAULT" }] }, [], "provider"],
    [{ domains: ["a.test", "b.test"] }, ["a.test", "b.test"], "own"],
  ])("%j: %j", (spec, expected, whose) => {
    expect(names(spec)).toEqual(expected);
    expect(said(app(spec).certificate)).toBe(whose);
  });

  test("none is written, and the provider fills them in", () => expect(names({}, { domain: true })).toEqual([]));

  test("known after apply", () => {
    const late = (after: JsonObject, unknown: JsonObject) => {
      const changes = { [address]: { after: { spec: [after] }, after_unknown: { spec: [unknown] } as never } };
      return at(endpointsOf(plan({ changes })), address).names.map(said);
    };
    const open = expect.stringMatching(/^\? known after apply/);
    expect(late({ service, domain: [{ name: "a.test" }] }, { domain: [{ wildcard: true }] })).toEqual(["a.test", open]);
    expect(late({ service, domains: ["a.test", null] }, { domains: [false, true] })).toEqual(["a.test", open]);
  });

  test("a flag that is none", () =>
    expect(names({ domain: [{ name: "a.test", wildcard: "yes" }] })).toEqual([
      "a.test",
      '? "yes" is not a value that tlsgate recognises',
    ]));
});

describe("values at random", () =>
  fuzz({
    resources: {
      [address]: {
        spec: [
          {
            domain: [{ name: "text", type: "text", wildcard: "flag" }],
            domains: ["text"],
            service: [{ name: "text" }],
            static_site: [{ name: "text" }],
            worker: [{ name: "text" }],
          },
        ],
      },
    },
    words: ["a.test", "PRIMARY", "DEFAULT", "ALIAS", "", "constructor"],
    passing: {
      "ats-connection": () => true,
      "https-only": () => true,
      "minimum-tls-1-2": () => true,
      "certificate-present": () => true,
    },
  }));

// Amplify's apps and domains → endpoints: HSTS by custom headers, names and certificates; on a real plan and on made ones.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { allPaths, certificateTypes } from "../../../src/providers/aws/amplify-values.ts";
import { only } from "../../support/distribution.ts";
import { fuzz } from "../../support/fuzz.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const real = endpointsOf("aws-amplify");
const app = (name: string) => at(real, `aws_amplify_app.${name}`);
const domain = (name: string) => at(real, `aws_amplify_domain_association.${name}`);

const header = (pattern: string, key = "Strict-Transport-Security") =>
  `customHeaders:\n  - pattern: '${pattern}'\n    headers:\n      - key: '${key}'\n        value: 'max-age=31536000; preload'\n`;

describe("HSTS", () => {
  const hsts = (endpoint: ReturnType<typeof app>) => only(endpoint.routes).hsts;
  const made = (custom_headers: unknown) =>
    hsts(
      at(
        endpointsOf(plan({ changes: { "aws_amplify_app.made": { after: { custom_headers } as JsonObject } } })),
        "aws_amplify_app.made",
      ),
    );

  test("of a real plan", () => {
    expect(said(hsts(app("hsts"))?.maxAge)).toBe(31_536_000);
    expect(said(hsts(app("hsts"))?.includeSubDomains)).toBe(true);
    expect(said(hsts(app("hsts"))?.preload)).toBe(false);
    expect(said(hsts(app("encoded"))?.maxAge)).toBe(300);
    const other = hsts(app("other_headers"));
    expect([other?.maxAge, other?.includeSubDomains, other?.preload].map(said)).toEqual([0, false, false]);
    expect(said(hsts(app("silent"))?.maxAge)).toMatch(/^\? custom_headers is not set, and a plan does not show/);
  });

  test("a domain's is that of its app", () => {
    expect(said(hsts(domain("managed"))?.maxAge)).toBe(31_536_000);
    expect(hsts(domain("managed"))?.maxAge.place).toEqual({ address: "aws_amplify_app.hsts", at: "custom_headers" });
    expect(said(hsts(domain("elsewhere"))?.maxAge)).toBe("? the app is defined outside this plan");
  });

  test.each(Object.keys(allPaths))("%s matches all paths", (pattern) => {
    expect(said(made(header(pattern))?.maxAge)).toBe(31_536_000);
    expect(said(made(header(pattern))?.preload)).toBe(true);
    expect(said(made(header(pattern, "strict-transport-security"))?.maxAge)).toBe(31_536_000);
  });

  test.each(["*", "/*", "*.html", "constructor"])("%s may not", (pattern) => {
    expect(said(made(header(pattern))?.maxAge)).toBe(
      `? custom_headers sends the header on ${pattern} alone, which may not be all paths`,
    );
  });

  test("two values are none", () => {
    const weak = header("/admin/**").replace("customHeaders:\n", "").replace("31536000", "0");
    expect(said(made(header("**") + weak)?.maxAge)).toMatch(/^\? custom_headers sends the header with more than one/);
    expect(said(made(header("**") + header("*.html").replace("customHeaders:\n", ""))?.maxAge)).toBe(31_536_000);
  });

  test("what is not read, or not known", () => {
    expect(said(made("applications:")?.maxAge)).toBe("? custom_headers is not written in a form that tlsgate reads");
    const after_unknown = { custom_headers: true };
    const changes = { "aws_amplify_app.made": { after: {}, after_unknown } };
    const root = {
      resources: [configured("aws_amplify_app.made", { custom_headers: { references: ["local.headers"] } })],
    };
    expect(said(hsts(at(endpointsOf(plan({ changes, root })), "aws_amplify_app.made"))?.maxAge)).toMatch(
      /^\? known after apply/,
    );
  });
});

test("secret headers are judged, and not shown", () => {
  const of = (custom_headers: string) => {
    const change = { after: { custom_headers }, after_sensitive: { custom_headers: true } };
    const found = at(endpointsOf(plan({ changes: { "aws_amplify_app.made": change } })), "aws_amplify_app.made");
    return said(only(found.routes).hsts?.maxAge);
  };
  expect(of(header("**"))).toEqual({ secret: 31_536_000 });
  expect(of(header("/secret/*"))).toMatch(/^\? custom_headers sends the header on some patterns alone/);
});

test("TLS and plain HTTP, no page tells", () => {
  for (const endpoint of [app("hsts"), domain("managed")]) {
    const { minimumTls, forwardSecrecy, aeadOnly, routes } = endpoint;
    for (const fact of [minimumTls, forwardSecrecy, aeadOnly])
      expect(said(fact)).toMatch(/^\? AWS does not say which TLS/);
    expect(said(only(routes).plainHttp)).toBe("? AWS does not say what plain HTTP gets from Amplify");
  }
  expect([app("hsts").names, said(app("hsts").certificate)]).toEqual([[], "provider"]);
});

describe("a domain", () => {
  test("names: prefixes before it, and none", () => {
    expect(domain("managed").names.map(said).sort()).toEqual(["example.com", "www.example.com"]);
    expect(domain("own").names.map(said)).toEqual(["shop.example.com"]);
    const address = "aws_amplify_domain_association.made";
    const change = {
      after: { domain_name: "a.test", sub_domain: [{}] },
      after_unknown: { sub_domain: [{ prefix: true }] },
    };
    expect(at(endpointsOf(plan({ changes: { [address]: change } })), address).names.map(said)).toEqual([
      expect.stringMatching(/^\? known after apply/),
    ]);
  });

  test("a prefix, or an app, that is not known yet: where it comes from", () => {
    const address = "aws_amplify_domain_association.made";
    const late = { after: {}, after_unknown: { output: true } };
    const change = {
      after: { domain_name: "a.test", sub_domain: [{ branch_name: "b" }, { branch_name: "a", prefix: "www" }] },
      after_unknown: { app_id: true, sub_domain: [{ prefix: true }, {}] },
    };
    const written = configured(address, {
      app_id: refersTo("terraform_data.app.output"),
      sub_domain: [
        { branch_name: { constant_value: "a" }, prefix: { constant_value: "www" } },
        { branch_name: { constant_value: "b" }, prefix: refersTo("terraform_data.prefix.output") },
      ],
    });
    const changes = { [address]: change, "terraform_data.app": late, "terraform_data.prefix": late };
    const found = at(endpointsOf(plan({ changes, root: { resources: [written] } })), address);
    expect(found.names.map(said)).toEqual(["? known after apply, from terraform_data.prefix.output", "www.a.test"]);
    expect(said(only(found.routes).hsts?.maxAge)).toBe("? known after apply, from terraform_data.app.output");
  });

  test("a certificate that Amplify requests", () => {
    const { certificate, certificates } = domain("managed");
    expect([said(certificate), certificate?.note, certificates]).toEqual(["own", "Amplify requests it", []]);
  });

  test("a certificate of its owner's, which waits for its issue", () => {
    const use = only(domain("own").certificates);
    expect([said(domain("own").certificate), use.certificate.address]).toEqual(["own", "aws_acm_certificate.site"]);
    expect([said(use.ready), said(use.region)]).toEqual([true, { actual: "us-east-1", required: "us-east-1" }]);
  });

  const certificate = (settings: JsonObject) => {
    const address = "aws_amplify_domain_association.made";
    const after = { domain_name: "a.test", certificate_settings: [settings] };
    return at(endpointsOf(plan({ changes: { [address]: { after } } })), address);
  };

  test.each([
    [{ type: "AMPLIFY_MANAGED" }, "own"],
    [{ type: "CUSTOM" }, "missing"],
    [{}, "own"],
    [{ type: "managed" }, '? "managed" is not a value that tlsgate recognises'],
    [{ type: "__proto__" }, '? "__proto__" is not a value that tlsgate recognises'],
  ])("%j: %s", (settings, expected) => {
    expect(said(certificate(settings as JsonObject).certificate)).toBe(expected);
    expect(certificate(settings as JsonObject).certificates).toEqual([]);
  });

  test("from another region", () => {
    const custom_certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/1";
    const use = only(certificate({ type: "CUSTOM", custom_certificate_arn }).certificates);
    expect(said(use.region)).toEqual({ actual: "eu-west-1", required: "us-east-1" });
  });

  test("the table", () => expect(certificateTypes).toEqual({ AMPLIFY_MANAGED: "managed", CUSTOM: "own" }));
});

describe("values at random", () =>
  fuzz({
    resources: {
      "aws_amplify_app.made": { id: "text", custom_headers: "text" },
      "aws_amplify_domain_association.made": {
        app_id: "text",
        domain_name: "text",
        sub_domain: [{ prefix: "text" }],
        certificate_settings: [{ type: "text", custom_certificate_arn: "text" }],
      },
    },
    words: [header("**"), header("*.html"), "AMPLIFY_MANAGED", "CUSTOM", "a.test", "d1", "", "constructor"],
    passing: {
      "hsts-enabled": (value) => value === header("**"),
      "certificate-present": () => true,
    },
  }));

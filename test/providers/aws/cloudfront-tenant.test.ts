// CloudFront's multi-tenant distributions and their tenants → endpoints. The provider that the project plans with does
// not know them yet: these plans are made by hand, from the schema of the newer one.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { securityPolicies } from "../../../src/providers/aws/cloudfront-values.ts";
import { arn, only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { configured, type Made, plan, refersTo } from "../../support/made.ts";
import { findings } from "../../support/plans.ts";
import { at, certificatesOf, endpointsOf, said } from "../../support/said.ts";

const distribution = "aws_cloudfront_multitenant_distribution.shared";
const tenant = "aws_cloudfront_distribution_tenant.shop";

const origin = {
  id: "site",
  domain_name: "origin.example.com",
  custom_origin_config: [{ origin_protocol_policy: "https-only", origin_ssl_protocols: ["TLSv1.2"] }],
};
const behavior = {
  target_origin_id: "site",
  viewer_protocol_policy: "redirect-to-https",
  response_headers_policy_id: "67f7725c-6f97-4210-82d7-5512b31e9d03",
};
const viewer = {
  acm_certificate_arn: arn("us-east-1"),
  ssl_support_method: "sni-only",
  minimum_protocol_version: "TLSv1.2_2021",
};

const sound: JsonObject = {
  id: "EDFDVBD6EXAMPLE",
  http_version: "http2and3",
  origin: [origin],
  default_cache_behavior: [behavior],
  viewer_certificate: [viewer],
};
const shop: JsonObject = { distribution_id: "EDFDVBD6EXAMPLE", domain: [{ domain: "shop.example.com" }] };

const planned = (shared: JsonObject = {}, own: JsonObject = {}, changes: Made["changes"] = {}) =>
  plan({
    changes: {
      [distribution]: { after: { ...sound, ...shared } },
      [tenant]: { after: { ...shop, ...own } },
      ...changes,
    },
  });
const made = (...args: Parameters<typeof planned>) => endpointsOf(planned(...args));
const sharedBy = (after: JsonObject) => at(made(after), distribution);

const unrecognised = (name: string) => expect.stringMatching(`^\\? "${name}" is not a value that tlsgate recognises`);

describe("what tenants share", () => {
  test.each(Object.entries(securityPolicies))("%s", (minimum_protocol_version, security) => {
    const { minimumTls, forwardSecrecy, aeadOnly } = sharedBy({
      viewer_certificate: [{ ...viewer, minimum_protocol_version }],
    });
    expect([minimumTls, forwardSecrecy, aeadOnly].map(said)).toEqual([
      security.minimumTls,
      security.forwardSecrecy,
      security.aeadOnly,
    ]);
  });

  test("no policy, or one that no table holds", () => {
    const floor = (minimum_protocol_version: unknown) =>
      said(sharedBy({ viewer_certificate: [{ ...viewer, minimum_protocol_version }] as never }).minimumTls);
    expect([floor(null), floor("TLSv1.4_2030"), floor("__proto__")]).toEqual([
      "TLS 1.0",
      unrecognised("TLSv1.4_2030"),
      unrecognised("__proto__"),
    ]);
  });

  test("without a certificate of its own, no page tells which policy its tenants have", () => {
    const { minimumTls, certificates } = sharedBy({ viewer_certificate: [{ cloudfront_default_certificate: true }] });
    expect([said(minimumTls), certificates]).toEqual([expect.stringMatching(/^\? AWS does not say which/), []]);
  });

  test("behaviors", () => {
    const { routes } = sharedBy({
      cache_behavior: [{ ...behavior, path_pattern: "/api/*", viewer_protocol_policy: "allow-all" }],
    });
    expect(routes.map(({ path, plainHttp, hsts }) => [path, said(plainHttp), said(hsts?.maxAge)])).toEqual([
      ["*", "redirected", 31_536_000],
      ["/api/*", "served", 31_536_000],
    ]);
    expect(routes[1]?.plainHttp?.remedy).toEqual({
      address: distribution,
      attribute: "cache_behavior[0].viewer_protocol_policy",
      value: "redirect-to-https",
    });
  });

  test("origins, which have an id", () => {
    const plain = { ...origin, id: "api", custom_origin_config: [{ origin_protocol_policy: "http-only" }] };
    const behavior = { target_origin_id: "api", path_pattern: "/api/*", viewer_protocol_policy: "https-only" };
    const unused = { ...plain, id: "unused" };
    const { upstreams } = sharedBy({ origin: [origin, plain, unused], cache_behavior: [behavior] });
    expect(
      upstreams.map(({ name, protocol, minimumTls, routes }) => [name, said(protocol), said(minimumTls), routes]),
    ).toEqual([
      ["site", "https", "TLS 1.2", ["*"]],
      ["api", "http", undefined, ["/api/*"]],
    ]);
  });

  test("what is to be set", () => {
    const remedy = (
      after: JsonObject,
      choose: (endpoint: ReturnType<typeof sharedBy>) => { remedy?: unknown } | undefined,
    ) => choose(sharedBy(after))?.remedy;
    const set = (attribute: string, value: string) => ({ address: distribution, attribute, value });
    expect(remedy({ http_version: "http1.1" }, ({ httpVersions }) => httpVersions)).toEqual(
      set("http_version", "http2and3"),
    );
    const old = { viewer_certificate: [{ ...viewer, minimum_protocol_version: "TLSv1", ssl_support_method: "vip" }] };
    expect([remedy(old, ({ sni }) => sni), remedy(old, ({ minimumTls }) => minimumTls)]).toEqual([
      set("viewer_certificate[0].ssl_support_method", "sni-only"),
      set("viewer_certificate[0].minimum_protocol_version", "TLSv1.2_2021"),
    ]);
  });

  test("a behavior without a protocol policy, or with a pattern that is not shown", () => {
    const { routes } = sharedBy({
      default_cache_behavior: [{}],
      cache_behavior: [{ viewer_protocol_policy: "https-only" }],
    });
    expect(routes.map(({ path, plainHttp }) => [path, said(plainHttp)])).toEqual([
      ["*", "? viewer_protocol_policy is not set"],
      ["cache_behavior[0]", "refused"],
    ]);
  });

  test("HTTP versions and SNI", () => {
    const { httpVersions, sni, names, certificate } = sharedBy({});
    expect([said(httpVersions), said(sni), names, certificate]).toEqual([
      ["HTTP/1.1", "HTTP/2", "HTTP/3"],
      true,
      [],
      undefined,
    ]);
    expect(said(sharedBy({ http_version: null }).httpVersions)).toEqual(["HTTP/1.1", "HTTP/2"]);
    expect(said(sharedBy({ viewer_certificate: [{ ...viewer, ssl_support_method: null }] }).sni)).toBe(
      "? ssl_support_method is not set",
    );
  });
});

describe("a tenant", () => {
  test("with its distribution's certificate and settings", () => {
    const { names, certificate, certificates, minimumTls, routes } = at(made(), tenant);
    expect([names.map(said), said(certificate), said(minimumTls)]).toEqual([["shop.example.com"], "own", "TLS 1.2"]);
    expect([only(certificates).region?.place.address, only(routes).plainHttp?.place.address]).toEqual([
      distribution,
      distribution,
    ]);
  });

  test("what it shares is reported once", () => {
    const found = findings(planned({ default_cache_behavior: [{ ...behavior, viewer_protocol_policy: "allow-all" }] }));
    expect(found.filter(({ policy, outcome }) => policy === "https-only" && outcome === "fail")).toHaveLength(1);
  });

  test("with a certificate of its own, of another region", () => {
    const { certificate, certificates } = at(
      made({}, { customizations: [{ certificate: [{ arn: arn("eu-west-1") }] }] }),
      tenant,
    );
    expect([said(certificate), said(only(certificates).region)]).toEqual([
      "own",
      { actual: "eu-west-1", required: "us-east-1" },
    ]);
    expect(certificate?.place).toEqual({ address: tenant, at: "customizations[0].certificate[0].arn" });
  });

  test("with a certificate that waits for its issue", () => {
    const changes = {
      "aws_acm_certificate.shop": { after: { domain_name: "shop.example.com" }, after_unknown: { arn: true } },
      "aws_acm_certificate_validation.shop": { after: {}, after_unknown: { certificate_arn: true } },
      [distribution]: { after: sound },
      [tenant]: {
        after: { ...shop, customizations: [{ certificate: [{}] }] },
        after_unknown: { customizations: [{ certificate: [{ arn: true }] }] },
      },
    };
    const resources = [
      configured("aws_acm_certificate.shop"),
      configured("aws_acm_certificate_validation.shop", { certificate_arn: refersTo("aws_acm_certificate.shop.arn") }),
      configured(tenant, {
        customizations: [{ certificate: [{ arn: refersTo("aws_acm_certificate_validation.shop.certificate_arn") }] }],
      }),
    ];
    const use = only(at(endpointsOf(plan({ changes, root: { resources } })), tenant).certificates);
    expect([use.certificate.address, said(use.ready)]).toEqual(["aws_acm_certificate.shop", true]);
  });

  test("without any certificate", () => {
    const bare = { viewer_certificate: [{ cloudfront_default_certificate: true }] };
    expect(said(at(made(bare), tenant).certificate)).toBe("missing");
  });

  test.each([
    [{}, true],
    [{ certificate_transparency_logging_preference: "enabled" }, true],
    [{ certificate_transparency_logging_preference: "disabled" }, true],
    [{ certificate_transparency_logging_preference: "off" }, unrecognised("off")],
  ])("with a certificate that CloudFront requests: %j", (request, logged) => {
    const read = planned({}, { managed_certificate_request: [request as JsonObject] });
    const { certificate, certificates } = at(endpointsOf(read), tenant);
    expect([said(certificate), certificate?.note]).toEqual(["own", "CloudFront requests it"]);
    expect(only(certificates).certificate.names.map(said)).toEqual(["shop.example.com"]);
    expect(said(at(certificatesOf(read), tenant).transparency)).toEqual(logged);
  });

  test("that may ask for a certificate, in a dynamic block", () => {
    const after = { domain: [{ domain: "a.test" }] };
    const changes = { [tenant]: { after, after_unknown: { managed_certificate_request: true } } } as never;
    expect(said(at(endpointsOf(plan({ changes })), tenant).certificate)).toMatch(/^\? whether CloudFront requests one/);
  });

  test("with a name, and of a distribution, that are not known yet", () => {
    const late = { after: {}, after_unknown: { output: true } };
    const changes = {
      [tenant]: {
        after: { domain: [{ status: "b" }, { domain: "a.test", status: "a" }] },
        after_unknown: { distribution_id: true, domain: [{ domain: true }, {}] },
      },
      "terraform_data.id": late,
      "terraform_data.name": late,
    };
    const written = configured(tenant, {
      distribution_id: refersTo("terraform_data.id.output"),
      domain: [
        { domain: { constant_value: "a.test" }, status: { constant_value: "a" } },
        { domain: refersTo("terraform_data.name.output"), status: { constant_value: "b" } },
      ],
    });
    const { names, minimumTls } = at(endpointsOf(plan({ changes, root: { resources: [written] } })), tenant);
    expect(names.map(said)).toEqual(["? known after apply, from terraform_data.name.output", "a.test"]);
    expect(said(minimumTls)).toBe("? known after apply, from terraform_data.id.output");
  });

  test("of a distribution from elsewhere", () => {
    const { certificate, minimumTls, routes } = at(made({}, { distribution_id: "E1" }), tenant);
    const cause = "? its distribution is defined outside this plan";
    const { plainHttp, hsts } = only(routes);
    expect([certificate, minimumTls, plainHttp, hsts?.maxAge].map(said)).toEqual(Array(4).fill(cause));
  });
});

describe("values at random", () =>
  fuzz({
    resources: {
      [distribution]: {
        id: "text",
        http_version: "text",
        viewer_certificate: [
          { acm_certificate_arn: "text", minimum_protocol_version: "text", ssl_support_method: "text" },
        ],
        default_cache_behavior: [
          { target_origin_id: "text", viewer_protocol_policy: "text", response_headers_policy_id: "text" },
        ],
        origin: [
          { id: "text", custom_origin_config: [{ origin_protocol_policy: "text", origin_ssl_protocols: ["text"] }] },
        ],
      },
      [tenant]: {
        distribution_id: "text",
        domain: [{ domain: "text" }],
        customizations: [{ certificate: [{ arn: "text" }] }],
        managed_certificate_request: [{ certificate_transparency_logging_preference: "text" }],
      },
    },
    words: [
      "TLSv1.2_2021",
      "TLSv1.3_2025",
      "redirect-to-https",
      "https-only",
      "sni-only",
      "http2and3",
      "TLSv1.2",
      "enabled",
      "E1",
      "67f7725c-6f97-4210-82d7-5512b31e9d03",
      "",
      "constructor",
    ],
    passing: {
      "ats-connection": among("TLSv1.2_2021", "TLSv1.3_2025", null, undefined, ""),
      "minimum-tls-1-2": among("TLSv1.2_2021", "TLSv1.3_2025"),
      "forward-secrecy": among("TLSv1.2_2021", "TLSv1.3_2025"),
      "strong-ciphers": among("TLSv1.2_2021", "TLSv1.3_2025"),
      "https-only": among("redirect-to-https", "https-only"),
      "hsts-enabled": among("67f7725c-6f97-4210-82d7-5512b31e9d03"),
      "sni-only": among("sni-only"),
      "modern-http": among("http2and3", "", null, undefined),
      "origin-https-only": (value, path) => value === "https-only" || path.endsWith("domain_name"),
      "origin-minimum-tls-1-2": (value) => Array.isArray(value) && value.every((one) => one === "TLSv1.2"),
      "certificate-present": () => true,
      "certificate-transparency": among("enabled", "disabled", "", null, undefined),
      "certificate-covers-domains": () => true,
    },
  }));

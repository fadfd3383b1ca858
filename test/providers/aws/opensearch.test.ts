// Search domains → endpoints: HTTPS, TLS policy, names and certificates; on real plans, and on some made by hand.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { securityPolicies } from "../../../src/providers/aws/opensearch-values.ts";
import { only } from "../../support/distribution.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { random } from "../../support/random.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const address = "aws_opensearch_domain.made";

const domain = (options: JsonObject, unknown: JsonObject = {}) =>
  at(
    endpointsOf(
      plan({
        changes: {
          [address]: {
            after: { domain_endpoint_options: [options] },
            after_unknown: { domain_endpoint_options: [unknown] } as never,
          },
        },
        root: { resources: [configured(address, { domain_endpoint_options: [{}] })] },
      }),
    ),
    address,
  );

const unrecognised = expect.stringMatching(/^\? .* is not a value that tlsgate recognises(; its name suggests .+)?$/);
const unset = "? tls_security_policy is not set, and AWS documents no default for it";
const unlisted = "? AWS publishes no list of the policy's cipher suites";

describe("the TLS policy", () => {
  const security = (tls_security_policy: unknown) => {
    const made = domain({ tls_security_policy } as JsonObject);
    return [said(made.minimumTls), said(made.forwardSecrecy), said(made.aeadOnly)];
  };

  test.each([
    ["Policy-Min-TLS-1-0-2019-07", "TLS 1.0", false, false],
    ["Policy-Min-TLS-1-2-2019-07", "TLS 1.2", false, unlisted],
    ["Policy-Min-TLS-1-2-PFS-2023-10", "TLS 1.2", true, unlisted],
    ["Policy-Min-TLS-1-2-FIPS-PQ-2026-10", "TLS 1.2", unlisted, unlisted],
    ["Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08", "TLS 1.2", true, true],
    [null, unset, unset, unset],
    ["", unset, unset, unset],
  ])("%s: %s, forward secrecy %s, AEAD only %s", (name, ...expected) => expect(security(name)).toEqual(expected));

  test.each(["Policy-Min-TLS-1-3-2030-01", "policy-min-tls-1-2-2019-07", 1.2, "constructor", "__proto__"])(
    "%j is not recognised",
    (name) => expect(security(name)).toEqual([unrecognised, unrecognised, unrecognised]),
  );

  test("of real plans", () => {
    const real = endpointsOf("aws-opensearch");
    const floor = (name: string) => said(at(real, name).minimumTls);
    expect(floor('aws_opensearch_domain.policy["Policy-Min-TLS-1-0-2019-07"]')).toBe("TLS 1.0");
    expect(floor('aws_opensearch_domain.policy["Policy-Min-TLS-1-2-PFS-2023-10"]')).toBe("TLS 1.2");
    expect(floor("aws_opensearch_domain.late")).toBe("? known after apply, from terraform_data.late.output");
    expect(floor("aws_opensearch_domain.unset")).toBe(unset);
    expect(floor("aws_elasticsearch_domain.weak")).toBe("TLS 1.0");
    expect(at(real, "aws_elasticsearch_domain.weak").kind).toBe("Elasticsearch domain");
    expect(at(real, "aws_opensearch_domain.late").kind).toBe("OpenSearch domain");
  });

  test("what is to be set, and where", () => {
    const attribute = "domain_endpoint_options[0].tls_security_policy";
    const value = "Policy-Min-TLS-1-2-PFS-2023-10";
    expect(domain({ tls_security_policy: "Policy-Min-TLS-1-0-2019-07" }).minimumTls).toMatchObject({
      place: { address, at: attribute },
      remedy: { address, attribute, value },
    });
    expect(domain({ tls_security_policy: value }).aeadOnly?.place.at).toBe(attribute);
  });
});

describe("plain HTTP", () => {
  const treatment = (options: JsonObject, unknown?: JsonObject) =>
    said(only(domain(options, unknown).routes).plainHttp);

  test.each([
    [true, "refused"],
    [false, "served"],
    [null, "served"],
    ["true", '? "true" is not a value that tlsgate recognises'],
  ])("enforce_https %j: %s", (enforce_https, expected) => expect(treatment({ enforce_https })).toBe(expected));

  test("known after apply, where something is written", () => {
    const change = {
      after: { domain_endpoint_options: [{}] },
      after_unknown: { domain_endpoint_options: [{ enforce_https: true }] },
    };
    const written = { domain_endpoint_options: [{ enforce_https: refersTo("terraform_data.late.output") }] };
    const made = plan({ changes: { [address]: change }, root: { resources: [configured(address, written)] } });
    expect(said(only(at(endpointsOf(made), address).routes).plainHttp)).toMatch(/^\? known after apply/);
    expect(treatment({}, { enforce_https: true })).toBe("served");
  });

  test("of real plans", () => {
    const real = endpointsOf("aws-opensearch");
    const of = (name: string) => said(only(at(real, name).routes).plainHttp);
    expect(of("aws_opensearch_domain.unset")).toBe("served");
    expect(of("aws_elasticsearch_domain.unset")).toBe("served");
    expect(of("aws_opensearch_domain.plain")).toBe("served");
    // Inside of the block the provider's own default is true.
    expect(of('aws_opensearch_domain.policy["Policy-Min-TLS-1-2-2019-07"]')).toBe("refused");
    expect(only(at(real, "aws_opensearch_domain.unset").routes)).toMatchObject({
      plainHttp: { remedy: { attribute: "domain_endpoint_options[0].enforce_https", value: true } },
    });
  });
});

describe("a name of its own", () => {
  const real = endpointsOf("aws-opensearch");

  test("with the certificate of the plan, in the domain's region", () => {
    const named = at(real, "aws_opensearch_domain.named");
    expect(named.names.map(said)).toEqual(["search.example.com"]);
    expect(said(named.certificate)).toBe("own");
    const use = only(named.certificates);
    expect(use.certificate.address).toBe("aws_acm_certificate.search");
    expect(said(use.ready)).toBe(true);
    expect(said(use.region)).toEqual({ actual: "us-east-1", required: "us-east-1" });
  });

  test("without a certificate", () => {
    const nameless = at(real, "aws_opensearch_domain.nameless");
    expect(said(nameless.certificate)).toBe("missing");
    expect(nameless.certificates).toEqual([]);
  });

  test("none", () => {
    const plain = at(real, "aws_opensearch_domain.plain");
    expect([plain.names, plain.certificates, said(plain.certificate)]).toEqual([[], [], "provider"]);
    expect(said(domain({ custom_endpoint_enabled: false, custom_endpoint: "a.test" }).certificate)).toBe("provider");
    expect(said(domain({ custom_endpoint: "a.test" }).certificate)).toBe("provider");
  });

  test("a region by the domain's own ARN", () => {
    const changes = {
      [address]: {
        after: {
          arn: "arn:aws:es:eu-west-1:123456789012:domain/made",
          domain_endpoint_options: [
            {
              custom_endpoint_enabled: true,
              custom_endpoint: "a.test",
              custom_endpoint_certificate_arn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
            },
          ],
        },
      },
    };
    const made = at(endpointsOf(plan({ changes })), address);
    expect(said(only(made.certificates).region)).toEqual({ actual: "us-east-1", required: "eu-west-1" });
  });

  test("known after apply", () => {
    const changes = {
      [address]: {
        after: { domain_endpoint_options: [{}] },
        after_unknown: { domain_endpoint_options: [{ custom_endpoint_enabled: true }] },
      },
    };
    expect(said(at(endpointsOf(plan({ changes })), address).certificate)).toMatch(/^\? known after apply/);
  });
});

test("random domains never throw, and none passes but by the table", () => {
  const names = Object.keys(securityPolicies);
  for (let seed = 0; seed < 1000; seed++) {
    const { pick, chance } = random(seed);
    const name = pick([...names, ...names.map((one) => one.toLowerCase()), "Policy-Min-TLS-1-3", "", null, "toString"]);
    const enforced = pick([true, false, null]);
    const late = chance(0.2);
    const made = domain(
      {
        enforce_https: enforced,
        tls_security_policy: late ? null : name,
        custom_endpoint_enabled: pick([true, false, null]),
        custom_endpoint: pick(["a.test", "", null]),
        custom_endpoint_certificate_arn: pick(["arn:aws:acm:us-east-1:1:certificate/1", "no ARN", "", null]),
      },
      { tls_security_policy: late },
    );
    const isTls12 = !late && names.includes(name ?? "") && name !== "Policy-Min-TLS-1-0-2019-07";
    expect(said(made.minimumTls) === "TLS 1.2", `seed ${seed}`).toBe(isTls12);
    expect(said(only(made.routes).plainHttp) === "refused", `seed ${seed}`).toBe(enforced === true);
    const isSecret = isTls12 && /-(PFS|RFC9151)-/.test(name ?? "");
    expect(said(made.forwardSecrecy) === true, `seed ${seed}`).toBe(isSecret);
  }
});

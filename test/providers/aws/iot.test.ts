// IoT domain configurations → endpoints: security policies, names and certificates; on a real plan and on made ones.

import { describe, expect, test } from "vitest";
import { type Fact, isShown } from "../../../src/facts/fact.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { defaultPolicy, securityPolicies, strongestPolicy } from "../../../src/providers/aws/iot-values.ts";
import { only } from "../../support/distribution.ts";
import { plan } from "../../support/made.ts";
import { random } from "../../support/random.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const address = "aws_iot_domain_configuration.made";
const real = endpointsOf("aws-iot");
const domain = (name: string) => at(real, `aws_iot_domain_configuration.${name}`);

const made = (after: JsonObject, unknown: JsonObject = {}) =>
  at(endpointsOf(plan({ changes: { [address]: { after, after_unknown: unknown as never } } })), address);

const unrecognised = (name: string) => expect.stringMatching(`^\\? "${name}" is not a value that tlsgate recognises`);

describe("the security policy", () => {
  const security = (endpoint: ReturnType<typeof made>) =>
    [endpoint.minimumTls, endpoint.forwardSecrecy, endpoint.aeadOnly].map(said);

  test.each([
    ["IoTSecurityPolicy_TLS13_1_3_2022_10", "TLS 1.3", true, true],
    ["IoTSecurityPolicy_TLS13_1_2_2022_10", "TLS 1.2", false, false],
    ["IoTSecurityPolicy_TLS12_1_2_2022_10", "TLS 1.2", false, false],
    ["IoTSecurityPolicy_TLS12_1_0_2016_01", "TLS 1.2", false, false],
    ["IoTSecurityPolicy_TLS12_1_0_2015_01", "TLS 1.2", false, false],
  ])("%s, of a real plan: %s, forward secrecy %s, AEAD only %s", (name, ...expected) => {
    expect(security(domain(`policy["${name}"]`))).toEqual(expected);
  });

  test("every policy of the table is in the real plan", () => {
    const planned = [...real.keys()].flatMap((one) => /\.policy\["(.*)"\]$/.exec(one)?.[1] ?? []);
    expect(planned.sort()).toEqual(Object.keys(securityPolicies).sort());
  });

  test("none written: the default, which the provider computes", () => {
    expect(defaultPolicy).toBe("IoTSecurityPolicy_TLS13_1_2_2022_10");
    expect(security(domain("own_name"))).toEqual(["TLS 1.2", false, false]);
    expect(security(made({ tls_config: [{}] }))).toEqual(["TLS 1.2", false, false]);
  });

  test("known after apply", () => {
    expect(security(domain("late"))).toEqual(Array(3).fill("? known after apply, from terraform_data.policy.output"));
  });

  test.each(["IoTSecurityPolicy_TLS13_1_3_2030_01", "__proto__"])("%s is not recognised", (security_policy) => {
    expect(security(made({ tls_config: [{ security_policy }] }))).toEqual(Array(3).fill(unrecognised(security_policy)));
  });

  test("what is to be set, and where", () => {
    const { forwardSecrecy } = made({ tls_config: [{ security_policy: "IoTSecurityPolicy_TLS12_1_2_2022_10" }] });
    const attribute = "tls_config[0].security_policy";
    expect(forwardSecrecy).toMatchObject({
      place: { address, at: attribute },
      remedy: { address, attribute, value: strongestPolicy },
    });
  });
});

describe("its name and certificate", () => {
  test("its owner's, with a certificate that waits for its issue", () => {
    const { names, certificate, certificates } = domain("own_name");
    expect([names.map(said), said(certificate)]).toEqual([["devices.example.com"], "own"]);
    const use = only(certificates);
    expect(use.certificate.address).toBe("aws_acm_certificate.devices");
    expect([said(use.ready), said(use.region)]).toEqual([true, { actual: "eu-west-1", required: "eu-west-1" }]);
    expect(use.region?.place.at).toBe("server_certificate_arns");
  });

  test("of another region", () => {
    expect(said(only(domain("wrong_region").certificates).region)).toEqual({
      actual: "us-east-1",
      required: "eu-west-1",
    });
  });

  test("without a certificate", () => {
    expect([said(domain("no_certificate").certificate), domain("no_certificate").certificates]).toEqual([
      "missing",
      [],
    ]);
  });

  test("AWS's", () => {
    expect([said(domain("late").certificate), domain("late").names]).toEqual(["provider", []]);
    expect(said(made({ server_certificate_arns: ["arn:aws:acm:eu-west-1:1:certificate/1"] }).certificate)).toBe("own");
  });
});

test("plain HTTP is refused, and nothing is asked of headers that no browser sees", () => {
  expect(only(domain("late").routes)).toMatchObject({ path: "*", plainHttp: { value: "refused" } });
  expect([only(domain("late").routes).hsts, said(domain("late").sni)]).toEqual([undefined, true]);
});

test("values at random never throw, and pass only what the table allows", () => {
  const policies = Object.keys(securityPolicies);
  const words = [...policies, "IoTSecurityPolicy_TLS13_1_3", "a.test", "", "constructor", null] as const;
  for (let seed = 0; seed < 1000; seed++) {
    const { pick, chance } = random(seed);
    const [name, policy, arn] = [pick(words), pick(words), pick(words)];
    const late = chance(0.2);
    const endpoint = made(
      {
        domain_name: name,
        server_certificate_arns: pick([[arn], [], null]),
        tls_config: [{ security_policy: policy }],
      },
      { tls_config: [{ security_policy: late }] },
    );
    const isDefault = !policy;
    const about = `seed ${seed}: ${policy}`;
    const isKnown = !late && (isDefault || policies.includes(policy));
    expect(isShown(endpoint.minimumTls as Fact), about).toBe(isKnown);
    const isStrong = isKnown && policy === strongestPolicy;
    expect([said(endpoint.forwardSecrecy) === true, said(endpoint.aeadOnly) === true], about).toEqual([
      isStrong,
      isStrong,
    ]);
    expect(endpoint.names.map(said), about).toEqual(name ? [name] : []);
    expect(said(endpoint.certificate) === "missing", about).toBe(Boolean(name) && endpoint.certificates.length === 0);
  }
});

// VPC Lattice's listeners → endpoints: protocols, rules, names and target groups; on a real plan and on made ones.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { listenerProtocols, targetProtocols } from "../../../src/providers/aws/vpc-lattice-values.ts";
import { only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { type Made, plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const address = "aws_vpclattice_listener.made";
const real = endpointsOf("aws-vpc-lattice");
const listener = (name: string) => at(real, `aws_vpclattice_listener.${name}`);

const forward = { forward: [{ target_groups: [{ target_group_identifier: "tg-1" }] }] };
const made = (after: JsonObject, changes: Made["changes"] = {}, unknown: JsonObject = {}) =>
  endpointsOf(
    plan({
      changes: {
        [address]: {
          after: { protocol: "HTTPS", service_identifier: "svc-1", default_action: [forward], ...after },
          after_unknown: unknown as never,
        },
        ...changes,
      },
    }),
  );

const unrecognised = expect.stringMatching(/^\? .* is not a value that tlsgate recognises$/);

describe("the protocol", () => {
  test("of a real plan; what is passed through is not decrypted", () => {
    expect([...real.keys()].sort()).toEqual(
      ["no_certificate", "plain", "refusing", "secure", "secure_provider_name"].map(
        (name) => `aws_vpclattice_listener.${name}`,
      ),
    );
    expect(listenerProtocols).toEqual({ HTTP: "http", HTTPS: "https", TLS_PASSTHROUGH: "other" });
  });

  test("HTTPS: one security policy for all", () => {
    const { minimumTls, forwardSecrecy, aeadOnly, sni, httpVersions, routes } = listener("secure");
    expect([minimumTls, forwardSecrecy, aeadOnly, sni, httpVersions].map(said)).toEqual([
      "TLS 1.2",
      false,
      false,
      true,
      ["HTTP/1.1", "HTTP/2"],
    ]);
    expect(said(only(routes).plainHttp)).toBe("refused");
    expect(said(only(routes).hsts?.maxAge)).toMatch(/^\? the target sends/);
  });

  test.each(["GOPHER", "https", "constructor", null])("%s is not recognised, or not set", (protocol) => {
    const endpoint = at(made({ protocol }), address);
    const cause = protocol === null ? "? protocol is not set" : unrecognised;
    expect(endpoint.minimumTls?.remedy).toEqual({ address, attribute: "protocol", value: "HTTPS" });
    expect([endpoint.minimumTls, endpoint.certificate, only(endpoint.routes).plainHttp].map(said)).toEqual(
      Array(3).fill(cause),
    );
  });
});

describe("plain HTTP", () => {
  test("forwarded to targets", () => {
    const { plainHttp, hsts } = only(listener("plain").routes);
    expect([said(plainHttp), plainHttp?.remedy, hsts]).toEqual([
      "served",
      { address: "aws_vpclattice_listener.plain", attribute: "protocol", value: "HTTPS" },
      undefined,
    ]);
    expect([listener("plain").minimumTls, listener("plain").upstreams]).toEqual([undefined, []]);
  });

  test("refused by the default action, and served by a rule", () => {
    expect(listener("refusing").routes.map(({ path, plainHttp }) => [path, said(plainHttp)])).toEqual([
      ["*", "refused"],
      ["aws_vpclattice_listener_rule.open", "served"],
    ]);
    expect(listener("refusing").routes[1]?.plainHttp?.place).toEqual({
      address: "aws_vpclattice_listener_rule.open",
      at: "action[0].forward",
    });
  });

  test.each([
    [{ fixed_response: [{ status_code: 500 }] }, "refused"],
    [{ fixed_response: [{ status_code: 200 }] }, unrecognised],
    [{ fixed_response: [{}] }, "? the status of the answer is not set"],
    [{}, "? the plan does not tell what its action is"],
  ])("%j", (action, expected) => {
    const { routes } = at(made({ protocol: "HTTP", default_action: [action as JsonObject] }), address);
    expect(said(only(routes).plainHttp)).toEqual(expected);
  });

  test("a rule of a listener from elsewhere", () => {
    const rule = "aws_vpclattice_listener_rule.made";
    const of = (action: JsonObject) =>
      at(
        endpointsOf(plan({ changes: { [rule]: { after: { listener_identifier: "listener-1", action: [action] } } } })),
        rule,
      );
    expect(said(only(of(forward).routes).plainHttp)).toBe("? its listener is defined outside this plan");
    expect(said(only(of({ fixed_response: [{ status_code: 404 }] }).routes).plainHttp)).toBe("refused");
    expect(only(of(forward).upstreams).name).toBe("tg-1");
  });
});

describe("the service's name and certificate", () => {
  test("its owner's, with a certificate that waits for its issue", () => {
    const { names, certificate, certificates } = listener("secure");
    expect([names.map(said), said(certificate)]).toEqual([["service.example.com"], "own"]);
    const use = only(certificates);
    expect([said(use.ready), said(use.region)]).toEqual([true, { actual: "eu-west-1", required: "eu-west-1" }]);
    expect(use.region?.place).toEqual({ address: "aws_vpclattice_service.own_name", at: "certificate_arn" });
  });

  test("its owner's, without a certificate", () => {
    expect([listener("no_certificate").names.map(said), said(listener("no_certificate").certificate)]).toEqual([
      ["other.example.com"],
      "missing",
    ]);
  });

  test("VPC Lattice's", () => {
    expect([listener("secure_provider_name").names, said(listener("secure_provider_name").certificate)]).toEqual([
      [],
      "provider",
    ]);
  });

  test("of a service from elsewhere, or by its ARN", () => {
    expect(said(at(made({}), address).certificate)).toBe("? the service is defined outside this plan");
    const arn = "arn:aws:vpc-lattice:eu-west-1:123456789012:service/svc-1";
    const changes = { "aws_vpclattice_service.it": { after: { arn, custom_domain_name: "a.test" } } };
    const { names, certificate } = at(made({ service_identifier: null, service_arn: arn }, changes), address);
    expect([names.map(said), said(certificate), certificate?.place.address]).toEqual([
      ["a.test"],
      "missing",
      "aws_vpclattice_service.it",
    ]);
  });
});

describe("target groups", () => {
  test("of a listener and its rules, each once", () => {
    expect(listener("secure").upstreams.map(({ name, protocol }) => [name, said(protocol)])).toEqual([
      ["aws_vpclattice_target_group.secure", "https"],
      ["aws_vpclattice_target_group.plain", "http"],
      ["aws_vpclattice_target_group.function", "https"],
    ]);
    expect(listener("secure").upstreams[1]?.protocol).toMatchObject({
      place: { address: "aws_vpclattice_target_group.plain", at: "config[0].protocol" },
      remedy: { address: "aws_vpclattice_target_group.plain", attribute: "config[0].protocol", value: "HTTPS" },
    });
  });

  test("of which the plan does not tell one", () => {
    const group = (protocol: string) => ({ after: { id: "tg-1", config: [{ protocol }] } });
    const changes = { "aws_vpclattice_target_group.a": group("HTTP"), "aws_vpclattice_target_group.b": group("HTTPS") };
    const { name, protocol } = only(at(made({}, changes), address).upstreams);
    expect(name).toBe("aws_vpclattice_target_group.a or aws_vpclattice_target_group.b");
    expect(said(protocol)).toBe(`? the plan does not tell which it is of ${name}`);
  });

  test("by its ARN", () => {
    const it = {
      "aws_vpclattice_target_group.it": { after: { id: "tg-9", arn: "tg-1", config: [{ protocol: "HTTPS" }] } },
    };
    expect(only(at(made({}, it), address).upstreams).name).toBe("aws_vpclattice_target_group.it");
  });

  test("from elsewhere", () => {
    const { name, protocol } = only(listener("secure_provider_name").upstreams);
    expect([name, said(protocol)]).toEqual(["tg-0123456789abcdef0", "? the target group is defined outside this plan"]);
  });

  test.each([
    ...Object.entries(targetProtocols),
    ["UDP", unrecognised],
    [null, "? the protocol of the target group is not set"],
  ])("%s: %s", (protocol, expected) => {
    const changes = { "aws_vpclattice_target_group.it": { after: { id: "tg-1", type: "IP", config: [{ protocol }] } } };
    expect(said(only(at(made({}, changes), address).upstreams).protocol)).toEqual(expected);
  });

  test("what the listener decrypts goes to TCP targets in plain text", () => expect(targetProtocols.TCP).toBe("http"));
});

describe("values at random", () =>
  fuzz({
    resources: {
      [address]: {
        protocol: "text",
        service_identifier: "text",
        default_action: [
          {
            fixed_response: [{ status_code: "number" }],
            forward: [{ target_groups: [{ target_group_identifier: "text" }] }],
          },
        ],
      },
      "aws_vpclattice_service.it": { id: "text", custom_domain_name: "text", certificate_arn: "text" },
      "aws_vpclattice_target_group.it": { id: "text", type: "text", config: [{ protocol: "text" }] },
      "aws_vpclattice_listener_rule.it": {
        listener_identifier: "text",
        action: [{ forward: [{ target_groups: [{ target_group_identifier: "text" }] }] }],
      },
    },
    words: ["HTTP", "HTTPS", "TLS_PASSTHROUGH", "TCP", "LAMBDA", "svc-1", "tg-1", "a.test", "", "constructor"],
    passing: {
      "ats-connection": (_, path) => path === "",
      "minimum-tls-1-2": () => true,
      "https-only": (value, path) => (path === "protocol" ? value === "HTTPS" : /^[45]\d\d$/.test(String(value))),
      "private-hop-https": among("HTTPS", "LAMBDA"),
      "certificate-present": () => true,
      "modern-http": () => true,
      "sni-only": () => true,
    },
  }));

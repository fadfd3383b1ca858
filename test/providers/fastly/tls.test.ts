// Fastly's TLS configurations and activations: versions by look-up, and the certificate behind; on made plans.

import { describe, expect, test } from "vitest";
import { httpProtocols, tlsProtocols } from "../../../src/providers/fastly/tls-values.ts";
import { only } from "../../support/distribution.ts";
import { type Change, configured, type Made, plan, refersTo } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const address = "fastly_tls_activation.made";
const looked = "data.fastly_tls_configuration.it";

const activation = (changes: Made["changes"] = {}, written = {}, unknown = {}, values = {}) =>
  at(
    endpointsOf(
      plan({
        changes: { [address]: { after: { domain: "a.test", ...values }, after_unknown: unknown }, ...changes },
        root: {
          resources: [configured(address, written), ...Object.keys(changes ?? {}).map((one) => configured(one))],
        },
      }),
    ),
    address,
  );

describe("the versions", () => {
  const offer = (after: Partial<Change>["after"], after_unknown: Partial<Change>["after_unknown"] = {}) =>
    activation(
      { [looked]: { after: { id: "conf", ...after }, after_unknown } },
      { configuration_id: refersTo(`${looked}.id`) },
      {},
      { configuration_id: "conf" },
    );

  test.each(Object.entries(tlsProtocols))("%s: %s", (name, version) =>
    expect(said(offer({ tls_protocols: [name] }).minimumTls)).toBe(version),
  );

  test("each means what it says", () => {
    expect(tlsProtocols).toEqual({ "1.0": "TLS 1.0", "1.1": "TLS 1.1", "1.2": "TLS 1.2", "1.3": "TLS 1.3" });
    expect(httpProtocols).toEqual({ "http/1.1": "HTTP/1.1", "http/2": "HTTP/2", "http/3": "HTTP/3" });
  });

  test("the oldest decides, and it stands where the configuration is named", () => {
    const { minimumTls, forwardSecrecy } = offer({ tls_protocols: ["1.3", "1.1", "1.2"] });
    expect(said(minimumTls)).toBe("TLS 1.1");
    expect(minimumTls).toMatchObject({ place: { address, at: "configuration_id" }, related: [looked] });
    expect(said(forwardSecrecy)).toMatch(/^\? the TLS configuration decides/);
    expect(said(offer({ tls_protocols: ["1.3"] }).forwardSecrecy)).toBe(true);
  });

  test("of a look-up that was read while planning: it stands in the prior state alone", () => {
    const resource = {
      ...{ address: looked, mode: "data" as const, type: "fastly_tls_configuration", name: "it" },
      values: { id: "conf", tls_protocols: ["1.2", "1.3"] },
    };
    const made = plan({
      changes: { [address]: { after: { domain: "a.test", configuration_id: "conf" } } },
      prior_state: { values: { root_module: { resources: [resource] } } },
    });
    expect(said(at(endpointsOf(made), address).minimumTls)).toBe("TLS 1.2");
  });

  test.each([
    [["1.2", "TLSv1.1"], {}, '? "TLSv1.1" is not a value that tlsgate recognises; its name suggests TLS 1.1'],
    [["toString"], {}, '? "toString" is not a value that tlsgate recognises'],
    [[1.2], {}, "? 1.2 is not a value that tlsgate recognises"],
    [[], {}, `? ${looked} shows no TLS protocols`],
    [null, {}, `? ${looked} shows no TLS protocols`],
    [["1.2", null], { tls_protocols: [false, true] }, "? known after apply"],
  ])("%j: %s", (tls_protocols, unknown, expected) =>
    expect(said(offer({ tls_protocols } as never, unknown as never).minimumTls)).toBe(expected),
  );

  test.each([
    [
      ["http/1.1", "http/2"],
      ["HTTP/1.1", "HTTP/2"],
    ],
    [["http/3"], ["HTTP/3"]],
    [["http/4", "http/2"], undefined],
    [[], undefined],
  ])("HTTP by %j", (http_protocols, expected) =>
    expect(said(offer({ http_protocols, tls_protocols: ["1.2"] }).httpVersions)).toEqual(expected),
  );
});

describe("a configuration", () => {
  test("named by its id alone, or not at all", () => {
    const alone = said(activation({}, {}, {}, { configuration_id: "conf" }).minimumTls);
    expect(alone).toMatch(/^\? the TLS configuration is named by its id alone; data\.fastly_tls_configuration would/);
    expect(said(activation().minimumTls)).toMatch(/^\? no TLS configuration is named/);
  });

  test("known after apply", () => {
    const written = { configuration_id: refersTo("terraform_data.late.output") };
    const cause = "? known after apply, from terraform_data.late.output";
    const late = { "terraform_data.late": { after_unknown: { output: true } } };
    expect(said(activation(late, written, { configuration_id: true }).minimumTls)).toBe(cause);
  });

  test("not known which", () => {
    const same = { after: { id: "conf", tls_protocols: ["1.2"] } };
    const both = { [looked]: same, "data.fastly_tls_configuration.other": same };
    expect(said(activation(both, {}, {}, { configuration_id: "conf" }).minimumTls)).toBe(
      "? the plan does not tell which TLS configuration it is",
    );
  });
});

describe("the certificate of an activation", () => {
  const behind = (changes: Made["changes"], written = {}, unknown = {}, values = {}) =>
    only(activation(changes, { certificate_id: written }, unknown, values).certificates).certificate;
  const subscription = "fastly_tls_subscription.it";
  const late = { certificate_id: true };

  test.each([
    ["fastly_tls_certificate.it", "id", { domains: ["a.test"] }],
    ["fastly_tls_platform_certificate.it", "id", { domains: ["a.test"] }],
    [subscription, "certificate_id", { domains: ["a.test"] }],
  ])("%s", (target, attribute, after) => {
    const changes = { [target]: { after, after_unknown: { [attribute]: true } } };
    const { address: found, names } = behind(changes, refersTo(`${target}.${attribute}`), late);
    expect([found, names.map(said)]).toEqual([target, ["a.test"]]);
  });

  test("by a validation that waits for it", () => {
    const validation = "fastly_tls_subscription_validation.it";
    const made = plan({
      changes: {
        [address]: { after: { domain: "a.test" }, after_unknown: late },
        [subscription]: { after: { domains: ["a.test"] }, after_unknown: { id: true } },
        [validation]: { after_unknown: { certificate_id: true, subscription_id: true } },
      },
      root: {
        resources: [
          configured(address, { certificate_id: refersTo(`${validation}.certificate_id`) }),
          configured(validation, { subscription_id: refersTo(`${subscription}.id`) }),
          configured(subscription),
        ],
      },
    });
    expect(only(at(endpointsOf(made), address).certificates).certificate.address).toBe(subscription);
  });

  test("by a look-up", () => {
    const data = "data.fastly_tls_certificate.it";
    const changes = { [data]: { after: { id: "cert", domains: ["a.test"] } } };
    const { address: found, names } = behind(changes, refersTo(`${data}.id`), {}, { certificate_id: "cert" });
    expect([found, names.map(said)]).toEqual([undefined, ["a.test"]]);
  });

  test("from elsewhere, or not known which", () => {
    const outside = behind({}, {}, {}, { certificate_id: "cert" });
    expect(outside.names.map(said)).toEqual(["? the certificate is defined outside this plan"]);
    const same = { after: { id: "cert" } };
    const both = { "fastly_tls_certificate.a": same, "fastly_tls_certificate.b": same };
    expect(behind(both, {}, {}, { certificate_id: "cert" }).names.map(said)).toEqual([
      "? the plan does not tell which certificate it is",
    ]);
  });
});

// The TLS policies of application gateways and their profiles: predefined, of one's own, by what they disable, and none.

import { describe, expect, test } from "vitest";
import type { EvaluatedConfiguration } from "../../../src/plan/block-config.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { absent } from "../../../src/plan/value.ts";
import { only } from "../../support/distribution.ts";
import { plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";
import { gateway, listener, listenersOf, sound } from "./made-gateway.ts";

const unrecognised = expect.stringMatching(/^\? .* is not a value that tlsgate recognises/);
const oddValue = "? one of its values is not a value that tlsgate recognises";

const tlsBy = (changes: JsonObject, unknown?: JsonObject) => {
  const { minimumTls, forwardSecrecy, aeadOnly } = only(listenersOf(changes, unknown));
  return [said(minimumTls), said(forwardSecrecy), said(aeadOnly)];
};
const tls = (policy: JsonObject, unknown?: JsonObject) =>
  tlsBy({ ssl_policy: [policy] }, unknown && { ssl_policy: [unknown] });

const ecdheGcm = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
const ecdheCbc = "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384";
const rsaCbc = "TLS_RSA_WITH_AES_128_CBC_SHA";

describe("a predefined policy", () => {
  const named = (policy_name: unknown) => tls({ policy_type: "Predefined", policy_name } as JsonObject);

  test.each([
    ["AppGwSslPolicy20150501", "TLS 1.0", false, false],
    ["AppGwSslPolicy20170401", "TLS 1.1", false, false],
    ["AppGwSslPolicy20170401S", "TLS 1.2", false, false],
    ["AppGwSslPolicy20220101", "TLS 1.2", true, false],
    ["AppGwSslPolicy20220101S", "TLS 1.2", true, true],
  ])("%s: %s, forward secrecy %s, AEAD only %s", (name, ...expected) => expect(named(name)).toEqual(expected));

  test.each(["AppGwSslPolicy20310101S", "appgwsslpolicy20220101s", 2022, "constructor"])(
    "%j is not recognised",
    (name) => expect(named(name)).toEqual([unrecognised, unrecognised, unrecognised]),
  );

  test("known after apply", () => {
    const open = expect.stringMatching(/^\? known after apply/);
    expect(tls({ policy_type: "Predefined" }, { policy_name: true })).toEqual([open, open, open]);
    expect(tls({}, { policy_type: true })).toEqual([open, open, open]);
  });

  test("what is to be set, and where", () => {
    const weak = { policy_type: "Predefined", policy_name: "AppGwSslPolicy20150501" };
    const attribute = "ssl_policy[0].policy_name";
    expect(only(listenersOf({ ssl_policy: [weak] })).minimumTls).toMatchObject({
      place: { address: gateway, at: attribute },
      remedy: { address: gateway, attribute, value: "AppGwSslPolicy20220101S" },
    });
  });
});

describe("no policy", () => {
  test.each([
    ["~> 4.0", true],
    ["4.81.0", true],
    [">= 4.1, < 6.0", true],
    [">= 5", true],
    ["~> 3.100", false],
    ["= 3.117.1", false],
    [">= 3.0", false],
    ["< 4.0", false],
    ["!= 4.0", false],
  ])("by azurerm %s is the default of 2023 and later: %s", (version_constraint, expected) => {
    const provider = (constraint: string) => ({ name: "azurerm", version_constraint: constraint });
    const floorBy = (provider_config: object) => {
      const made = plan({
        changes: { [gateway]: { after: { ...sound, ssl_policy: [] }, after_unknown: { id: true } as never } },
        configuration: { provider_config, root_module: {} } as never,
      });
      return said(at(endpointsOf(made), gateway).minimumTls);
    };
    const open = expect.stringMatching(/^\? ssl_policy is not set, and which policy applies depends on the API/);
    expect(floorBy({ azurerm: provider(version_constraint) })).toEqual(expected ? "TLS 1.2" : open);
    // A module takes old versions too, and the root only new ones.
    expect(floorBy({ "module.a:azurerm": provider(">= 3.0"), azurerm: provider(version_constraint) })).toEqual(
      expected ? "TLS 1.2" : open,
    );
    expect(floorBy({ random: { name: "random", version_constraint }, azurerm: { name: "azurerm" } })).toBe("TLS 1.2");
  });

  test.each([
    ["3.117.1", false],
    ["4.81.0", true],
    ["5.2.0", true],
  ])("by azurerm %s of the lock file, whatever the constraint takes: %s", (version, expected) => {
    const made = plan({
      changes: { [gateway]: { after: { ...sound, ssl_policy: [] }, after_unknown: { id: true } as never } },
      configuration: {
        provider_config: { azurerm: { name: "azurerm", version_constraint: expected ? "~> 3.0" : "~> 4.0" } },
        root_module: {},
      } as never,
    });
    const evaluated: EvaluatedConfiguration = {
      blockConfig: () => undefined,
      providerSetting: () => absent,
      providerVersion: (source) => (source === "hashicorp/azurerm" ? version : undefined),
      choices: () => new Map(),
      choose: () => evaluated,
    };
    expect(said(at(endpointsOf({ ...made, evaluated }), gateway).minimumTls)).toEqual(
      expected
        ? "TLS 1.2"
        : expect.stringMatching(/^\? ssl_policy is not set, and which policy applies depends on the API/),
    );
  });

  test("is the API's default of today for a new gateway, which the plan shows or not", () => {
    expect(tlsBy({ ssl_policy: [] })).toEqual(["TLS 1.2", true, false]);
    expect(tlsBy({ ssl_policy: null }, { ssl_policy: true })).toEqual(["TLS 1.2", true, false]);
  });

  test("of a gateway that exists depends on when it was made", () => {
    const changes = { [gateway]: { after: { ...sound, id: "/gateways/made", ssl_policy: [] } } };
    const { minimumTls } = at(endpointsOf(plan({ changes })), gateway);
    expect(said(minimumTls)).toMatch(/^\? ssl_policy is not set, and which policy applies depends/);
  });
});

describe("a policy of one's own", () => {
  const custom = (min_protocol_version: string | null, ...cipher_suites: string[]) =>
    tls({ policy_type: "CustomV2", min_protocol_version, cipher_suites });

  test.each([
    [
      ["TLSv1_2", ecdheGcm],
      ["TLS 1.2", true, true],
    ],
    [
      ["TLSv1_2", ecdheGcm, ecdheCbc],
      ["TLS 1.2", true, false],
    ],
    [
      ["TLSv1_1", ecdheGcm, rsaCbc],
      ["TLS 1.1", false, false],
    ],
    [
      ["TLSv1_0", rsaCbc],
      ["TLS 1.0", false, false],
    ],
    // TLS 1.3 has its own.
    [
      ["TLSv1_3", rsaCbc],
      ["TLS 1.3", true, true],
    ],
    [["TLSv1_3"], ["TLS 1.3", true, true]],
  ] as const)("%j: %j", ([floor, ...suites], expected) => expect(custom(floor, ...suites)).toEqual(expected));

  test("absent, or not recognised", () => {
    expect(custom(null)).toEqual([
      "? min_protocol_version is not set",
      "? cipher_suites is not set",
      "? cipher_suites is not set",
    ]);
    expect(custom("TLSv1_4", "TLS_NEW")).toEqual([unrecognised, oddValue, oddValue]);
    const old = tls({ policy_type: "Custom", min_protocol_version: "TLSv1_2", cipher_suites: [ecdheGcm] });
    expect(old).toEqual(["TLS 1.2", true, true]);
    expect(tls({ policy_type: "Own", policy_name: "AppGwSslPolicy20220101S" })).toEqual(Array(3).fill(unrecognised));
  });

  test("known after apply", () => {
    const late = tls(
      { policy_type: "Custom", min_protocol_version: "TLSv1_2", cipher_suites: [ecdheGcm, null] },
      { cipher_suites: [false, true] },
    );
    expect(late).toEqual(["TLS 1.2", expect.stringMatching(/^\? known/), expect.stringMatching(/^\? known/)]);
  });

  test("what is to be set, and where", () => {
    const { minimumTls, forwardSecrecy } = only(
      listenersOf({
        ssl_policy: [{ policy_type: "Custom", min_protocol_version: "TLSv1_0", cipher_suites: [rsaCbc] }],
      }),
    );
    expect(minimumTls?.remedy).toEqual({
      address: gateway,
      attribute: "ssl_policy[0].min_protocol_version",
      value: "TLSv1_2",
    });
    expect(forwardSecrecy?.remedy).toMatchObject({
      attribute: "ssl_policy[0].cipher_suites",
      value: [ecdheGcm, expect.any(String)],
    });
  });
});

describe("what is disabled", () => {
  const without = (...disabled_protocols: string[]) => tls({ disabled_protocols });
  const open = "? disabled_protocols does not say which cipher suites are left";

  test.each([
    [["TLSv1_0", "TLSv1_1"], "TLS 1.2"],
    [["TLSv1_0"], "TLS 1.1"],
    [["TLSv1_1"], "TLS 1.0"],
    [["TLSv1_0", "TLSv1_1", "TLSv1_2"], "TLS 1.3"],
    [["TLSv1_0", "TLSv1_1", "TLSv1_2", "TLSv1_3"], "? it disables all versions"],
    [["SSLv3"], '? "SSLv3" is not a value that tlsgate recognises'],
    [["TLSv1_0", "TLSv1.1"], '? "TLSv1.1" is not a value that tlsgate recognises; its name suggests TLS 1.1'],
  ])("%j: %s", (disabled, floor) => expect(without(...disabled)).toEqual([floor, open, open]));

  test("known after apply", () => {
    const [floor] = tls({ disabled_protocols: [null] }, { disabled_protocols: [true] });
    expect(floor).toMatch(/^\? known after apply/);
  });
});

describe("a profile of a listener", () => {
  const weak = { policy_type: "Predefined", policy_name: "AppGwSslPolicy20170401" };
  const withProfile = (...ssl_profile: JsonObject[]) =>
    tlsBy({ ssl_profile, http_listener: [{ ...listener, ssl_profile_name: "strict" }] });

  test("goes before the gateway's own policy", () => {
    expect(withProfile({ name: "strict", ssl_policy: [weak] })).toEqual(["TLS 1.1", false, false]);
    expect(tlsBy({ ssl_profile: [{ name: "strict", ssl_policy: [weak] }] })).toEqual(["TLS 1.2", true, true]);
  });

  test("without a policy leaves the gateway's", () => {
    expect(withProfile({ name: "strict" }, { name: "other", ssl_policy: [weak] })).toEqual(["TLS 1.2", true, true]);
  });

  test("that the plan does not show is open", () => {
    const open = "? the plan shows no ssl_profile of that name";
    expect(withProfile({ name: "other", ssl_policy: [weak] })).toEqual([open, open, open]);
  });
});

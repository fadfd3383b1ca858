// The security policies of load balancers: every name's floor, and that none is stronger than its name allows.

import { expect, test } from "vitest";
import { tlsVersions } from "../../../src/facts/endpoint.ts";
import {
  defaultPolicy,
  recommendedPolicy,
  securityPolicies,
  suggestPolicy,
} from "../../../src/providers/aws/load-balancer-values.ts";

const entries = Object.entries(securityPolicies);
/** Those whose suites are on AWS's pages. */
const published = entries.flatMap(([name, one]) => ("forwardSecrecy" in one ? [[name, one] as const] : []));

const named = (pattern: RegExp) => entries.filter(([name]) => pattern.test(name)).map(([, policy]) => policy);

test("AWS lists 45 of them, and 11 accept TLS 1.0 or 1.1", () => {
  expect(published).toHaveLength(46);
  expect(entries).toHaveLength(48);
  const old = entries.filter(([, { minimumTls }]) => minimumTls === "TLS 1.0" || minimumTls === "TLS 1.1");
  expect(old.map(([name]) => name.replace("ELBSecurityPolicy-", "")).sort()).toEqual([
    "2015-05",
    "2016-08",
    "FS-1-1-2019-08",
    "FS-2018-06",
    "TLS-1-1-2017-01",
    "TLS13-1-0-2021-06",
    "TLS13-1-0-FIPS-2023-04",
    "TLS13-1-0-FIPS-PQ-2025-09",
    "TLS13-1-0-PQ-2025-09",
    "TLS13-1-1-2021-06",
    "TLS13-1-1-FIPS-2023-04",
  ]);
});

test.each([0, 1, 2, 3])("a name with 1-%i says the oldest version", (minor) => {
  const policies = named(new RegExp(`-1-${minor}-`));
  expect(policies.length).toBeGreaterThan(3);
  for (const { minimumTls } of policies) expect(minimumTls).toBe(tlsVersions[minor + 1]);
});

test("a name with Ext1 or Ext2 offers RSA key transport, one with Res neither that nor CBC", () => {
  for (const one of named(/-Ext[12]-/)) expect(one).toMatchObject({ forwardSecrecy: false, aeadOnly: false });
  for (const one of named(/-Res-(2020|2021|PQ|FIPS)/))
    expect(one).toMatchObject({ forwardSecrecy: true, aeadOnly: true });
  for (const one of named(/-1-3-/)) expect(one).toMatchObject({ forwardSecrecy: true, aeadOnly: true });
  for (const [, { forwardSecrecy, aeadOnly }] of published) expect(forwardSecrecy || !aeadOnly).toBe(true);
});

test("what the remedies name is strong, and what AWS takes where nothing is named is not", () => {
  expect(securityPolicies[recommendedPolicy]).toEqual({
    minimumTls: "TLS 1.2",
    forwardSecrecy: true,
    aeadOnly: true,
    ecdheAes: true,
  });
  expect(securityPolicies[defaultPolicy]).toEqual({
    minimumTls: "TLS 1.0",
    forwardSecrecy: false,
    aeadOnly: false,
    ecdheAes: true,
  });
});

test("the grammar of the names says what the table says, where it says anything", () => {
  const told = published.flatMap(([name, { minimumTls, forwardSecrecy }]) => {
    const suggestion = suggestPolicy(name);
    return suggestion
      ? [[name, suggestion, `${minimumTls} ${forwardSecrecy ? "with" : "without"} forward secrecy`]]
      : [];
  });
  // INTEROP4 is the one name that does not tell.
  const odd = told.filter(([, suggestion, truth]) => suggestion !== truth).map(([name]) => name);
  expect(odd).toEqual(["ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07"]);
  expect(told.length).toBeGreaterThan(40);
  expect(suggestPolicy("ELBSecurityPolicy-TLS13-1-2-Res-PQ-2031-01")).toBe("TLS 1.2 with forward secrecy");
  for (const name of ["ELBSecurityPolicy-2031-01", "TLSv1.2_2021", "", "ELBSecurityPolicy-TLS13-1-9-2031-01"]) {
    expect(suggestPolicy(name)).toBeUndefined();
  }
});

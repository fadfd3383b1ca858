// What an unknown name suggests.

import { expect, test } from "vitest";
import { suggestTls } from "../../src/facts/suggest.ts";

test.each([
  ["TLSv1.2_2027", "TLS 1.2"],
  ["TLSv1", "TLS 1.0"],
  ["TLSv1_2016", "TLS 1.0"],
  ["TLS_1_3", "TLS 1.3"],
  ["TLS12", "TLS 1.2"],
  ["TLS1_1", "TLS 1.1"],
  ["ELBSecurityPolicy-TLS13-1-2-New-2027-01", "TLS 1.2"],
  ["ELBSecurityPolicy-TLS-1-1-2027-01", "TLS 1.1"],
  ["SecurityPolicy_TLS13_1_2_PFS_2027", "TLS 1.2"],
  ["SecurityPolicy_TLS13_2027_EDGE", "TLS 1.3"],
  ["Policy-Min-TLS-1-0-2027-07", "TLS 1.0"],
  ["tls_cipher_policy_1_2", undefined],
  ["AppGwSslPolicy20270101", undefined],
  ["TLS199", undefined],
  ["TLS_1_4", undefined],
  ["TLSv1.9_2030", undefined],
  ["2016-08", undefined],
])("%s: %s", (name, suggestion) => expect(suggestTls(name)).toBe(suggestion));

// The words of rules and of classic CDN's custom domains: each row by what it means.

import { expect, test } from "vitest";
import {
  domainTlsVersions,
  headerActions,
  redirectProtocols,
  sniTypes,
} from "../../../src/providers/azure/cdn-values.ts";

test("only a redirect to HTTPS is one", () => {
  expect(redirectProtocols).toEqual({ Https: "redirected", Http: "served", MatchRequest: "served" });
});

test("what is done with a header", () => {
  expect(headerActions).toEqual({ Overwrite: "set", Append: "append", Delete: "remove" });
});

test("no minimum is TLS 1.0", () => {
  expect(domainTlsVersions).toEqual({ None: "TLS 1.0", TLS10: "TLS 1.0", TLS12: "TLS 1.2" });
});

test("an IP address of one's own is no SNI", () => {
  expect(sniTypes).toEqual({ ServerNameIndication: true, IPBased: false });
});

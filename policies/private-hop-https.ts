// Requires HTTPS, with TLS 1.2 and a checked certificate, on hops inside a private network too.
import { atLeast } from "../src/facts/endpoint.ts";
import { followsViewer, isHttps } from "../src/facts/hop.ts";
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

export default definePolicy({
  id: "private-hop-https",
  requires: "Use HTTPS to targets in a private network too",
  severity: "medium",
  whenUnknown: "warn",
  why: "Whoever gets into the private network, or operates a part of it, reads and changes what goes in plain text from the load balancer to its targets.",
  fix: "Use HTTPS, with TLS 1.2 or newer, from the load balancer to its targets.",
  references: [
    "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_protect_data_transit_encrypt.html",
    "https://learn.microsoft.com/azure/application-gateway/end-to-end-ssl-portal",
  ],
  controls: {
    "NIST SP 800-53 r5": ["SC-8", "SC-8(1)"],
    "OWASP ASVS 5.0": ["12.3.3"],
  },

  evaluate: (endpoint) =>
    endpoint.upstreams
      .filter(({ reach }) => reach === "private")
      .flatMap((upstream) => [
        judge(
          isHttps(upstream, endpoint),
          (secure) =>
            secure ||
            text`uses plain HTTP to ${upstream.name}${followsViewer(upstream) ? text`, as some viewers do` : ""}`,
          upstream.name,
        ),
        judge(
          upstream.certificate,
          (check) => check === "verified" || text`does not check whose certificate ${upstream.name} shows`,
          text`certificate of ${upstream.name}`,
        ),
        judge(
          upstream.minimumTls,
          (version) => atLeast(version, "TLS 1.2") || text`offers ${version} to ${upstream.name}`,
          text`version to ${upstream.name}`,
        ),
      ]),
});

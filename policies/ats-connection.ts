// Requires what App Transport Security asks of a connection.

import { digests } from "../src/facts/endpoint.ts";
import { httpsAnswered } from "../src/facts/https-beside.ts";
import { shownCertificates } from "../src/facts/shown-certificate.ts";
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

const leastBits = { RSA: 2048, ECDSA: 256 };

export default definePolicy({
  id: "ats-connection",
  requires: "Offer HTTPS that App Transport Security accepts",
  severity: "high",
  whenUnknown: "refuse",
  why: "Apps on Apple's platforms connect only over HTTPS with TLS 1.2 or newer, an ECDHE cipher suite with AES, and a certificate of RSA 2048 or ECC 256 bits that is signed with SHA-256. A server that offers this and more still connects; one that does not is out of reach for every app without an exception.",
  fix: "Answer HTTPS, and offer TLS 1.2 or newer with an ECDHE cipher suite with AES, such as ECDHE-RSA-AES128-GCM-SHA256.",
  references: [
    "https://developer.apple.com/documentation/security/preventing-insecure-network-connections",
    "https://developer.apple.com/documentation/bundleresources/information-property-list/nsapptransportsecurity",
  ],
  controls: {
    "NIST SP 800-52 r2": ["3.1"],
    "NIST SP 800-53 r5": ["SC-8", "SC-13"],
    "OWASP ASVS 5.0": ["12.1.2", "12.2.1"],
  },

  evaluate: (endpoint) => [
    judge(httpsAnswered(endpoint), (isAnswered) => isAnswered || text`serves HTTP only, and no HTTPS`, text`HTTPS`),
    judge(
      endpoint.ecdheAes,
      (isOffered) => isOffered || text`offers no ECDHE cipher suite with AES in TLS 1.2 or newer`,
      text`TLS`,
    ),
    ...shownCertificates(endpoint, ({ key }) => key).map((fact) =>
      judge(
        fact,
        ({ algorithm, size }) => size >= leastBits[algorithm] || text`uses a ${size}-bit ${algorithm} key`,
        text`key`,
      ),
    ),
    ...shownCertificates(endpoint, ({ digest }) => digest).map((fact) =>
      judge(
        fact,
        (name) => digests.indexOf(name) >= digests.indexOf("SHA-256") || text`uses a certificate signed with ${name}`,
        text`signature`,
      ),
    ),
  ],
});

// Requires that the certificate is valid for each of the endpoint's names.

import { covers } from "../src/facts/domain-name.ts";
import { both, type Fact, isShown, valueText } from "../src/facts/fact.ts";
import { definePolicy, judge, type Test } from "../src/policy.ts";
import { nameText, text } from "../src/text.ts";

export default definePolicy({
  id: "certificate-covers-domains",
  requires: "Serve only names that the certificate covers",
  severity: "high",
  whenUnknown: "warn",
  why: "A name that the certificate does not hold is refused by every client. A wildcard stands for exactly one label, and not for the domain itself (RFC 9525).",
  fix: "Add the name to the certificate, or take it from the endpoint.",
  references: [
    "https://www.rfc-editor.org/rfc/rfc9525#section-6.3",
    "https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html",
  ],
  controls: {
    "NIST SP 800-53 r5": ["SC-17"],
    "OWASP ASVS 5.0": ["12.2.2"],
    "PCI DSS 4.0.1": ["4.2.1"],
  },

  evaluate: ({ names, certificates }) => {
    const certified = certificates.flatMap(({ certificate }) => certificate.names);
    if (certificates.length === 0) return [];
    return names.map((name) => judge(coverage(name, certified), uncovered, valueText(name, nameText(name.place.at))));
  },
});

type Coverage = Fact<readonly [string, ...string[]]>;

/** A name and those of the certificate; one match is enough, whatever the plan does not show of the rest. */
function coverage(name: Fact<string>, certified: readonly Fact<string>[]): Coverage {
  const related = [...new Set(certified.map((one) => one.place.address))].filter((one) => one !== name.place.address);
  const match = certified.find((one) => isShown(name) && isShown(one) && covers(one.value, name.value));
  return { ...both(name, ...(match ? [match] : certified)), related };
}

const uncovered: Test<readonly [string, ...string[]]> = ([name, ...certified], show) =>
  certified.some((one) => covers(one, name)) ||
  text`${show(name)} is not covered by its certificate for ${show(certified.join(", "))}`;

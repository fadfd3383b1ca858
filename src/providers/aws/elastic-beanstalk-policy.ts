// A secure listener of an Elastic Beanstalk environment → its security policy, by options.
// https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html

import { because } from "../../cause.ts";
import type { TlsVersion } from "../../facts/endpoint.ts";
import { type Fact, fact, isSensitive, isShown, known, lookUp, mapped, standAt, unknown } from "../../facts/fact.ts";
import { type Secured, type Security, secured } from "../../facts/service.ts";
import { suggestTls } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Known } from "../../plan/value.ts";
import {
  defaultPolicy as classicDefault,
  recommendedPolicy as classicRecommended,
  predefinedPolicies,
} from "./classic-load-balancer-values.ts";
import type { Options } from "./elastic-beanstalk-option.ts";
import {
  defaultPolicy,
  recommendedPolicy,
  securityPolicies,
  strictestPolicy,
  suggestPolicy,
} from "./load-balancer-values.ts";

export const applicationSecurity = (options: Options, namespace: Known<string>): Secured =>
  secured(
    options.read(namespace, "SSLPolicy", {
      read: (value) => lookUp(securityPolicies, value),
      absent: securityPolicies[defaultPolicy] as Security,
      remedy: recommendedPolicy,
      stricter: [strictestPolicy],
      suggests: suggestPolicy,
    }),
  );

const policies = "aws:elb:policies:";

interface Site {
  readonly namespace: Known<string>;
  readonly port: Known<string>;
}

/** The policy that names the listener's port, or that the listener names; or the default of classic load balancers. */
export function classicSecurity(options: Options, { namespace, port }: Site): Secured {
  const names = listed(options.find(namespace.value, "PolicyNames"));
  const every = options.namespaces(policies).map(({ value }) => value);
  const attached = every.filter((policy) => {
    const ports = listed(options.find(policy, "LoadBalancerPorts"));
    return names.includes(policy.slice(policies.length)) || ports.includes(port.value) || ports.includes(":all");
  });
  const protocols = attached.flatMap((policy) => options.find(policy, "SSLProtocols") ?? [])[0];
  if (protocols) {
    const open = {
      ...unknown(because`a policy of its own, and what it does not name may be on`),
      ...standAt(protocols, "value"),
    };
    return secured(open);
  }
  const setting = attached.flatMap((policy) => options.find(policy, "SSLReferencePolicy") ?? [])[0];
  const minimumTls: Fact<TlsVersion> = setting
    ? fact(setting, "value", {
        read: (value) => lookUp(predefinedPolicies, value),
        absent: { unknown: because`SSLReferencePolicy has no value` },
        remedy: classicRecommended,
        suggests: suggestTls,
      })
    : options.read(known(`${policies}${namespace.value}`, isSensitive(namespace)), "SSLReferencePolicy", {
        read: () => undefined,
        absent: predefinedPolicies[classicDefault] as TlsVersion,
      });
  const { remedy: _, ...unmended } = minimumTls;
  // Every predefined policy has suites with RSA key transport and CBC; it takes a custom one to have none.
  const weak = mapped(unmended as Fact<TlsVersion>, () => false);
  // Beside them each offers TLS 1.2 with ECDHE and AES.
  const ecdheAes = mapped(unmended as Fact<TlsVersion>, () => true);
  return { minimumTls, forwardSecrecy: weak, aeadOnly: weak, ecdheAes };
}

/** The parts of a list between commas; of one that is not known, none. */
function listed(setting: Block | undefined): string[] {
  const value = setting?.value("value");
  return value && isShown(value)
    ? String(value.value)
        .split(",")
        .map((one) => one.trim())
    : [];
}

// google_compute_ssl_policy → what a proxy negotiates: the version of its policy, and what the profile's suites make of it.
// https://cloud.google.com/load-balancing/docs/ssl-policies-concepts

import { ambiguous, because, notSet } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import { type CipherSuite, suiteOf } from "../../facts/cipher-suite.ts";
import { atLeast, type TlsVersion } from "../../facts/endpoint.ts";
import {
  agreed,
  causeOf,
  type Decided,
  type Fact,
  fact,
  isSensitive,
  isShown,
  known,
  lookUp,
  mapped,
  replaced,
  type Stand,
  standAt,
  unknown,
  unrecognised,
} from "../../facts/fact.ts";
import { type Secured, secured } from "../../facts/service.ts";
import { suggestTls } from "../../facts/suggest.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { referencesOf, sslPolicies, unknownTarget, usersOf } from "./reference.ts";
import { defaultProfile, defaultSecurity, defaultVersion, minimumVersions, profiles } from "./ssl-policy-values.ts";

/** Proxies that an SSL policy can be attached to. */
const proxies = [
  "google_compute_target_https_proxy",
  "google_compute_region_target_https_proxy",
  "google_compute_target_ssl_proxy",
];

export default defineAdapter({
  id: "google/ssl-policy",
  resourceTypes: Object.keys(sslPolicies),
  cannotShow: [
    "Which proxies outside the plan use an SSL policy of it: one that none of the plan uses is judged alone.",
  ],
  endpoints(policy) {
    const users = usersOf(policy, { types: proxies, attribute: "ssl_policy", targets: sslPolicies });
    const alone = { kind: "SSL policy", names: [], certificates: [], routes: [], upstreams: [] };
    return users.length > 0 ? [] : [{ address: policy.address, ...alone, ...securityOf(policy) }];
  },
});

/** What a proxy negotiates, by the policy that is attached to it. */
export function negotiated(proxy: Resource): Secured {
  const stand = standAt(proxy, "ssl_policy");
  const [link] = referencesOf(proxy, "ssl_policy", sslPolicies);
  if (!link) return unattached(proxy);
  const [policy, ...others] = link.state === "found" ? link.resources : [];
  if (!policy) {
    const open: Fact<never> = { ...unknownTarget(link, "SSL policy"), ...stand };
    return secured(open);
  }
  const all = [policy, ...others];
  const related = all.map(({ address }) => address);
  const candidates = all.map(securityOf);
  const at = <T>(choose: (one: Secured) => Fact<T>): Fact<T> => {
    const { remedy } = choose(securityOf(policy));
    const value = agreed(candidates.map(choose), ambiguous(all));
    return { ...value, place: stand.place, related, remedy: others.length > 0 ? undefined : remedy };
  };
  return {
    minimumTls: at((one) => one.minimumTls),
    forwardSecrecy: at((one) => one.forwardSecrecy),
    aeadOnly: at((one) => one.aeadOnly),
    ecdheAes: at((one) => one.ecdheAes),
  };
}

function unattached(proxy: Resource): Secured {
  const note = text`no SSL policy is attached, so Google's default applies: ${defaultProfile} from ${defaultVersion}`;
  return secured({ ...known(defaultSecurity), ...standAt(proxy, "ssl_policy"), note });
}

function securityOf(policy: Resource): Secured {
  const minimum = fact(policy, "min_tls_version", {
    read: (value) => lookUp(minimumVersions, value),
    absent: defaultVersion,
    remedy: "TLS_1_2",
    stricter: ["TLS_1_3"],
    suggests: suggestTls,
  });
  const suites = suitesOf(policy);
  // Every suite of TLS 1.3 is both, and no policy can change them.
  const by13 = isShown(minimum) && minimum.value === "TLS 1.3" ? mapped(minimum, () => true) : undefined;
  const security = {
    minimumTls: floorOf(minimum, suites.since),
    forwardSecrecy: by13 ?? suites.forwardSecrecy,
    aeadOnly: by13 ?? suites.aeadOnly,
    ecdheAes: by13 ?? suites.ecdheAes,
  };
  return policy.mode === "data" ? withoutRemedies(security) : security;
}

/** What was looked up is not for this plan to change. */
const withoutRemedies = ({ minimumTls, forwardSecrecy, aeadOnly, ecdheAes }: Secured): Secured => ({
  minimumTls: { ...minimumTls, remedy: undefined },
  forwardSecrecy: { ...forwardSecrecy, remedy: undefined },
  aeadOnly: { ...aeadOnly, remedy: undefined },
  ecdheAes: { ...ecdheAes, remedy: undefined },
});

/** Suites that need TLS 1.2 raise the version: "choosing RESTRICTED effectively requires clients to use TLS 1.2". */
function floorOf(minimum: Fact<TlsVersion>, since: Fact<TlsVersion>): Fact<TlsVersion> {
  if (isShown(minimum) && atLeast(minimum.value, "TLS 1.2")) return minimum;
  if (!isShown(since)) return replaced(minimum, since);
  return atLeast(since.value, "TLS 1.2") ? since : minimum;
}

interface Suites {
  readonly since: Fact<TlsVersion>;
  readonly forwardSecrecy: Fact<boolean>;
  readonly aeadOnly: Fact<boolean>;
  readonly ecdheAes: Fact<boolean>;
}

function suitesOf(policy: Resource): Suites {
  const custom = "CUSTOM";
  const profile = fact(policy, "profile", {
    read: (value) => (value === custom ? custom : lookUp(profiles, value)),
    absent: profiles[defaultProfile] as (typeof profiles)[string],
    remedy: "RESTRICTED",
  });
  if (profile.state !== "unknown" && profile.value === custom) return customSuites(policy);
  const named = profile as Fact<(typeof profiles)[string]>;
  return {
    since: mapped(named, (one) => one.since),
    forwardSecrecy: mapped(named, (one) => one.forwardSecrecy),
    aeadOnly: mapped(named, (one) => one.aeadOnly),
    ecdheAes: mapped(named, (one) => one.ecdheAes),
  };
}

/** One suite that is shown to be weak decides, whatever the others turn out to be. */
function customSuites(policy: Resource): Suites {
  const stand = standAt(policy, "custom_features");
  const suites = policy.elements("custom_features").map((value): Decided<CipherSuite> => {
    if (!isShown(value)) return unknown(causeOf(value));
    const suite = suiteOf(String(value.value));
    return suite ? { ...value, value: suite } : unrecognised(value);
  });
  const every = (test: (suite: CipherSuite) => boolean): Fact<boolean> => {
    const weak = suites.find((one) => isShown(one) && !test(one.value));
    const open = suites.find((one) => one.state === "unknown");
    const secret = suites.find(isSensitive);
    const decisive = weak ?? open ?? secret ?? suites[0];
    if (!decisive) return { ...unknown(notSet("custom_features")), ...stand };
    return mapped({ ...decisive, ...stand }, test);
  };
  return {
    since: mapped(
      every(({ since }) => atLeast(since, "TLS 1.2")),
      (all) => (all ? "TLS 1.2" : defaultVersion),
    ),
    forwardSecrecy: every(({ forwardSecret }) => forwardSecret),
    aeadOnly: every(({ aead }) => aead),
    ecdheAes: offeredBy(suites, standAt(policy, "custom_features", good)),
  };
}

const good = ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"];

/** The list is for TLS 1.2 and older alone: "…cipher suites used by TLS 1.2 and earlier" (same page). */
const only13 = because`custom_features lists no suite of ECDHE with AES, and Google does not say that TLS 1.3 is always offered`;

/** One suite that is shown is enough, whatever the others turn out to be. */
function offeredBy(suites: readonly Decided<CipherSuite>[], stand: Stand): Fact<boolean> {
  const found = suites.find((one) => isShown(one) && one.value.ecdheAes);
  if (found) return mapped({ ...found, ...stand }, () => true);
  const open = suites.find((one) => one.state === "unknown");
  if (open?.state === "unknown") return { ...open, ...stand };
  return { ...unknown(suites.length > 0 ? only13 : notSet("custom_features")), ...stand };
}

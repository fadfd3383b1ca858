// The ssl_policy of an application gateway, or of one of its profiles → what its HTTPS listeners negotiate.
// https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview

import { because, notSet } from "../../cause.ts";
import { suitesOf } from "../../facts/cipher-suite.ts";
import { atLeast, type Endpoint, type TlsVersion, tlsVersions } from "../../facts/endpoint.ts";
import {
  causeOf,
  type Fact,
  fact,
  isSensitive,
  isShown,
  known,
  lookUp,
  mapped,
  replaced,
  standAt,
  unknown,
  unrecognised,
} from "../../facts/fact.ts";
import { type Security, secured } from "../../facts/service.ts";
import { suggestTls } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Plan } from "../../plan/plan.ts";
import { text } from "../../text.ts";
import {
  defaultPolicy,
  policyTypes,
  predefinedPolicies,
  protocolVersions,
  recommendedPolicy,
} from "./application-gateway-values.ts";

type Tls = Pick<Endpoint, "minimumTls" | "forwardSecrecy" | "aeadOnly" | "ecdheAes">;

export function tlsOf(policy: Block): Tls {
  const disabled = policy.elements("disabled_protocols");
  if (disabled.length > 0) return remainderOf(policy);
  const type = fact<"predefined" | "custom">(policy, "policy_type", {
    read: (value) => lookUp(policyTypes, value),
    absent: "predefined",
  });
  if (!isShown(type)) return secured(type);
  return type.value === "custom" ? customOf(policy) : secured(predefinedOf(policy));
}

/** A gateway that exists may have been made by an API whose default was TLS 1.0: its plan does not tell. */
function predefinedOf(policy: Block): Fact<Security> {
  const isNew = policy.resource.planned("id") === undefined && !mayBeOldProvider(policy.resource.scope.view.plan);
  return fact<Security>(policy, "policy_name", {
    read: (value) => lookUp(predefinedPolicies, value),
    absent: isNew
      ? (predefinedPolicies[defaultPolicy] as Security)
      : {
          unknown: because`ssl_policy is not set, and which policy applies depends on the API version that made the gateway`,
        },
    remedy: recommendedPolicy,
  });
}

/**
 * azurerm 3 asks the API of 2022-07-01, azurerm 4.0 that of 2023-11-01 (application_gateway_resource.go of 3.117.0 and
 * 4.0.0). The lock file of a plan file has the version. Where several modules say which they take, the one that takes the
 * newest decides.
 */
function mayBeOldProvider({ configuration, evaluated }: Plan): boolean {
  const locked = evaluated?.providerVersion("hashicorp/azurerm");
  if (locked !== undefined) return Number.parseInt(locked, 10) < 4;
  const oldest = Object.values(configuration?.provider_config ?? {}).flatMap((provider) => {
    const text = "version_constraint" in provider ? provider.version_constraint : undefined;
    if (provider.name !== "azurerm" || typeof text !== "string" || text === "") return [];
    return [0, ...[...text.matchAll(/(?:^|,)\s*(?:~>|>=?|=)?\s*(\d+)/g)].map(([, major]) => Number(major))];
  });
  return oldest.length > 0 && Math.max(...oldest) < 4;
}

function customOf(policy: Block): Tls {
  const minimumTls = fact<TlsVersion>(policy, "min_protocol_version", {
    read: (value) => lookUp(protocolVersions, value),
    suggests: suggestTls,
    absent: { unknown: notSet("min_protocol_version") },
    remedy: "TLSv1_2",
    stricter: ["TLSv1_3"],
  });
  const suites = suitesIn(policy, minimumTls);
  return {
    minimumTls,
    forwardSecrecy: mapped(suites, (one) => one.forwardSecrecy),
    aeadOnly: mapped(suites, (one) => one.aeadOnly),
    ecdheAes: hasTls13(policy)
      ? { ...known(true), ...standAt(policy, "policy_type"), note: text`CustomV2 has the suites of TLS 1.3` }
      : mapped(suites, (one) => one.ecdheAes),
  };
}

/** "TLS_AES_128_GCM_SHA256 and TLS_AES_256_GCM_SHA384 are mandatory for TLSv1.3", which the older custom policies lack (same page). */
const hasTls13 = (policy: Block): boolean => policy.planned("policy_type") === "CustomV2";

type Suites = Omit<Security, "minimumTls">;

const good = ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"];

function suitesIn(policy: Block, floor: Fact<TlsVersion>): Fact<Suites> {
  // TLS 1.3 has suites of its own, whatever is listed beside them.
  if (isShown(floor) && floor.value === "TLS 1.3")
    return mapped(floor, () => ({ forwardSecrecy: true, aeadOnly: true, ecdheAes: true }));
  const stand = standAt(policy, "cipher_suites", good);
  const elements = policy.elements("cipher_suites");
  if (elements.length === 0) return { ...unknown(notSet("cipher_suites")), ...stand };
  const hidden = elements.find((one) => !isShown(one));
  if (hidden) return { ...unknown(causeOf(hidden)), ...stand };
  const shown = elements.filter(isShown);
  const suites = suitesOf(shown.map((one) => String(one.value)));
  if (!suites) return { ...unknown(because`one of its values is not a value that tlsgate recognises`), ...stand };
  return { ...known(suites, shown.some(isSensitive)), ...stand };
}

/** What `disabled_protocols` leaves of TLS 1.0 and newer; the provider then names no policy, and no suites. */
function remainderOf(policy: Block): Tls {
  const stand = standAt(policy, "disabled_protocols", ["TLSv1_0", "TLSv1_1"]);
  const elements = policy.elements("disabled_protocols");
  const read = elements.map((one) => (isShown(one) ? lookUp(protocolVersions, one.value) : undefined));
  const floor = tlsVersions.find((version) => atLeast(version, "TLS 1.0") && !read.includes(version));
  const open = elements[read.indexOf(undefined)];
  const cause = open && (isShown(open) ? unrecognised(open, suggestTls).cause : causeOf(open));
  const isSecret = elements.some(isSensitive);
  const minimumTls: Fact<TlsVersion> =
    floor && !open
      ? { ...known(floor, isSecret), ...stand }
      : { ...unknown(cause ?? because`it disables all versions`), ...stand };
  const suites = replaced<never>(
    minimumTls,
    unknown(because`disabled_protocols does not say which cipher suites are left`),
  );
  const hasNone = !open && !tlsVersions.some((version) => atLeast(version, "TLS 1.2") && !read.includes(version));
  const ecdheAes = hasNone ? { ...known(false, isSecret), ...stand } : suites;
  return { minimumTls, forwardSecrecy: suites, aeadOnly: suites, ecdheAes };
}

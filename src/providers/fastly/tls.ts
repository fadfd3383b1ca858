// TLS subscriptions, activations and platform certificates → the certificate and the versions with which names are served.
// https://www.fastly.com/documentation/reference/api/tls/

import { because, definedElsewhere, outside } from "../../cause.ts";
import type { Certificate, CertificateUse, Endpoint, TlsVersion } from "../../facts/endpoint.ts";
import { tlsVersions } from "../../facts/endpoint.ts";
import {
  causeOf,
  type Fact,
  isShown,
  known,
  lookUp,
  mapped,
  replaced,
  standAt,
  unknown,
  unrecognised,
} from "../../facts/fact.ts";
import { ecdheAesBy, nameOf } from "../../facts/service.ts";
import { suggestTls } from "../../facts/suggest.ts";
import { oncePer } from "../../plan/once.ts";
import type { Resource, View } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { certificateOf } from "./tls-certificate.ts";
import { httpProtocols, tlsProtocols } from "./tls-values.ts";

/** What puts TLS on names: one of the resource types below. */
export interface TlsSource {
  readonly resource: Resource;
  /** The names that it serves; a wildcard serves those that it covers. */
  readonly names: readonly Fact<string>[];
  readonly use: CertificateUse;
  readonly minimumTls: Fact<TlsVersion>;
  readonly forwardSecrecy: Fact<boolean>;
  readonly ecdheAes: Fact<boolean>;
  readonly httpVersions: Endpoint["httpVersions"];
}

export const tlsTypes = ["fastly_tls_subscription", "fastly_tls_activation", "fastly_tls_platform_certificate"];

export const tlsSources = oncePer((view: View): readonly TlsSource[] =>
  tlsTypes.flatMap((type) => view.resources(type)).map(tlsSourceOf),
);

function tlsSourceOf(resource: Resource): TlsSource {
  const isActivation = resource.type === "fastly_tls_activation";
  const certificate = isActivation ? activated(resource) : certificateOf(resource);
  const { minimumTls, newestTls, httpVersions } = configurationOf(resource);
  return {
    resource,
    names: isActivation ? [nameOf(resource, "domain")] : certificate.names,
    use: { certificate },
    minimumTls,
    forwardSecrecy: secrecyOf(minimumTls),
    ecdheAes: ecdheAesBy(newestTls, replaced(newestTls, unlisted)),
    httpVersions,
  };
}

/** Only TLS 1.3 leaves nothing to choose. */
function secrecyOf(minimumTls: Fact<TlsVersion>): Fact<boolean> {
  if (isShown(minimumTls) && minimumTls.value === "TLS 1.3") return mapped(minimumTls, () => true);
  return replaced(minimumTls, unlisted);
}

const unlisted = unknown(outside`the TLS configuration decides on cipher suites, and a plan does not show them`);

const certificateTargets = {
  fastly_tls_certificate: ["id"],
  fastly_tls_platform_certificate: ["id"],
  fastly_tls_subscription: ["certificate_id"],
  fastly_tls_subscription_validation: ["certificate_id"],
};

/** The certificate that an activation names. */
function activated(activation: Resource): Certificate {
  const link = activation.link("certificate_id", certificateTargets);
  const stand = standAt(activation, "certificate_id");
  const [first, another] = link.state === "found" ? link.resources.flatMap(certificateBehind) : [];
  if (first && !another) return certificateOf(first);
  const which = another ? because`the plan does not tell which certificate it is` : definedElsewhere("the certificate");
  const open = { ...(link.state === "unknown" ? link : unknown(which)), ...stand };
  return { address: undefined, names: [open], key: open, renewal: open };
}

/** A validation waits for the certificate of a subscription. */
function certificateBehind(resource: Resource): readonly Resource[] {
  if (resource.type !== "fastly_tls_subscription_validation") return [resource];
  const link = resource.link("subscription_id", { fastly_tls_subscription: ["id"] });
  return link.state === "found" ? link.resources : [];
}

interface Offer extends Pick<TlsSource, "minimumTls" | "httpVersions"> {
  readonly newestTls: Fact<TlsVersion>;
}

function configurationOf(resource: Resource): Offer {
  const attribute = "configuration_id";
  const stand = standAt(resource, attribute);
  const link = resource.link(attribute, { fastly_tls_configuration: ["id"] });
  const [configuration, another] = link.state === "found" ? link.resources : [];
  if (configuration && !another) return offerOf(configuration, stand);
  const causes = {
    absent: because`no TLS configuration is named, so the account's default applies, which a plan does not show`,
    outside: because`the TLS configuration is named by its id alone; data.fastly_tls_configuration would show its versions`,
    found: because`the plan does not tell which TLS configuration it is`,
  };
  const open = link.state === "unknown" ? link : unknown(causes[link.state]);
  const fact = { ...open, ...stand };
  return { minimumTls: fact, newestTls: fact, httpVersions: undefined };
}

function offerOf(configuration: Resource, { place }: ReturnType<typeof standAt>): Offer {
  const stand = { place, related: [configuration.address] };
  const versions = configuration.elements("tls_protocols");
  const names = configuration
    .elements("http_protocols")
    .map((one) => (isShown(one) ? lookUp(httpProtocols, one.value) : undefined));
  const isHttpRead = names.length > 0 && !names.includes(undefined);
  return {
    minimumTls: firstOf(tlsVersions, configuration, versions, stand),
    newestTls: firstOf(tlsVersions.toReversed(), configuration, versions, stand),
    httpVersions: isHttpRead ? { ...known(names as string[]), ...stand } : undefined,
  };
}

/** The first of the order that the configuration lists. */
function firstOf(
  order: readonly TlsVersion[],
  configuration: Resource,
  versions: ReturnType<Resource["elements"]>,
  stand: { readonly place: Fact["place"]; readonly related: readonly string[] },
): Fact<TlsVersion> {
  const listed: TlsVersion[] = [];
  for (const version of versions) {
    if (!isShown(version)) return { ...unknown(causeOf(version)), ...stand };
    const read = lookUp(tlsProtocols, version.value);
    if (!read) return { ...unrecognised(version, suggestTls), ...stand };
    listed.push(read);
  }
  const first = order.find((one) => listed.includes(one));
  if (!first) return { ...unknown(because`${nameText(configuration.address)} shows no TLS protocols`), ...stand };
  return { ...known(first), ...stand, note: text`by ${nameText(configuration.address)}` };
}

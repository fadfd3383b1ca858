// The backends of a service → upstreams: whether the hop is TLS, with which versions, and whether its certificate counts.
// https://www.fastly.com/documentation/guides/full-site-delivery/domains-and-origins/connecting-to-origins

import { because } from "../../cause.ts";
import { atLeast, type TlsVersion, type Upstream } from "../../facts/endpoint.ts";
import { type Fact, fact, isSensitive, isShown, lookUp, standAt } from "../../facts/fact.ts";
import { suggestTls } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { backendTlsVersions } from "./backend-values.ts";

/** The provider marks all of a backend as sensitive, its name too. */
export const upstreamsOf = (service: Resource): Upstream[] =>
  service.blocks("backend", { set: true }).map((backend) => {
    const { protocol, minimumTls, certificate } = hopOf(backend);
    return {
      name: nameText(backend.at),
      reach: "public",
      protocol: explained(protocol),
      minimumTls: minimumTls && explained(minimumTls),
      certificate: certificate && explained(certificate),
      routes: [],
    };
  });

const explained = <T>(fact: Fact<T>): Fact<T> =>
  isSensitive(fact) ? { ...fact, note: text`the provider marks all of a backend as sensitive` } : fact;

function hopOf(backend: Block): Pick<Upstream, "protocol" | "minimumTls" | "certificate"> {
  const protocol: Upstream["protocol"] = fact(backend, "use_ssl", {
    read: (value) => (value === true ? "https" : value === false ? "http" : undefined),
    // https://github.com/fastly/terraform-provider-fastly/blob/main/docs/resources/service_vcl.md
    absent: "http",
    remedy: true,
  });
  if (isShown(protocol) && protocol.value === "http") return { protocol };
  return {
    protocol,
    minimumTls: minimumTlsOf(backend),
    certificate: fact(backend, "ssl_check_cert", {
      read: (value) => (value === true ? "verified" : value === false ? "not verified" : undefined),
      // The same page.
      absent: "verified",
      remedy: true,
    }),
  };
}

const versionOf = (backend: Block, attribute: string): Fact<TlsVersion> =>
  fact<TlsVersion>(backend, attribute, {
    read: (value) => lookUp(backendTlsVersions, value),
    suggests: suggestTls,
    absent: { unknown: because`${nameText(attribute)} is not set, and Fastly documents no default for it` },
    remedy: "1.2",
  });

/** A newest version that is old says enough of the oldest one. */
function minimumTlsOf(backend: Block): Fact<TlsVersion> {
  const oldest = versionOf(backend, "min_tls_version");
  if (isShown(oldest) && !atLeast(oldest.value, "TLS 1.2")) return oldest;
  const newest = versionOf(backend, "max_tls_version");
  if (!isShown(newest) || atLeast(newest.value, "TLS 1.2")) return oldest;
  return { ...newest, ...standAt(backend, "max_tls_version", "1.3"), note: text`no newer one is allowed` };
}

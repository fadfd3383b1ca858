// The ConfigMap of ingress-nginx → what its controller does for every Ingress: TLS, HSTS, redirects.
// https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/

import { because } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import { suitesOf } from "../../facts/cipher-suite.ts";
import { type Endpoint, type Hsts, type TlsVersion, tlsVersions } from "../../facts/endpoint.ts";
import {
  agreed,
  type Fact,
  isShown,
  lookUp,
  mapped,
  type Reading,
  replaced,
  type Stand,
  unknown,
} from "../../facts/fact.ts";
import { oneYear } from "../../facts/hsts.ts";
import { ecdheAesBy, everything } from "../../facts/service.ts";
import { suggestTls } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import { setsTls } from "./nginx-snippet.ts";
import { defaultCiphers, protocols } from "./nginx-values.ts";
import { factIn, type KubernetesObject, listed, objectOf, objectsOf, readFlag, typesOf } from "./object.ts";

export default defineAdapter({
  id: "kubernetes/nginx-config",
  resourceTypes: typesOf("ConfigMap"),
  cannotShow: [
    "whether anybody still maintains the ingress-nginx that runs: the project was retired in March 2026",
    "settings of ingress-nginx that a Helm chart writes: its ConfigMap is not in the plan then",
  ],
  endpoints(resource) {
    const map = objectOf(resource);
    return map && isControllers(map) ? [endpointOf(map)] : [];
  },
});

/** The names in the project's manifests and charts, newer and older: nobody asks for another ConfigMap by these. */
function isControllers({ kind, metadata }: KubernetesObject): boolean {
  const name = metadata.planned("name");
  return kind === "ConfigMap" && typeof name === "string" && controllerNames.test(name);
}

const controllerNames = /(^|-)ingress-nginx-controller$|^nginx-configuration$|^nginx-ingress-controller$/;

function endpointOf(map: KubernetesObject): Endpoint {
  const settings = settingsOf([map], { place: { address: map.resource.address, at: "" } });
  return {
    address: map.resource.address,
    kind: "ingress-nginx controller",
    names: [],
    certificates: [],
    ...settings.tls,
    httpVersions: settings.httpVersions,
    // What becomes of plain HTTP is each Ingress's own to say.
    routes: [{ path: everything, hsts: settings.hsts }],
    upstreams: [],
  };
}

export interface Settings {
  readonly tls: Required<Pick<Endpoint, "minimumTls" | "forwardSecrecy" | "aeadOnly" | "ecdheAes">>;
  /** The newest version that is offered. */
  readonly newestTls: Fact<TlsVersion>;
  readonly httpVersions: Fact<readonly string[]>;
  readonly hsts: Hsts;
  readonly sslRedirect: Fact<boolean>;
  readonly forceSslRedirect: Fact<boolean>;
  /** Beginnings of paths that no redirect to HTTPS is for. */
  readonly spared: Fact<readonly string[]>;
  readonly allowsSnippets: Fact<boolean>;
}

/** The settings that hold for the Ingresses of a plan; what they say stands in the ConfigMap. */
export function settingsFor(ingress: KubernetesObject, stand: Stand): Settings {
  return settingsOf(objectsOf(ingress.resource.scope.view, "ConfigMap", "").filter(isControllers), stand);
}

/** Why no setting is known. */
export const elsewhere = because`the ConfigMap of ingress-nginx is not in this plan`;

function settingsOf(maps: readonly KubernetesObject[], stand: Stand): Settings {
  const setting = <T>(name: string, reading: Reading<T>): Fact<T> => {
    const facts = maps.map(({ root, resource }) =>
      factIn(root.block("data"), name, isPart(resource.type) ? { ...reading, absent: notAll } : reading),
    );
    const [only, another] = facts;
    if (only && !another) return only;
    if (!only) return { ...unknown(elsewhere), ...stand };
    return { ...agreed(facts, because`the plan does not tell which ConfigMap the controller reads`), ...stand };
  };
  const flag = (name: string, absent: boolean, remedy?: string) => setting(name, { read: readFlag, absent, remedy });
  const suites = setting("ssl-ciphers", {
    read: readCiphers,
    absent: readCiphers(defaultCiphers) as NonNullable<ReturnType<typeof readCiphers>>,
    remedy: defaultCiphers,
  });
  const [open] = ["http-snippet", "server-snippet"]
    .map((name) => setting(name, { read: setsTls, absent: false }))
    .filter((one) => isShown(one) && one.value)
    .map((one) =>
      replaced<never>(one, unknown(because`it sets ssl_protocols or ssl_ciphers in words that tlsgate does not read`)),
    );
  const versions = setting<TlsVersion>("ssl-protocols", {
    read: readProtocols,
    suggests: suggestOldest,
    absent: "TLS 1.2",
    remedy: "TLSv1.2 TLSv1.3",
    stricter: ["TLSv1.3"],
  });
  const newestTls: Fact<TlsVersion> =
    open ?? setting<TlsVersion>("ssl-protocols", { read: readNewest, absent: "TLS 1.3", remedy: "TLSv1.2 TLSv1.3" });
  return {
    newestTls,
    tls: {
      minimumTls: open ?? versions,
      forwardSecrecy: open ?? mapped(suites, ({ forwardSecrecy }) => forwardSecrecy),
      aeadOnly: open ?? mapped(suites, ({ aeadOnly }) => aeadOnly),
      ecdheAes: ecdheAesBy(
        newestTls,
        mapped(suites, ({ ecdheAes }) => ecdheAes),
      ),
    },
    httpVersions: mapped(flag("use-http2", true, "true"), (on) => (on ? ["HTTP/1.1", "HTTP/2"] : ["HTTP/1.1"])),
    hsts: hstsBy(setting, flag),
    sslRedirect: flag("ssl-redirect", true, "true"),
    forceSslRedirect: flag("force-ssl-redirect", false),
    spared: setting("no-tls-redirect-locations", {
      read: (value) => (typeof value === "string" ? listed(value) : undefined),
      absent: ["/.well-known/acme-challenge"],
      remedy: "/.well-known/acme-challenge",
    }),
    allowsSnippets: flag("allow-snippet-annotations", false),
  };
}

/** kubernetes_config_map_v1_data writes some entries of a ConfigMap whose others it does not show. */
const isPart = (type: string): boolean => type.endsWith("_data");

const notAll = { unknown: because`the plan does not show the whole ConfigMap` };

function hstsBy(
  setting: <T>(name: string, reading: Reading<T>) => Fact<T>,
  flag: (name: string, absent: boolean, remedy?: string) => Fact<boolean>,
): Hsts {
  const on = flag("hsts", true, "true");
  const isOff = on.state !== "unknown" && !on.value;
  const open = on.state === "unknown" ? on : undefined;
  const unless = <T>(none: T, fact: Fact<T>): Fact<T> => open ?? (isOff ? mapped(on, () => none) : fact);
  const age = setting("hsts-max-age", {
    read: (value) => (/^\d+$/.test(String(value)) ? Number(value) : undefined),
    absent: oneYear,
    remedy: String(oneYear),
  });
  return {
    maxAge: unless(0, age),
    includeSubDomains: unless(false, flag("hsts-include-subdomains", true, "true")),
    preload: unless(false, flag("hsts-preload", false, "true")),
  };
}

/** "TLSv1.2 TLSv1.3": the oldest of them. */
export const readProtocols = (value: unknown): TlsVersion | undefined => versionsIn(value)[0];

const readNewest = (value: unknown): TlsVersion | undefined => versionsIn(value).at(-1);

/** From the oldest; none where one of the words is not recognised. */
function versionsIn(value: unknown): readonly TlsVersion[] {
  const versions = typeof value === "string" ? listed(value, /\s+/).map((word) => lookUp(protocols, word)) : [];
  return versions.includes(undefined) ? [] : tlsVersions.filter((version) => versions.includes(version));
}

/** What the words suggest, whatever stands between them. */
export const suggestOldest = (text: string): string | undefined =>
  listed(text, /[^\w.-]+/)
    .flatMap((word) => suggestTls(word) ?? [])
    .sort()[0];

/** Suites by name, between colons; OpenSSL's shorthands such as HIGH or !aNULL are not judged. */
export const readCiphers = (value: unknown) => (typeof value === "string" ? suitesOf(listed(value, ":")) : undefined);

/** The suites that an Ingress asks for itself. */
export const hasOwnCiphers = (annotations: Block): boolean => annotations.value(ownCiphers).state !== "absent";

export const ownCiphers = "nginx.ingress.kubernetes.io/ssl-ciphers";

// An Ingress of ingress-nginx → endpoints: its annotations, and below them the ConfigMap of the controller.
// https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
// https://kubernetes.github.io/ingress-nginx/user-guide/tls/

import { because, type Cause } from "../../cause.ts";
import type { Endpoint, PlainHttp, Upstream } from "../../facts/endpoint.ts";
import { type Fact, isShown, known, lookUp, mapped, unknown } from "../../facts/fact.ts";
import { directives, ecdheAesBy, everything, secured } from "../../facts/service.ts";
import { text } from "../../text.ts";
import {
  endpointOfRest,
  hostsOf,
  isTls,
  namesIn,
  ownCertificates,
  pathsOf,
  servicesOf,
  withoutTls,
} from "./ingress-hosts.ts";
import {
  elsewhere,
  hasOwnCiphers,
  ownCiphers,
  readCiphers,
  readProtocols,
  type Settings,
  settingsFor,
  suggestOldest,
} from "./nginx-config.ts";
import { hstsOf, tlsSnippet } from "./nginx-snippet.ts";
import { backendProtocols, verification } from "./nginx-values.ts";
import { factIn, type KubernetesObject, readFlag, standIn } from "./object.ts";

const annotation = (name: string): string => `nginx.ingress.kubernetes.io/${name}`;

const controller = text`ingress-nginx`;

export function nginxEndpoints(ingress: KubernetesObject): Endpoint[] {
  const { annotations, spec, resource } = ingress;
  const passthrough = flagOf(ingress, "ssl-passthrough", known(false));
  if (!isShown(passthrough) || passthrough.value) return [passedThrough(ingress, passthrough)];
  const settings = settingsFor(ingress, standIn(spec, "ingressClassName"));
  const forced = flagOf(ingress, "force-ssl-redirect", unlessElsewhere(settings.forceSslRedirect, false));
  if (!isTls(ingress)) return [plainIngress(ingress, forced)];
  const ciphers = factIn(annotations, ownCiphers, {
    read: readCiphers,
    absent: { unknown: because`no ciphers are set` },
  });
  const own = hasOwnCiphers(annotations)
    ? {
        forwardSecrecy: mapped(ciphers, (one) => one.forwardSecrecy),
        aeadOnly: mapped(ciphers, (one) => one.aeadOnly),
        ecdheAes: ecdheAesBy(
          settings.newestTls,
          mapped(ciphers, (one) => one.ecdheAes),
        ),
      }
    : {};
  const snippet = tlsSnippet(ingress, settings);
  const aliases = namesIn(annotations, annotation("server-alias"));
  return [
    {
      address: resource.address,
      kind: "ingress",
      names: hostsOf(ingress, aliases).covered,
      ...ownCertificates(ingress, controller),
      ...settings.tls,
      ...own,
      ...(snippet ? secured(snippet) : {}),
      httpVersions: settings.httpVersions,
      routes: [
        { path: everything, plainHttp: plainHttpOf(ingress, settings, forced), hsts: hstsOf(ingress, settings) },
      ],
      upstreams: upstreamsOf(ingress),
    },
    // Without a certificate for the host only what is forced is redirected.
    ...endpointOfRest(ingress, {
      ...mapped(forced, (on) => (on ? "redirected" : "served")),
      note: text`no tls names it`,
    }),
  ];
}

/** "true" or "false" in an annotation; where there is none, what holds for all. */
function flagOf(
  { annotations }: KubernetesObject,
  name: string,
  otherwise: Fact<boolean> | ReturnType<typeof known<boolean>>,
): Fact<boolean> {
  const stand = standIn(annotations, annotation(name));
  if (annotations.value(annotation(name)).state !== "absent") {
    return factIn(annotations, annotation(name), { read: readFlag, absent: false });
  }
  return { ...stand, ...otherwise };
}

/** Redirects have had the same defaults in all versions, so they hold although the ConfigMap is not shown. */
const unlessElsewhere = (setting: Fact<boolean>, usual: boolean): Fact<boolean> | ReturnType<typeof known<boolean>> =>
  setting.state === "unknown" && setting.cause === elsewhere ? known(usual) : setting;

function plainHttpOf(ingress: KubernetesObject, settings: Settings, forced: Fact<boolean>): PlainHttp {
  const { spared } = settings;
  const paths = pathsOf(ingress).map((path) => (path.value("path").state === "absent" ? "/" : path.planned("path")));
  const isSpared = (path: unknown) => isShown(spared) && spared.value.some((prefix) => String(path).startsWith(prefix));
  if (paths.some(isSpared)) {
    return { ...mapped(spared, () => "served" as const), note: text`redirects leave these locations out` };
  }
  if (isShown(forced) && forced.value) return mapped(forced, () => "redirected");
  const redirect = flagOf(ingress, "ssl-redirect", unlessElsewhere(settings.sslRedirect, true));
  const plainHttp = mapped(redirect, (on) => (on ? "redirected" : "served"));
  const { remedy } = standIn(ingress.annotations, annotation("ssl-redirect"), "true");
  return { remedy, ...plainHttp };
}

function plainIngress(ingress: KubernetesObject, forced: Fact<boolean>): Endpoint {
  const stand = standIn(ingress.spec, "tls");
  const served: PlainHttp = { ...known("served"), ...stand, note: text`it has no tls, so nothing redirects` };
  const redirect = ["permanent-redirect", "temporal-redirect"].map((name) => redirectTo(ingress, name)).find(Boolean);
  if (redirect) return withoutTls(ingress, redirect);
  if (isShown(forced) && !forced.value) return withoutTls(ingress, served);
  const cause = because`it has no tls: another load balancer before it, or the controller's default certificate, has to`;
  return withoutTls(
    ingress,
    mapped(forced, () => "redirected"),
    { ...unknown(cause), ...stand },
  );
}

/** All requests are sent to another address. */
function redirectTo({ annotations }: KubernetesObject, name: string): PlainHttp | undefined {
  const value = annotations.value(annotation(name));
  const isHttps = isShown(value) && /^https:\/\//i.test(String(value.value));
  return isHttps ? { ...value, value: "redirected", ...standIn(annotations, annotation(name)) } : undefined;
}

/** TLS goes on to the service as it came, and so does all that is said of it. */
function passedThrough(ingress: KubernetesObject, passthrough: Fact<boolean>): Endpoint {
  const cause: Cause = { reason: "application", note: text`TLS is passed on to the service, which answers it` };
  const open = passthrough.state === "unknown" ? passthrough : { ...unknown(cause), place: passthrough.place };
  return {
    address: ingress.resource.address,
    kind: "ingress",
    names: hostsOf(ingress).covered,
    certificate: open,
    certificates: [],
    ...secured(open),
    routes: [{ path: everything, plainHttp: open, hsts: directives(open) }],
    upstreams: [],
  };
}

function upstreamsOf(ingress: KubernetesObject): Upstream[] {
  const { annotations } = ingress;
  const protocol = factIn<"https" | "http" | "viewer">(annotations, annotation("backend-protocol"), {
    read: (value) => lookUp(backendProtocols, String(value).toUpperCase()),
    absent: "http",
    remedy: "HTTPS",
  });
  const certificate = factIn<"verified" | "not verified">(annotations, annotation("proxy-ssl-verify"), {
    read: (value) => lookUp(verification, value),
    absent: "not verified",
    remedy: "on",
  });
  const versions = annotation("proxy-ssl-protocols");
  const minimumTls =
    annotations.value(versions).state === "absent"
      ? undefined
      : factIn(annotations, versions, {
          read: readProtocols,
          suggests: suggestOldest,
          absent: { unknown: because`no protocols are set` },
          remedy: "TLSv1.2 TLSv1.3",
        });
  return servicesOf(ingress).map((name) => ({
    name,
    reach: "private",
    protocol,
    certificate,
    minimumTls,
    routes: [],
  }));
}

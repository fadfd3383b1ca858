// An Ingress of GKE → endpoint: its annotations, its FrontendConfig and SSL policy.
// https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration

import { because, type Cause, definedElsewhere } from "../../cause.ts";
import type { Endpoint, PlainHttp } from "../../facts/endpoint.ts";
import { causeOf, type Fact, isShown, known, mapped, unknown, type Value } from "../../facts/fact.ts";
import { onlyRoute, type Security, secured } from "../../facts/service.ts";
import type { Link } from "../../plan/link.ts";
import { nameText, text } from "../../text.ts";
import sslPolicy from "../google/ssl-policy.ts";
import { defaultProfile, defaultSecurity, defaultVersion } from "../google/ssl-policy-values.ts";
import { certificateName, certificatesOf } from "./gke-certificate.ts";
import { classOf } from "./ingress-class.ts";
import { distinct, isTls, ruleHosts, servicesOf, withoutTls } from "./ingress-hosts.ts";
import { blockIn, factIn, type KubernetesObject, objectsNamed, readFlag, readJson, standIn } from "./object.ts";

const frontendName = "networking.gke.io/v1beta1.FrontendConfig";
const allowName = "kubernetes.io/ingress.allow-http";

export function gkeEndpoints(ingress: KubernetesObject): Endpoint[] {
  const { annotations, spec, resource } = ingress;
  const certificates = certificatesOf(ingress);
  const plainHttp = plainHttpOf(ingress);
  if (certificates.length === 0) return [withoutTls(ingress, plainHttp)];
  const named = certificateName(ingress);
  const stand = isTls(ingress) || !named ? standIn(spec, "tls") : standIn(annotations, named);
  // What speaks HTTPS behind it says so on the Service: https://cloud.google.com/kubernetes-engine/docs/concepts/ingress-xlb#https_tls_between_load_balancer_and_your_application
  const protocol = (name: string) => protocolOf(ingress, name);
  return [
    {
      address: resource.address,
      kind: "ingress",
      names: distinct(ruleHosts(ingress)),
      certificate: { ...known("own"), ...stand },
      certificates,
      ...securityOf(ingress),
      routes: [onlyRoute(resource, plainHttp, text`the application`)],
      upstreams: servicesOf(ingress).map((name) => ({ name, reach: "private", protocol: protocol(name), routes: [] })),
    },
  ];
}

/** The FrontendConfig that is named; undefined where none is, or another plan makes it. */
function frontendOf(ingress: KubernetesObject): KubernetesObject | undefined {
  const kind = ["FrontendConfig", "networking.gke.io"] as const;
  return objectsNamed(ingress.resource.scope.view, kind, ingress.annotations.value(frontendName), ingress)[0];
}

function plainHttpOf(ingress: KubernetesObject): PlainHttp {
  const { annotations } = ingress;
  const allowed = factIn(annotations, allowName, { read: readFlag, absent: true, remedy: "false" });
  if (!isShown(allowed)) return allowed;
  if (!allowed.value) return mapped(allowed, () => "refused");
  const stand = standIn(annotations, frontendName);
  if (isInternal(ingress) && annotations.value(frontendName).state !== "absent") {
    return { ...known("served"), ...stand, note: text`an internal Ingress takes no redirect from a FrontendConfig` };
  }
  const frontend = frontendOf(ingress);
  if (frontend) {
    const redirect = blockIn(frontend.spec, "redirectToHttps");
    return mapped(factIn(redirect, "enabled", { read: readFlag, absent: false, remedy: true }), (on) =>
      on ? "redirected" : "served",
    );
  }
  const named = annotations.value(frontendName);
  if (named.state === "absent") return mapped(allowed, () => "served");
  return { ...unknown(frontendCause(named)), ...stand };
}

/**
 * "HTTP-to-HTTPS redirect" is for external ones alone, "SSL policy" for internal ones of the Gateway API
 * https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration
 */
function isInternal(ingress: KubernetesObject): boolean {
  const name = classOf(ingress);
  return isShown(name) && name.value === "gce-internal";
}

const frontendCause = (name: Value): Cause => (isShown(name) ? definedElsewhere("the FrontendConfig") : causeOf(name));

function securityOf(ingress: KubernetesObject): Pick<Endpoint, keyof Security> {
  const frontend = frontendOf(ingress);
  const named = ingress.annotations.value(frontendName);
  if (!frontend && named.state !== "absent") {
    return secured({ ...unknown(frontendCause(named)), ...standIn(ingress.annotations, frontendName) });
  }
  if (frontend && isInternal(ingress)) {
    const note = text`Google documents no SSL policy of a FrontendConfig for an internal Ingress`;
    return secured({ ...unknown({ reason: "undocumented", note }), ...standIn(frontend.spec, "sslPolicy") });
  }
  const stand = frontend ? standIn(frontend.spec, "sslPolicy") : standIn(ingress.annotations, frontendName);
  const policy = frontend
    ? frontend.spec.link("sslPolicy", { google_compute_ssl_policy: ["name", "id", "self_link"] })
    : undefined;
  if (policy && policy.state !== "absent") {
    const [only, another] = policy.state === "found" ? policy.resources : [];
    const security = only && !another ? sslPolicy.endpoints?.(only)[0] : undefined;
    if (security) {
      const { minimumTls, forwardSecrecy, aeadOnly, ecdheAes } = security;
      return { minimumTls, forwardSecrecy, aeadOnly, ecdheAes };
    }
    return secured({ ...unknown(policyCause(policy)), ...stand });
  }
  const note = text`no SSL policy is named, so Google's default applies: ${defaultProfile} from ${defaultVersion}`;
  return secured({ ...known(defaultSecurity), ...stand, note });
}

function policyCause(policy: Exclude<Link, { readonly state: "absent" }>): Cause {
  if (policy.state === "unknown") return policy.cause;
  if (policy.state === "outside") return definedElsewhere("the SSL policy");
  const addresses = nameText(policy.resources.map(({ address }) => address).join(" or "));
  return because`${addresses} is judged where a proxy of this plan uses it`;
}

/** cloud.google.com/app-protocols: {"https-port": "HTTPS"} on the Service. */
function protocolOf(ingress: KubernetesObject, name: string): Fact<"http" | "https"> {
  const [service] = objectsNamed(ingress.resource.scope.view, ["Service", ""], known(name), ingress);
  if (!service) {
    return {
      ...unknown(definedElsewhere("the Service, whose annotations decide,")),
      ...standIn(ingress.spec, "rules"),
    };
  }
  return factIn(service.annotations, "cloud.google.com/app-protocols", {
    read: readProtocols,
    absent: "http",
  });
}

function readProtocols(value: unknown): "http" | "https" | undefined {
  const json = readJson(value);
  const protocols = typeof json === "object" && json !== null ? Object.values(json) : [];
  if (protocols.length === 0) return undefined;
  if (protocols.every((one) => one === "HTTPS" || one === "HTTP2")) return "https";
  return protocols.every((one) => one === "HTTP") ? "http" : undefined;
}

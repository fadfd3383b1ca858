// The listeners of an Ingress of the AWS Load Balancer Controller, and what they do with plain HTTP.
// https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#traffic-listening

import { because, type Cause } from "../../cause.ts";
import type { PlainHttp } from "../../facts/endpoint.ts";
import {
  causeOf,
  type Fact,
  isShown,
  known,
  mapped,
  type Reading,
  replaced,
  unknown,
  type Value,
} from "../../facts/fact.ts";
import type { View } from "../../plan/view.ts";
import { nameText } from "../../text.ts";
import { classOf } from "./ingress-class.ts";
import { blockIn, factIn, type KubernetesObject, objectsOf, readJson, standIn } from "./object.ts";

export const annotation = (name: string): string => `alb.ingress.kubernetes.io/${name}`;

export interface Listener {
  readonly protocol: "HTTP" | "HTTPS";
  readonly port: number;
}

export const arnName = annotation("certificate-arn");
const portsName = annotation("listen-ports");

export function listenersOf(ingress: KubernetesObject): Fact<readonly Listener[]> {
  const { annotations } = ingress;
  const hasArn = annotations.value(arnName).state !== "absent";
  const cause = paramsOf(ingress);
  const plain = cause ? { unknown: cause } : [{ protocol: "HTTP", port: 80 } as const];
  return factIn<readonly Listener[]>(annotations, portsName, {
    read: readListeners,
    absent: hasArn ? [{ protocol: "HTTPS", port: 443 }] : plain,
    remedy: '[{"HTTP": 80}, {"HTTPS": 443}]',
  });
}

/** [{"HTTP": 80}, {"HTTPS": 443}] */
function readListeners(value: unknown): readonly Listener[] | undefined {
  const list = readJson(value);
  if (!Array.isArray(list)) return undefined;
  const listeners = list
    .flatMap((one) => Object.entries((one ?? {}) as object))
    .map(([protocol, port]) => ({ protocol, port }));
  const isListener = (one: { readonly protocol: string; readonly port: unknown }): one is Listener =>
    (one.protocol === "HTTP" || one.protocol === "HTTPS") && typeof one.port === "number";
  return listeners.length > 0 && listeners.every(isListener) ? listeners : undefined;
}

const redirectName = annotation("ssl-redirect");

export function plainHttpOf(ingress: KubernetesObject, listeners: Fact<readonly Listener[]>): PlainHttp {
  if (!isShown(listeners)) return listeners;
  const spoken = listeners.value.map(({ protocol }) => protocol);
  if (!spoken.includes("HTTP")) return { ...mapped(listeners, () => "refused"), remedy: undefined };
  const { annotations } = ingress;
  const stand = standIn(annotations, redirectName, spoken.includes("HTTPS") ? "443" : undefined);
  const redirect = annotations.value(redirectName);
  if (redirect.state === "unknown") return { ...redirect, ...stand };
  if (isShown(redirect)) {
    // "The SSL port that redirects to must exist on LoadBalancer"
    const isThere = listeners.value.some(
      ({ protocol, port }) => protocol === "HTTPS" && String(port) === String(redirect.value),
    );
    return isThere
      ? { ...redirect, value: "redirected", ...stand }
      : { ...unknown(because`listen-ports has no HTTPS port of that number`), ...stand };
  }
  const other = redirectingIn(annotations.value(groupName), ingress);
  if (other) return { ...plainHttpByOther(other), ...stand, related: [other.resource.address] };
  const cause = paramsOf(ingress) ?? groupCause(ingress);
  return { ...(cause ? unknown(cause) : known("served" as const)), ...stand };
}

const plainHttpByOther = ({ annotations }: KubernetesObject) => {
  const value = annotations.value(redirectName);
  return value.state === "unknown" ? value : known("redirected" as const);
};

const groupName = annotation("group.name");

const redirecting = new WeakMap<View, ReadonlyMap<unknown, KubernetesObject>>();

/** "Once defined on a single Ingress, it impacts every Ingress within IngressGroup." */
function redirectingIn(group: Value, { resource }: KubernetesObject): KubernetesObject | undefined {
  const { view } = resource.scope;
  let found = redirecting.get(view);
  if (!found) {
    found = new Map(
      objectsOf(view, "Ingress", "networking.k8s.io")
        .filter(({ annotations }) => annotations.value(redirectName).state !== "absent")
        .flatMap((one) => {
          const own = one.annotations.value(groupName);
          return isShown(own) ? [[own.value, one] as const] : [];
        }),
    );
    redirecting.set(view, found);
  }
  return isShown(group) ? found.get(group.value) : undefined;
}

function groupCause({ annotations }: KubernetesObject): Cause | undefined {
  const group = annotations.value(groupName);
  if (group.state === "absent") return undefined;
  return group.state === "unknown"
    ? causeOf(group)
    : because`an Ingress of its group that this plan does not hold may redirect`;
}

const paramsIn = ({ resource }: KubernetesObject): readonly KubernetesObject[] =>
  objectsOf(resource.scope.view, "IngressClassParams", "elbv2.k8s.aws");

/** Settings of the class decide over the annotations of its Ingresses; they are named, not followed. */
export function paramsOf(ingress: KubernetesObject): Cause | undefined {
  const [params] = paramsIn(ingress);
  return params && mayDecide(params);
}

const mayDecide = ({ resource }: KubernetesObject): Cause => because`${nameText(resource.address)} may decide`;

/**
 * What holds the SSL policy of an Ingress: "If the field is specified, LBC will ignore the annotation"
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/#specsslpolicy
 */
export function policyOf<T>(ingress: KubernetesObject, reading: Reading<T>): Fact<T> {
  const [params] = paramsIn(ingress).filter(({ spec }) => spec.value("sslPolicy").state !== "absent");
  if (!params) return factIn(ingress.annotations, annotation("ssl-policy"), reading);
  const name = classOf(ingress);
  const isOwn = objectsOf(ingress.resource.scope.view, "IngressClass", "networking.k8s.io").some(
    ({ metadata, spec }) =>
      isShown(name) &&
      metadata.planned("name") === name.value &&
      blockIn(spec, "parameters").planned("name") === params.metadata.planned("name"),
  );
  const policy = factIn(params.spec, "sslPolicy", reading);
  return isOwn ? policy : replaced(policy, unknown(mayDecide(params)));
}

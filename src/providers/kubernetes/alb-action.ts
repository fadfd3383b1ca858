// What an action of the AWS Load Balancer Controller does with a request over plain HTTP: redirect, answer, forward.
// https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#actions

import { because } from "../../cause.ts";
import type { PlainHttp } from "../../facts/endpoint.ts";
import { isShown, known, lookUp, unknown, unrecognised, valueText } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import { type DisplayText, nameText, text } from "../../text.ts";
import { finalActions } from "../aws/load-balancer-values.ts";
import { redirectProtocols } from "./alb-values.ts";
import { serviceOf } from "./ingress-hosts.ts";
import { blockIn, type KubernetesObject, readJson, standIn } from "./object.ts";

export interface Action {
  readonly path: DisplayText;
  /** Whether every request of every host comes here first. */
  readonly isCatchAll: boolean;
  readonly plainHttp: PlainHttp;
}

/** The action that a path names in place of a service. */
export function actionFor(path: Block, ingress: KubernetesObject): Action | undefined {
  const backend = path.block("backend");
  const service = serviceOf(backend);
  const port = blockIn(backend, "service").block("port").value("name");
  const older = backend.value("service_port");
  if (service === undefined || ![port, older].some((one) => isShown(one) && one.value === "use-annotation"))
    return undefined;
  const written = path.value("path");
  const pattern = valueText(written, written.state === "absent" ? text`/` : nameText(path.at));
  // "Conditions in addition to the original host/path condition"
  const isNarrowed = ingress.annotations.value(`alb.ingress.kubernetes.io/conditions.${service}`).state !== "absent";
  const isCatchAll = !isNarrowed && isFirstOfAll(path, pattern, ingress);
  return { path: pattern, isCatchAll, plainHttp: treatmentBy(ingress, service) };
}

/** The first path of the only rule, without a host of its own to be chosen by. */
function isFirstOfAll(path: Block, pattern: string, { spec }: KubernetesObject): boolean {
  const rules = [...spec.blocks("rule"), ...spec.blocks("rules")];
  const isFirst = /(path|paths)\[0\]$/.test(path.at);
  return (
    isFirst &&
    rules.length === 1 &&
    (pattern === "/*" || (pattern === "/" && path.value(typeName(path)).state !== "absent" && isPrefix(path)))
  );
}

const typeName = (path: Block): string => (path.resource.type === "kubernetes_manifest" ? "pathType" : "path_type");

function isPrefix(path: Block): boolean {
  const type = path.value(typeName(path));
  return isShown(type) && type.value === "Prefix";
}

function treatmentBy({ annotations }: KubernetesObject, service: DisplayText): PlainHttp {
  const name = `alb.ingress.kubernetes.io/actions.${service}`;
  const stand = standIn(annotations, name);
  const value = annotations.value(name);
  if (value.state === "absent")
    return { ...unknown(because`there is no annotation of the action ${service}`), ...stand };
  if (!isShown(value)) return { ...value, ...stand };
  const action = read(value.value);
  const kind = lookUp(finalActions, action?.type);
  if (kind === "redirect") {
    const protocol = action?.redirectConfig?.protocol ?? "#{protocol}";
    const treatment = lookUp(redirectProtocols, protocol);
    return treatment ? { ...value, value: treatment, ...stand } : { ...unrecognised(value), ...stand };
  }
  if (kind === "forward") return { ...known("served"), ...stand, note: text`it forwards to its targets` };
  const status = String(action?.fixedResponseConfig?.statusCode);
  if (kind === "answer" && /^[245]\d\d$/.test(status))
    return { ...value, value: status.startsWith("2") ? "served" : "refused", ...stand };
  return { ...unrecognised(value), ...stand };
}

interface ActionJson {
  readonly type?: unknown;
  readonly redirectConfig?: { readonly protocol?: unknown } | null;
  readonly fixedResponseConfig?: { readonly statusCode?: unknown } | null;
}

/** Its parts in small letters, as here, or in the capital ones of AWS's own API. */
function read(value: unknown): ActionJson | undefined {
  const json = uncapitalised(readJson(value));
  return isRecord(json) ? json : undefined;
}

const isRecord = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const uncapitalised = (value: unknown): unknown =>
  isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [
          name.charAt(0).toLowerCase() + name.slice(1),
          uncapitalised(inner),
        ]),
      )
    : value;

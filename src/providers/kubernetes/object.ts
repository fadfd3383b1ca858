// A Kubernetes object, written as a resource of its kind (kubernetes_ingress_v1) or as a kubernetes_manifest.

import {
  type Fact,
  factAt,
  isShown,
  type Reading,
  type Remedy,
  type Stand,
  type Value,
  valueText,
} from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource, View } from "../../plan/view.ts";
import { type DisplayText, nameText, text } from "../../text.ts";

export interface KubernetesObject {
  readonly resource: Resource;
  readonly kind: string;
  /** "networking.k8s.io" of networking.k8s.io/v1; "" of v1. */
  readonly group: string;
  /** What holds `spec` and `data`: the resource itself, or the manifest in it. */
  readonly root: Block;
  readonly metadata: Block;
  readonly annotations: Block;
  readonly spec: Block;
}

/** Kinds that the provider has resources of; the names without _v1 are the older ones of the same. */
const kinds: { readonly [type: string]: readonly [kind: string, group: string] } = {
  kubernetes_ingress: ["Ingress", "networking.k8s.io"],
  kubernetes_ingress_v1: ["Ingress", "networking.k8s.io"],
  kubernetes_ingress_class: ["IngressClass", "networking.k8s.io"],
  kubernetes_ingress_class_v1: ["IngressClass", "networking.k8s.io"],
  kubernetes_service: ["Service", ""],
  kubernetes_service_v1: ["Service", ""],
  kubernetes_config_map: ["ConfigMap", ""],
  kubernetes_config_map_v1: ["ConfigMap", ""],
  kubernetes_config_map_v1_data: ["ConfigMap", ""],
  kubernetes_secret: ["Secret", ""],
  kubernetes_secret_v1: ["Secret", ""],
};

/** Resource types that can hold an object of a kind. */
export const typesOf = (kind: string): string[] => [
  ...Object.keys(kinds).filter((type) => kinds[type]?.[0] === kind),
  "kubernetes_manifest",
];

const isManifest = ({ type }: Resource): boolean => type === "kubernetes_manifest";

/** The object that a resource is; undefined where the plan does not tell of which kind. */
export function objectOf(resource: Resource): KubernetesObject | undefined {
  const root = isManifest(resource) ? resource.block("manifest") : resource;
  const known = isManifest(resource) ? kindIn(root) : kinds[resource.type];
  if (!known) return undefined;
  const [kind, group] = known;
  const metadata = root.block("metadata");
  return {
    resource,
    kind,
    group,
    root,
    metadata,
    annotations: metadata.block("annotations"),
    spec: root.block("spec"),
  };
}

function kindIn(manifest: Block): readonly [kind: string, group: string] | undefined {
  const [kind, version] = [manifest.planned("kind"), manifest.planned("apiVersion")];
  if (typeof kind !== "string" || typeof version !== "string") return undefined;
  const group = version.includes("/") ? (version.split("/")[0] ?? "") : "";
  // Its older name: https://kubernetes.io/docs/reference/using-api/deprecation-guide/#ingress-v122
  return [kind, kind === "Ingress" && group === "extensions" ? "networking.k8s.io" : group];
}

/** The resource as an object of that kind; undefined for every other. */
export function objectOfKind(resource: Resource, kind: string, group: string): KubernetesObject | undefined {
  const object = objectOf(resource);
  return object?.kind === kind && object.group === group ? object : undefined;
}

const found = new WeakMap<View, Map<string, readonly KubernetesObject[]>>();

/** All objects of a kind that the plan holds. */
export function objectsOf(view: View, kind: string, group: string): readonly KubernetesObject[] {
  const known = found.get(view) ?? new Map<string, readonly KubernetesObject[]>();
  found.set(view, known);
  const id = `${group}/${kind}`;
  const objects =
    known.get(id) ??
    typesOf(kind).flatMap((type) => view.resources(type).flatMap((one) => objectOfKind(one, kind, group) ?? []));
  known.set(id, objects);
  return objects;
}

/** Objects of a kind by their name, in the namespace of another object. */
export const objectsNamed = (
  view: View,
  [kind, group]: readonly [kind: string, group: string],
  name: Value,
  near: KubernetesObject,
): KubernetesObject[] =>
  isShown(name)
    ? objectsOf(view, kind, group).filter(
        (one) => textIn(one.metadata, "name") === name.value && namespaceOf(one) === namespaceOf(near),
      )
    : [];

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/ */
export const namespaceOf = ({ metadata }: KubernetesObject): unknown => metadata.planned("namespace") ?? "default";

const textIn = (block: Block, name: string): unknown => block.planned(name) ?? undefined;

/** Names of all annotations; undefined where the plan does not show all of them. */
export const annotationNames = ({ metadata }: KubernetesObject): readonly string[] | undefined =>
  metadata.keys("annotations");

const singular: { readonly [name: string]: string } = { rules: "rule", paths: "path", ports: "port" };

/** A field as the API names it → as this resource does: ingressClassName is ingress_class_name in kubernetes_ingress_v1. */
export const field = ({ resource }: Block, name: string): string =>
  isManifest(resource) ? name : (singular[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

export const blocksIn = (block: Block, name: string): readonly Block[] => block.blocks(field(block, name));

export const blockIn = (block: Block, name: string): Block => block.block(field(block, name));

export const valueIn = (block: Block, name: string): Value => block.value(field(block, name));

/** Where a field stands; keys of maps such as annotations, which hold dots, are quoted. */
export function standIn(block: Block, name: string, remedy?: Remedy["value"]): Stand {
  const { address } = block.resource;
  const key = field(block, name);
  const step = /^\w*$/.test(key) ? key : `[${JSON.stringify(name)}]`;
  // What is missing counts as the first of a list, but maps and parts of manifests are none.
  const isMap = step.startsWith("[") || isManifest(block.resource);
  const at = isMap && block.presence !== "present" ? block.at.replace(/\[0\]$/, "") : block.at;
  const place = { address, at: at && step ? `${at}${step.startsWith("[") ? "" : "."}${step}` : at || step };
  return remedy === undefined ? { place } : { place, remedy: { address, attribute: place.at, value: remedy } };
}

/** Reads a field, or an entry of a map. */
export const factIn = <T>(block: Block, name: string, reading: Reading<T>): Fact<T> =>
  factAt(block.value(keyIn(block, name)), standIn(block, name, reading.remedy), reading);

/** Entries of maps keep their name. */
const keyIn = (block: Block, name: string): string => (/^\w*$/.test(name) ? field(block, name) : name);

/** "port 443", or the place of a number that can't be printed. */
export function portText(number: Value, at: string): DisplayText {
  const shown = valueText(number, undefined);
  return shown ? text`port ${shown}` : nameText(at);
}

const flags: { readonly [text: string]: boolean } = { true: true, false: false };

/** "true" or "false": annotations and ConfigMaps hold texts only. */
export const readFlag = (value: unknown): boolean | undefined =>
  typeof value === "boolean"
    ? value
    : typeof value === "string" && Object.hasOwn(flags, value)
      ? flags[value]
      : undefined;

/** The words of a list in one text. */
export const listed = (list: string, separator: RegExp | string = ","): string[] =>
  list
    .split(separator)
    .map((one) => one.trim())
    .filter((one) => one !== "");

/** JSON in a text; undefined for what is none. */
export function readJson(value: unknown): unknown {
  try {
    return typeof value === "string" ? JSON.parse(value) : undefined;
  } catch {
    return undefined;
  }
}

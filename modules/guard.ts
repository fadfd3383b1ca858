// Keeps what a construct has set: changes behind its back are refused at synth, unless a waiver excuses them.

import { Lazy, TerraformResource, Tokenization } from "cdktf";
import type { Construct } from "constructs";
import { record, type Waiver } from "./waiver.ts";

/** Paths that `Unsafe.override` has set. */
const opened = new WeakMap<TerraformResource, Set<string>>();

/** Arguments of Terraform itself that decide whether, and in which account and region, a resource is there. */
const metaArguments = ["count", "for_each", "provider"];

/**
 * Refuses, while synthesising, what setters, Aspects or `addOverride` have changed of these attributes since now, and a
 * resource that was taken out of the stack, by itself or by a count. An app that skips validations skips this too: the gate
 * judges the plan in any case.
 */
export function guard(resource: TerraformResource, ...attributes: readonly string[]): void {
  const before = valuesOf(resource);
  const { scope, id, path } = resource.node;
  const type = resource.terraformResourceType;
  const validate = (): string[] => {
    const after = valuesOf(resource);
    const overridden = pathsOf(Reflect.get(resource, "rawOverrides"))
      .filter((one) => !opened.get(resource)?.has(one))
      .map((one) => one.split(".")[0]);
    return [...attributes, ...metaArguments]
      .filter((name) => overridden.includes(name) || JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map(
        (name) =>
          `${name} of ${type} was changed behind the construct's back: change it through the construct's props, or by Unsafe.override(construct, "${name}…", value, waiver).`,
      );
  };
  resource.node.addValidation({ validate });
  const isThere = () => scope?.node.tryFindChild(id) === resource;
  scope?.node.addValidation({
    validate: () => (isThere() ? [] : [`${type} at ${path} was removed behind the construct's back: leave it there.`]),
  });
}

/** What overrides set, each as `a.b.c`. */
const pathsOf = (overrides: object): string[] =>
  Object.entries(overrides).flatMap(([name, value]) => {
    const isBranch = typeof value === "object" && value !== null && !Tokenization.isResolvable(value);
    return isBranch && !Array.isArray(value) ? pathsOf(value).map((path) => `${name}.${path}`) : [name];
  });

/** What the resource would be written as, before overrides and with its tokens as they are. */
const valuesOf = (resource: TerraformResource): { readonly [attribute: string]: unknown } => ({
  ...Reflect.get(resource, "synthesizeAttributes").call(resource),
  count: resource.count instanceof Object ? resource.count.toTerraform() : resource.count,
  for_each: resource.forEach?._getForEachExpression(),
  provider: resource.provider?.node.path,
});

/** Sets an attribute to exactly this value, and records what excuses it. Lists are replaced, not appended to. */
export function override(target: Construct, path: string, value: unknown, waivers: readonly Waiver[]): void {
  const resource = TerraformResource.isTerraformElement(target) ? target : target.node.defaultChild;
  if (!(resource instanceof TerraformResource)) {
    throw new Error(`${target.node.path} is no resource and has no main one: pass the resource itself.`);
  }
  const isPlain = typeof value !== "object" || value === null;
  resource.addOverride(path, isPlain ? value : Lazy.anyValue({ produce: () => value }));
  opened.set(resource, (opened.get(resource) ?? new Set()).add(path));
  record(waivers, resource, planPathOf(path), value);
}

/** `a.b` and `a.0.b` of an override are `a[0].b` of a plan, where each block is a list. */
const planPathOf = (path: string): string =>
  path
    .split(".")
    .map((part, index, parts) => {
      if (/^\d+$/.test(part)) return `[${part}]`;
      const isBlock = index < parts.length - 1 && !/^\d+$/.test(parts[index + 1] ?? "");
      return `${index === 0 ? "" : "."}${part}${isBlock ? "[0]" : ""}`;
    })
    .join("");

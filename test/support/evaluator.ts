// An evaluator over files of a configuration and instances that a test makes up.

import { type ConfigurationSource, configurationOf, type ModuleSource } from "../../src/hcl/configuration.ts";
import { createEvaluator, type Evaluator } from "../../src/hcl/evaluator.ts";
import type { Json, JsonObject, Mask } from "../../src/hcl/json.ts";
import type { InstanceId, InstanceKey } from "../../src/hcl/planned.ts";
import { type AttributeReference, jsonOf, type Value } from "../../src/hcl/value.ts";
import { parseAddress, parseModuleAddress } from "../../src/plan/address.ts";
import { plannedValuesOf, type RawPlan } from "./planned.ts";

interface MadeInstance {
  readonly values?: JsonObject;
  readonly unknown?: Mask;
  readonly sensitive?: Mask;
}

interface MadeConfiguration {
  /** Files by module key and name: "main.tf", "cdn/main.tf". */
  readonly files: { readonly [path: string]: string };
  readonly instances?: { readonly [address: string]: MadeInstance };
  readonly variables?: { readonly [name: string]: Json };
  readonly workspace?: string;
}

/** The identity of an instance by its address. */
export function instanceAt(address: string): InstanceId {
  const module = parseModuleAddress(address);
  const steps = parseAddress(address);
  const rest = steps.slice(module.reduce((count, { key }) => count + (key === undefined ? 2 : 3), 0));
  const isData = rest[0] && "name" in rest[0] && rest[0].name === "data";
  const [type, name, key] = isData ? rest.slice(1) : rest;
  return {
    module,
    mode: isData ? "data" : "managed",
    type: type && "name" in type ? type.name : "",
    name: name && "name" in name ? name.name : "",
    key: (key && "key" in key ? key.key : undefined) as InstanceKey,
  };
}

const moduleAddressOf = (address: string): string | undefined =>
  /^((?:module\.[\w-]+(?:\["(?:[^"\\]|\\.)*"\]|\[\d+\])?\.)+)/.exec(address)?.[1]?.slice(0, -1);

export function planOf({ instances = {}, variables = {} }: Omit<MadeConfiguration, "files">): RawPlan {
  return {
    variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { value }])),
    resource_changes: Object.entries(instances).map(([address, { values, unknown, sensitive }]) => {
      const { mode, type, name, key } = instanceAt(address);
      const module = moduleAddressOf(address);
      return {
        address,
        mode: mode as "managed",
        type,
        name,
        ...(key === undefined ? {} : { index: key }),
        ...(module === undefined ? {} : { module_address: module }),
        change: {
          actions: ["create"],
          after: values ?? {},
          after_unknown: unknown ?? false,
          after_sensitive: sensitive ?? false,
        },
      };
    }),
  };
}

export function sourceOf(files: MadeConfiguration["files"], workspace?: string): ConfigurationSource {
  const modules = new Map<string, ModuleSource>([["", { key: "", directory: ".", files: [] }]]);
  for (const [path, text] of Object.entries(files)) {
    const key = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
    const before = modules.get(key)?.files ?? [];
    modules.set(key, { key, directory: key === "" ? "." : `modules/${key}`, files: [...before, { path, text }] });
  }
  return { modules: [...modules.values()], workspace, lockFile: undefined };
}

export const evaluatorOf = (made: MadeConfiguration): Evaluator =>
  createEvaluator(configurationOf(sourceOf(made.files, made.workspace)), plannedValuesOf(planOf(made)));

/** The value of one expression, as the output of a configuration. */
export function expressionValue(expression: string, made: Partial<MadeConfiguration> = {}): Value {
  const files = { ...made.files, "value.tf": `output "value" {\n  value = ${expression}\n}\n` };
  return evaluatorOf({ ...made, files }).output([], "value") as Value;
}

const referenceText = ({ instance, path }: AttributeReference): string =>
  instance + path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");

/**
 * A value in a short form: JSON where it is known, `→ address` for an attribute of an instance, `a | b` for
 * candidates, `? cause` for what is unknown.
 */
export function brief(value: Value | undefined): string {
  if (!value) return "nothing";
  const secret = value.sensitive ? "secret " : "";
  const json = jsonOf(value);
  const reference = value.reference && value.reference.path.length > 0 ? ` ← ${referenceText(value.reference)}` : "";
  if (json !== undefined) return `${secret}${JSON.stringify(json)}${reference}`;
  switch (value.kind) {
    case "unknown": {
      if (value.reference && value.cause.kind === "known-after-apply")
        return `${secret}→ ${referenceText(value.reference)}`;
      const { kind, ...rest } = value.cause;
      return `${secret}? ${[kind, ...Object.values(rest).map((one) => (typeof one === "string" ? one : JSON.stringify(one)))].join(" ")}`;
    }
    case "candidates":
      return `${secret}${value.values.map(brief).join(" | ")}`;
    case "sequence":
      return `${secret}[${value.elements.map(brief).join(", ")}]`;
    case "mapping":
      return `${secret}{${[...value.entries].map(([name, one]) => `${name}: ${brief(one)}`).join(", ")}}`;
    case "template":
      return `${secret}${value.parts.map((part) => (part.kind === "string" ? part.text : `(${brief(part)})`)).join("")}`;
    case "encoded":
      return `${secret}json ${brief(value.value)}`;
    case "lazy":
      return `${secret}instance ${value.reference?.instance ?? ""}`;
    default:
      return `${secret}${value.kind}`;
  }
}

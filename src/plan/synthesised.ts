// A stack that CDKTF has synthesised (cdk.tf.json) → Plan: what is written is known, and what only a plan can tell is open.

import type { Expression, Expressions, Json, JsonObject, Mask, Plan, PlanJson, ProviderConfig } from "./plan.ts";
import { planFromJson } from "./plan.ts";

/** JSON of a configuration, with the mark that CDKTF and cdktn leave in it. */
export function isSynthesised(json: object): boolean {
  const mark = (json as Stack)["//"]?.metadata;
  return typeof mark === "object" && mark !== null && "stackName" in mark;
}

export interface Stack {
  readonly "//"?: { readonly metadata?: object };
  readonly resource?: Resources;
  readonly data?: Resources;
  readonly provider?: { readonly [name: string]: JsonObject | readonly JsonObject[] };
}

type Resources = { readonly [type: string]: { readonly [name: string]: JsonObject } };

const isMap = (value: unknown, test: (item: unknown) => boolean): boolean =>
  value === undefined ||
  (typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(test));

const isBody = (value: unknown): boolean => value !== undefined && isMap(value, () => true);

/** Whether it has the parts that are read here, each of the right shape. */
export const isStack = (json: object): json is Stack => {
  const { resource, data, provider } = json as { readonly [part: string]: unknown };
  const areResources = (value: unknown) => isMap(value, (named) => named !== undefined && isMap(named, isBody));
  return (
    areResources(resource) &&
    areResources(data) &&
    isMap(provider, (one) => (Array.isArray(one) ? one.every(isBody) : isBody(one)))
  );
};

/** The plan of a first apply, as far as the configuration alone tells it; variables get their values later. */
export function planFromSynthesised(stack: Stack, path: string): Plan {
  const resources = [...resourcesOf("managed", stack.resource), ...resourcesOf("data", stack.data)];
  const filledIn = takenOf(resources);
  const json: PlanJson = {
    format_version: "1.0",
    resource_changes: resources.map(({ mode, type, name, body }) => ({
      address: `${mode === "data" ? "data." : ""}${type}.${name}`,
      mode,
      type,
      name,
      change: {
        actions: ["create"],
        before: null,
        after: valuesOf(body),
        after_unknown: unknownOf({ ...filledIn.get(`${type}.${name}`), ...body }),
      },
    })),
    configuration: {
      provider_config: providersOf(stack),
      root_module: {
        resources: resources.map(({ mode, type, name, body, count, forEach, provider }) => ({
          mode,
          type,
          name,
          provider_config_key: provider,
          expressions: expressionsOf(body),
          ...(count === undefined ? {} : { count_expression: expressionOf(count) }),
          ...(forEach === undefined ? {} : { for_each_expression: expressionOf(forEach) }),
        })),
      },
    },
  };
  return { ...planFromJson(json, path), kind: "configuration", formatVersion: null };
}

/** What others take of a resource; what it is not told of that, its provider fills in: `id`, `arn` and the like. */
function takenOf(resources: readonly Written[]): ReadonlyMap<string, JsonObject> {
  const taken = new Map<string, JsonObject>();
  for (const reference of resources.flatMap(({ body }) => templatesIn(body).flatMap(referencesIn))) {
    const [, resource, attribute] = /^(?:data\.)?([\w-]+\.[\w-]+)(?:\[[^\]]*\])?\.([\w-]+)/.exec(reference) ?? [];
    if (resource && attribute) taken.set(resource, { ...taken.get(resource), [attribute]: `\${${reference}}` });
  }
  return taken;
}

interface Written {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  /** Its attributes and blocks, without what Terraform itself reads. */
  readonly body: JsonObject;
  readonly count: Json | undefined;
  readonly forEach: Json | undefined;
  readonly provider: string;
}

function resourcesOf(mode: Written["mode"], resources: Resources = {}): Written[] {
  return Object.entries(resources).flatMap(([type, named]) =>
    Object.entries(named).flatMap(([name, written]) => {
      const {
        "//": _,
        count,
        for_each: forEach,
        provider,
        depends_on,
        lifecycle,
        provisioner,
        connection,
        ...body
      } = written;
      const [implied = ""] = type.split("_");
      if (count === 0) return [];
      return { mode, type, name, body, count, forEach, provider: typeof provider === "string" ? provider : implied };
    }),
  );
}

function providersOf({ provider = {} }: Stack): { readonly [key: string]: ProviderConfig } {
  const configs = Object.entries(provider).flatMap(([name, written]) =>
    [written].flat().map((one) => {
      const { alias, ...settings } = one as JsonObject;
      const key = typeof alias === "string" ? `${name}.${alias}` : name;
      return [key, { name, expressions: expressionsOf(settings) as { readonly [setting: string]: Expression } }];
    }),
  );
  return Object.fromEntries(configs);
}

// --- values, masks and expressions: three readings of the same text

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** Text that Terraform evaluates; `$${` is how it writes `${` itself. */
const isTemplate = (value: Json): value is string => typeof value === "string" && /(?<!\$)\$\{|(?<!%)%\{/.test(value);

const literal = (text: string): string => text.replace(/\$\$\{/g, "${").replace(/%%\{/g, "%{");

/** A block that is written once stands in a plan as a list of one. */
const blocksOf = (value: Json): Json => (isObject(value) ? [value] : value);

/** Blocks that a `dynamic` makes: how many, and which, only a plan tells. */
const dynamicOf = (body: JsonObject): string[] => (isObject(body.dynamic) ? Object.keys(body.dynamic) : []);

function valuesOf(body: JsonObject): JsonObject {
  const entries = Object.entries(body).filter(([name]) => name !== "dynamic" && !dynamicOf(body).includes(name));
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      const found = plainOf(blocksOf(value));
      return found === undefined ? [] : [[name, found]];
    }),
  );
}

function plainOf(value: Json): Json | undefined {
  if (isTemplate(value)) return undefined;
  if (isList(value)) return value.map((one) => plainOf(one) ?? null);
  if (isObject(value)) return valuesOf(value);
  return typeof value === "string" ? literal(value) : value;
}

function unknownOf(body: JsonObject): { readonly [name: string]: Mask } {
  const written = Object.entries(body).flatMap(([name, value]): [string, Mask][] =>
    name === "dynamic" ? [] : [[name, maskOf(blocksOf(value))]],
  );
  return Object.fromEntries([...written, ...dynamicOf(body).map((name) => [name, true] as const)]);
}

function maskOf(value: Json): Mask {
  if (isList(value)) return value.map(maskOf);
  return isObject(value) ? unknownOf(value) : isTemplate(value);
}

const expressionsOf = (body: JsonObject): Expressions =>
  Object.fromEntries(
    Object.entries(body).flatMap(([name, value]): [string, Expressions[string]][] => {
      if (name === "dynamic" || dynamicOf(body).includes(name)) return [];
      const blocks = blocksOf(value);
      if (isList(blocks) && blocks.length > 0 && blocks.every(isObject)) return [[name, blocks.map(expressionsOf)]];
      return [[name, expressionOf(value)]];
    }),
  );

function expressionOf(value: Json): Expression {
  const references = [...new Set(templatesIn(value).flatMap(referencesIn))];
  // As Terraform writes it for JSON: the text, and what it refers to.
  return references.length > 0 ? { constant_value: value, references } : { constant_value: value };
}

function templatesIn(value: Json): string[] {
  if (isTemplate(value)) return [value];
  if (isList(value)) return value.flatMap(templatesIn);
  return isObject(value) ? Object.values(value).flatMap(templatesIn) : [];
}

/** `aws_acm_certificate.site.arn` of "${aws_acm_certificate.site.arn}"; what stands in quotes, but for a key, refers to nothing. */
function referencesIn(template: string): string[] {
  const unquoted = template.replace(
    /((?<=[\w\]-])\["(?:[^"\\]|\\.)*"\])|"(?:[^"\\]|\\.)*"/g,
    (_, key?: string) => key ?? '""',
  );
  return unquoted.match(/(?<![\w.-])[A-Za-z_][\w-]*(?:\.[\w-]+|\[(?:"(?:[^"\\]|\\.)*"|\d+|\*)\])+/g) ?? [];
}

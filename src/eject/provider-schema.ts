// What is an argument and what a block: JSON syntax writes both alike, and only the provider's schema tells them apart.
// https://developer.hashicorp.com/terraform/cli/commands/providers/schema

import { InputError } from "../input-error.ts";

/** The schema of a block, of what Terraform prints as much as is read here. */
export interface BlockSchema {
  readonly attributes?: { readonly [name: string]: AttributeSchema };
  readonly block_types?: { readonly [name: string]: NestedBlockSchema };
}

interface AttributeSchema {
  /** `"string"`, or `["list", ["object", {…}]]`; nothing for one with nested attributes. */
  readonly type?: unknown;
}

interface NestedBlockSchema {
  /** "map": its blocks have a label. */
  readonly nesting_mode: "single" | "group" | "list" | "set" | "map";
  readonly block: BlockSchema;
}

interface Schema {
  readonly block: BlockSchema;
}

interface ProviderSchema {
  readonly provider?: Schema;
  readonly resource_schemas?: { readonly [type: string]: Schema };
  readonly data_source_schemas?: { readonly [type: string]: Schema };
  readonly ephemeral_resource_schemas?: { readonly [type: string]: Schema };
}

export type Mode = "resource" | "data" | "ephemeral";

export interface Schemas {
  /** Of a provider's configuration, by the provider's local name. */
  readonly provider: (localName: string) => BlockSchema;
  /** Of a resource's type; `localName` is that of its provider. */
  readonly resource: (mode: Mode, type: string, localName: string) => BlockSchema;
}

const kinds = {
  resource: "resource_schemas",
  data: "data_source_schemas",
  ephemeral: "ephemeral_resource_schemas",
} as const;

/**
 * Reads what `terraform providers schema -json` printed. `sources` are the sources of required_providers by local name;
 * a name without one means hashicorp/NAME.
 */
export function schemasIn(printed: string, sources: ReadonlyMap<string, string>): Schemas {
  const { provider_schemas: all = {} } = JSON.parse(printed) as {
    readonly provider_schemas?: { readonly [source: string]: ProviderSchema };
  };
  const providerOf = (localName: string): ProviderSchema | undefined => {
    if (localName === "terraform") return all["terraform.io/builtin/terraform"];
    const source = sources.get(localName) ?? localName;
    const full = source.includes("/") ? source : `hashicorp/${source}`;
    // Without a host it is that of the program's own registry.
    const [, found] = Object.entries(all).find(([one]) => one === full || one.endsWith(`/${full}`)) ?? [];
    return found;
  };
  return {
    provider: (localName) => providerOf(localName)?.provider?.block ?? {},
    resource(mode, type, localName) {
      const schema = providerOf(localName)?.[kinds[mode]]?.[type];
      if (schema) return schema.block;
      throw new InputError(
        `The provider ${localName} that terraform init installed has no ${mode} ${type}.`,
        "terraform init -upgrade in the stack's directory",
      );
    },
  };
}

/**
 * The blocks that an argument can be written as: a list or set of objects, as older providers have it, whose blocks may
 * leave attributes out, which an object may not.
 * https://developer.hashicorp.com/terraform/language/attr-as-blocks
 */
export function asBlock({ type }: AttributeSchema): BlockSchema | undefined {
  const [collection, element] = Array.isArray(type) ? type : [];
  const [kind, attributes] = Array.isArray(element) ? element : [];
  if (!(collection === "list" || collection === "set") || kind !== "object") return undefined;
  const types = Object.entries(attributes as { readonly [name: string]: unknown });
  return { attributes: Object.fromEntries(types.map(([name, one]) => [name, { type: one }])) };
}

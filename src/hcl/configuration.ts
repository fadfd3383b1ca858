// The configuration of all modules: what each of them declares, with overrides merged as Terraform does.
// https://developer.hashicorp.com/terraform/language/files/override

import { parseJson } from "./json-syntax.ts";
import { parseNative } from "./native-syntax.ts";
import {
  type Attribute,
  type Block,
  type Body,
  type Position,
  positionAt,
  problemOf,
  type SourceFile,
} from "./syntax.ts";

/** The files of one module, by the names of the calls that lead to it: "" for the root, "site.cdn" below. */
export interface ModuleSource {
  readonly key: string;
  /** Its directory, as `path.module` has it. */
  readonly directory: string;
  readonly files: readonly SourceFile[];
}

export interface ConfigurationSource {
  /** The directory that it was read from; a plan file holds the configuration that it was made from. */
  readonly directory?: string;
  readonly modules: readonly ModuleSource[];
  /** `terraform.workspace`; only a plan file holds it. */
  readonly workspace: string | undefined;
  /** The dependency lock file. */
  readonly lockFile: SourceFile | undefined;
}

export interface RequiredProvider {
  readonly source: string | undefined;
  /** The version constraint as it is written. */
  readonly version: string | undefined;
  /** Names that a caller must pass: `configuration_aliases`. */
  readonly aliases: readonly string[];
}

export interface Module {
  readonly key: string;
  readonly directory: string;
  readonly variables: ReadonlyMap<string, Block>;
  readonly locals: ReadonlyMap<string, Attribute>;
  readonly outputs: ReadonlyMap<string, Block>;
  /** By mode, type and name: "managed aws_lb.site". */
  readonly resources: ReadonlyMap<string, Block>;
  readonly calls: ReadonlyMap<string, Block>;
  /** By local name and alias: "aws", "aws.use1". */
  readonly providers: ReadonlyMap<string, Block>;
  readonly requiredProviders: ReadonlyMap<string, RequiredProvider>;
  /** The constraint on Terraform's own version. */
  readonly requiredVersion: string | undefined;
  /** Where a file could not be read: nothing is known of this module then. */
  readonly problem: Position | undefined;
}

export interface Configuration {
  /** Undefined for a key that no call leads to. */
  readonly module: (key: string) => Module | undefined;
  readonly workspace: string | undefined;
  /** Versions of the providers by their source address, from the lock file. */
  readonly providerVersions: ReadonlyMap<string, string>;
}

/** Reads modules when they are asked for. */
export function configurationOf(source: ConfigurationSource): Configuration {
  const sources = new Map(source.modules.map((module) => [module.key, module]));
  const read = new Map<string, Module>();
  return {
    module: (key) => {
      const found = read.get(key);
      const files = sources.get(key);
      if (found || !files) return found;
      const module = moduleOf(files);
      read.set(key, module);
      return module;
    },
    workspace: source.workspace,
    providerVersions: versionsIn(source.lockFile),
  };
}

function versionsIn(file: SourceFile | undefined): ReadonlyMap<string, string> {
  if (!file) return new Map();
  try {
    return new Map(
      parseNative(file)
        .blocks("provider", 1)
        .flatMap(({ labels: [address = ""], body }) => {
          const version = body.attribute("version")?.expression;
          return version?.kind === "literal" && typeof version.value === "string" ? [[address, version.value]] : [];
        }),
    );
  } catch (error) {
    problemOf(error);
    return new Map();
  }
}

const nameOf = ({ path }: SourceFile): string => path.slice(path.lastIndexOf("/") + 1);

function isOverride(file: SourceFile): boolean {
  const stem = nameOf(file).replace(/\.tf(\.json)?$/, "");
  return stem === "override" || stem.endsWith("_override");
}

/** What the files of one module declare. */
export const moduleFrom = (files: readonly SourceFile[]): Module => moduleOf({ key: "", directory: ".", files });

function moduleOf({ key, directory, files }: ModuleSource): Module {
  const sorted = [...files].sort((one, other) => (one.path < other.path ? -1 : 1));
  let problem: Position | undefined;
  const bodies = sorted.flatMap((file) => {
    try {
      return [
        { body: file.path.endsWith(".json") ? parseJson(file) : parseNative(file), isOverride: isOverride(file) },
      ];
    } catch (error) {
      problem ??= positionAt(file, problemOf(error).at);
      return [];
    }
  });
  const base = bodies.filter((one) => !one.isOverride).map(({ body }) => body);
  const overrides = bodies.filter((one) => one.isOverride).map(({ body }) => body);
  const labelled = (type: string, labels: number, id = (block: Block) => block.labels.join(".")) =>
    merged(base, overrides, type, labels, id);
  const resources = (type: string, mode: string) =>
    [...labelled(type, 2)].map(([name, block]) => [`${mode} ${name}`, block] as const);
  const all = [...base, ...overrides];
  return {
    key,
    directory,
    variables: labelled("variable", 1),
    locals: new Map(
      all.flatMap((body) =>
        body.blocks("locals", 0).flatMap((block) =>
          block.body.attributeNames().flatMap((name) => {
            const attribute = block.body.attribute(name);
            return attribute ? [[name, attribute] as const] : [];
          }),
        ),
      ),
    ),
    outputs: labelled("output", 1),
    resources: new Map([
      ...resources("resource", "managed"),
      ...resources("data", "data"),
      ...resources("ephemeral", "ephemeral"),
      ...checkedData(base),
    ]),
    calls: labelled("module", 1),
    providers: labelled("provider", 1, providerKey),
    requiredProviders: new Map(all.flatMap(requiredIn)),
    requiredVersion: all
      .flatMap((body) => body.blocks("terraform", 0))
      .map(({ body }) => textOf(body.attribute("required_version")?.expression))
      .find((text) => text !== undefined),
    problem,
  };
}

/** A check may hold one data source of its own. */
const checkedData = (bodies: readonly Body[]) =>
  bodies.flatMap((body) =>
    body
      .blocks("check", 1)
      .flatMap((check) =>
        check.body.blocks("data", 2).map((block) => [`data ${block.labels.join(".")}`, block] as const),
      ),
  );

function providerKey({ labels: [name = ""], body }: Block): string {
  const alias = body.attribute("alias")?.expression;
  return alias?.kind === "literal" && typeof alias.value === "string" ? `${name}.${alias.value}` : name;
}

function requiredIn(body: Body): (readonly [string, RequiredProvider])[] {
  const blocks = body.blocks("terraform", 0).flatMap((block) => block.body.blocks("required_providers", 0));
  return blocks.flatMap((block) =>
    block.body.attributeNames().flatMap((name) => {
      const requirement = block.body.attribute(name)?.expression;
      if (!requirement) return [];
      const item = (key: string) =>
        requirement.kind === "object"
          ? requirement.items.find((one) => one.key.kind === "literal" && one.key.value === key)?.value
          : undefined;
      const aliases = item("configuration_aliases");
      return [
        [
          name,
          {
            source: textOf(item("source")),
            // The whole requirement can be a constraint.
            version: textOf(item("version")) ?? textOf(requirement),
            aliases: aliases?.kind === "tuple" ? aliases.elements.flatMap((one) => providerName(one) ?? []) : [],
          },
        ] as const,
      ];
    }),
  );
}

/** The text of a string without interpolation. */
export const textOf = (expression: Attribute["expression"] | undefined): string | undefined =>
  expression?.kind === "literal" && typeof expression.value === "string" ? expression.value : undefined;

/** `aws.use1`, written as a reference or, in JSON, as a string. */
export function providerName(expression: Attribute["expression"]): string | undefined {
  if (expression.kind === "variable") return expression.name;
  if (expression.kind === "literal" && typeof expression.value === "string") return expression.value;
  return expression.kind === "attribute" && expression.source.kind === "variable"
    ? `${expression.source.name}.${expression.name}`
    : undefined;
}

function merged(
  base: readonly Body[],
  overrides: readonly Body[],
  type: string,
  labels: number,
  id: (block: Block) => string,
): ReadonlyMap<string, Block> {
  const blocks = new Map<string, Block>();
  for (const body of base) for (const block of body.blocks(type, labels)) blocks.set(id(block), block);
  for (const body of overrides)
    for (const block of body.blocks(type, labels)) {
      const before = blocks.get(id(block));
      blocks.set(id(block), before ? { ...before, body: overriding(before.body, block.body) } : block);
    }
  return blocks;
}

/** Attributes replace those of the same name; blocks of a type replace all of that type, dynamic ones as well. */
function overriding(base: Body, override: Body): Body {
  const dynamic = (body: Body, type: string) => body.blocks("dynamic", 1).filter(({ labels }) => labels[0] === type);
  const isReplaced = (type: string) => override.blocks(type, 0).length > 0 || dynamic(override, type).length > 0;
  const distinct = (one: readonly string[], other: readonly string[]) => [...new Set([...one, ...other])];
  return {
    file: base.file,
    isJson: base.isJson || override.isJson,
    attributeNames: () => distinct(base.attributeNames(), override.attributeNames()),
    attribute: (name) => override.attribute(name) ?? base.attribute(name),
    blockTypes: () => distinct(base.blockTypes(), override.blockTypes()),
    blocks: (type, labels) => {
      const own = override.blocks(type, labels);
      if (type === "dynamic" && labels === 1)
        return [...base.blocks(type, 1).filter((block) => !isReplaced(block.labels[0] ?? "")), ...own];
      return labels === 0 && isReplaced(type) ? own : [...base.blocks(type, labels), ...own];
    },
  };
}

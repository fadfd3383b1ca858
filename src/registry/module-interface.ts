// What a Terraform module takes and gives: its variables, outputs, requirements and calls, as its configuration declares them.

import { configurationOf, providerName } from "../hcl/configuration.ts";
import { defaultIn } from "../hcl/constant.ts";
import { parserOf } from "../hcl/expression-parser.ts";
import type { Json } from "../hcl/json.ts";
import { parseJson } from "../hcl/json-syntax.ts";
import { parseNative } from "../hcl/native-syntax.ts";
import { type Attribute, type Block, type Body, positionAt, problemOf, type SourceFile } from "../hcl/syntax.ts";
import { InputError } from "../input-error.ts";

/** A variable of a module. */
export interface ModuleInput {
  readonly name: string;
  /** The type constraint as it is written; "any" where there is none. */
  readonly type: string;
  readonly description: string;
  /** Undefined where the caller must give a value. */
  readonly default: Json | undefined;
  readonly isSensitive: boolean;
}

/** An output of a module. */
export interface ModuleOutput {
  readonly name: string;
  readonly description: string;
  readonly isSensitive: boolean;
}

/** A provider that a module requires. */
export interface ProviderRequirement {
  readonly name: string;
  readonly source: string | undefined;
  readonly version: string | undefined;
  /** Configurations that the caller must pass, such as "aws.us_east_1". */
  readonly aliases: readonly string[];
}

/** A call of another module. */
export interface ModuleCall {
  readonly name: string;
  readonly source: string;
  readonly version: string | undefined;
}

export interface ModuleInterface {
  readonly requiredVersion: string | undefined;
  readonly providers: readonly ProviderRequirement[];
  readonly inputs: readonly ModuleInput[];
  readonly outputs: readonly ModuleOutput[];
  /** Types of the managed resources, each once, sorted. */
  readonly resourceTypes: readonly string[];
  readonly calls: readonly ModuleCall[];
}

/** Reads the .tf and .tf.json files of one module. Throws an InputError where a file is not valid configuration. */
export function moduleInterface(files: readonly SourceFile[]): ModuleInterface {
  const module = configurationOf({
    modules: [{ key: "", directory: ".", files }],
    workspace: undefined,
    lockFile: undefined,
  }).module("");
  if (!module || module.problem) {
    const { file = "", line = 0, column = 0 } = module?.problem ?? {};
    throw new InputError(`${file}:${line}:${column} is not valid configuration.`, "terraform validate");
  }
  const terraform = files.map(bodyOf).flatMap((body) => body.blocks("terraform", 0));
  return {
    requiredVersion: terraform.map(({ body }) => textOf(body, "required_version")).find((text) => text !== undefined),
    providers: terraform.flatMap(({ body }) => body.blocks("required_providers", 0)).flatMap(requirementsIn),
    inputs: [...module.variables].map(([name, block]) => inputOf(name, block)).sort(byName),
    outputs: [...module.outputs].map(([name, block]) => outputOf(name, block)).sort(byName),
    resourceTypes: [...new Set([...module.resources].flatMap(managedType))].sort(),
    calls: [...module.calls].map(([name, { body }]) => ({
      name,
      source: textOf(body, "source") ?? "",
      version: textOf(body, "version"),
    })),
  };
}

const bodyOf = (file: SourceFile): Body => {
  try {
    return file.path.endsWith(".json") ? parseJson(file) : parseNative(file);
  } catch (error) {
    const { line, column } = positionAt(file, problemOf(error).at);
    throw new InputError(`${file.path}:${line}:${column} is not valid configuration.`, "terraform validate");
  }
};

const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  one.name < other.name ? -1 : 1;

function managedType([key]: readonly [string, Block]): string[] {
  const [mode, address = ""] = key.split(" ");
  return mode === "managed" ? [address.slice(0, address.indexOf("."))] : [];
}

function inputOf(name: string, block: Block): ModuleInput {
  const { body } = block;
  const written = body.attribute("type");
  const shown = defaultIn(block);
  return {
    name,
    type: written ? expressionText(written) : "any",
    description: textOf(body, "description") ?? "",
    default: shown.kind === "value" ? shown.json : body.attribute("default") ? null : undefined,
    isSensitive: isTrue(body, "sensitive"),
  };
}

const outputOf = (name: string, { body }: Block): ModuleOutput => ({
  name,
  description: textOf(body, "description") ?? "",
  isSensitive: isTrue(body, "sensitive"),
});

function requirementsIn({ body }: Block): ProviderRequirement[] {
  return body.attributeNames().flatMap((name) => {
    const expression = body.attribute(name)?.expression;
    if (expression?.kind === "literal" && typeof expression.value === "string") {
      return [{ name, source: undefined, version: expression.value, aliases: [] }];
    }
    if (expression?.kind !== "object") return [];
    const item = (key: string) =>
      expression.items.find((one) => one.key.kind === "literal" && one.key.value === key)?.value;
    const text = (key: string) => {
      const value = item(key);
      return value?.kind === "literal" && typeof value.value === "string" ? value.value : undefined;
    };
    const aliases = item("configuration_aliases");
    const names = aliases?.kind === "tuple" ? aliases.elements.flatMap((one) => providerName(one) ?? []) : [];
    return [{ name, source: text("source"), version: text("version"), aliases: names }];
  });
}

function textOf(body: Body, name: string): string | undefined {
  const expression = body.attribute(name)?.expression;
  return expression?.kind === "literal" && typeof expression.value === "string" ? expression.value : undefined;
}

function isTrue(body: Body, name: string): boolean {
  const expression = body.attribute(name)?.expression;
  return expression?.kind === "literal" && expression.value === true;
}

/** The text of an expression, without the indentation of its lines. */
function expressionText({ expression, file, written }: Attribute): string {
  if (written) return String(written());
  const parser = parserOf(file.text, expression.at);
  parser.expression();
  const lines = file.text.slice(expression.at, parser.at()).trim().split(/\r?\n/);
  const indent = Math.min(...lines.slice(1).map((line) => line.length - line.trimStart().length), 100);
  return lines.map((line, index) => (index === 0 ? line : line.slice(indent))).join("\n");
}

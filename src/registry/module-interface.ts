// What a Terraform module takes and gives: its variables, outputs, requirements and calls, as its configuration declares them.

import { moduleFrom, type RequiredProvider, textOf } from "../hcl/configuration.ts";
import { defaultIn } from "../hcl/constant.ts";
import { parserOf } from "../hcl/expression-parser.ts";
import type { Json } from "../hcl/json.ts";
import type { Attribute, Block, Body, SourceFile } from "../hcl/syntax.ts";
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
export interface ProviderRequirement extends RequiredProvider {
  readonly name: string;
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
  const { problem, requiredVersion, requiredProviders, variables, outputs, resources, calls } = moduleFrom(files);
  if (problem) {
    const { file, line, column } = problem;
    throw new InputError(`${file}:${line}:${column} is not valid configuration.`, "terraform validate");
  }
  return {
    requiredVersion,
    providers: [...requiredProviders].map(([name, requirement]) => ({ name, ...requirement })),
    inputs: [...variables].map(([name, block]) => inputOf(name, block)).sort(byName),
    outputs: [...outputs].map(([name, block]) => outputOf(name, block)).sort(byName),
    resourceTypes: [...new Set([...resources].flatMap(managedType))].sort(),
    calls: [...calls].map(([name, { body }]) => ({
      name,
      source: textIn(body, "source") ?? "",
      version: textIn(body, "version"),
    })),
  };
}

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
    description: textIn(body, "description") ?? "",
    default: shown.kind === "value" ? shown.json : body.attribute("default") ? null : undefined,
    isSensitive: isTrue(body, "sensitive"),
  };
}

const outputOf = (name: string, { body }: Block): ModuleOutput => ({
  name,
  description: textIn(body, "description") ?? "",
  isSensitive: isTrue(body, "sensitive"),
});

const textIn = (body: Body, name: string): string | undefined => textOf(body.attribute(name)?.expression);

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

// Writes a stack that CDKTF has synthesised as the files of a Terraform module, with a moved block for each new name.

import type { JsonNode } from "../hcl/json-syntax.ts";
import { InputError } from "../input-error.ts";
import { label, type Meta, nodesOf, propertiesOf, propertyOf, textOf, type Writer, writerOf } from "./native-syntax.ts";
import { newNamesOf } from "./new-names.ts";
import type { BlockSchema, Mode, Schemas } from "./provider-schema.ts";

/** Files by name, unformatted. */
export type Files = ReadonlyMap<string, string>;

export interface StackFiles {
  readonly files: Files;
  readonly resources: number;
  readonly moved: number;
}

/** How the path of a local backend is written. */
export type ShowPath = (path: string) => string;

/** Source of each provider by its local name, as required_providers has them. */
export function sourcesOf(stack: JsonNode): ReadonlyMap<string, string> {
  const required = nodesOf(propertyOf(stack, "terraform")).flatMap((node) =>
    propertiesOf(propertyOf(node, "required_providers")),
  );
  return new Map(
    required.flatMap(({ name, value }) => {
      const source = textOf(propertyOf(value, "source"));
      return source === undefined ? [] : [[name, source]];
    }),
  );
}

/** Throws a syntax failure where a string is no template. */
export function filesOf(stack: JsonNode, schemas: Schemas, showPath: ShowPath): StackFiles {
  const names = newNamesOf(stack);
  const writer = writerOf(names);
  const files = new Map<string, string>();
  const add = (file: string, blocks: readonly string[]) => {
    if (blocks.length > 0) files.set(file, [...(files.has(file) ? [files.get(file)] : []), ...blocks].join("\n"));
  };
  const blocks: MainBlock[] = [];
  for (const { name: section, value } of propertiesOf(stack)) {
    switch (section) {
      case "terraform":
        add(
          "versions.tf",
          nodesOf(value).map((node) => terraformBlock(node, writer, showPath)),
        );
        break;
      case "provider":
        add(
          "providers.tf",
          labelled(value, (name, node) => writer.block(`provider ${label(name)}`, node, schemas.provider(name))),
        );
        break;
      case "variable":
        add(
          "variables.tf",
          labelled(value, (name, node) => variableBlock(name, node, writer)),
        );
        break;
      case "locals":
        add(
          "locals.tf",
          nodesOf(value).map((node) => writer.block("locals", node)),
        );
        break;
      case "output":
        add(
          "outputs.tf",
          labelled(value, (name, node) => outputBlock(name, node, writer)),
        );
        break;
      case "import":
        add(
          "imports.tf",
          nodesOf(value).map((node) => referring("import", node, writer, ["to", "provider"])),
        );
        break;
      case "moved":
      case "removed":
        // What they name is in the state, under the names that it has there.
        add(
          `${section}.tf`,
          nodesOf(value).map((node) => historyBlock(section, node)),
        );
        break;
      case "check":
        add(
          "checks.tf",
          labelled(value, (name, node) => checkBlock(name, node, writer, schemas)),
        );
        break;
      case "module":
        blocks.push(...labelled(value, (name, node) => moduleCall(names.get(`module.${name}`) ?? name, node, writer)));
        break;
      case "resource":
      case "data":
      case "ephemeral":
        blocks.push(
          ...typed(value, (type, name, node) => {
            const address = `${section === "resource" ? "" : `${section}.`}${type}.${name}`;
            return resourceBlock({ mode: section, type, name: names.get(address) ?? name }, node, writer, schemas);
          }),
        );
        break;
      default:
        throw new InputError(`The stack has a section ${JSON.stringify(section)} that tlsgate does not know.`);
    }
  }
  add("main.tf", grouped(blocks));
  const moved = movedBlocks(names);
  add("moved.tf", moved);
  return { files, resources: blocks.length, moved: moved.length };
}

const labelled = <T>(node: JsonNode, write: (name: string, node: JsonNode) => T): T[] =>
  propertiesOf(node).flatMap(({ name, value }) => nodesOf(value).map((one) => write(name, one)));

const typed = <T>(node: JsonNode, write: (type: string, name: string, node: JsonNode) => T): T[] =>
  labelled(node, (type, named) => labelled(named, (name, one) => write(type, name, one))).flat();

// --- resources, data sources and module calls

/** A block of main.tf. */
interface MainBlock {
  readonly text: string;
  /** The construct right below the stack that has made it; "" where CDKTF does not say. */
  readonly construct: string;
}

/** CDKTF's metadata has the construct's path: STACK/CONSTRUCT/… */
function constructOf(node: JsonNode): string {
  const path = textOf(propertyOf(propertyOf(propertyOf(node, "//"), "metadata"), "path"));
  return path?.split("/")[1] ?? "";
}

/** What one construct has made stands together. */
function grouped(blocks: readonly MainBlock[]): string[] {
  const constructs = [...new Set(blocks.map(({ construct }) => construct))].sort();
  return constructs.flatMap((construct) => {
    const texts = blocks.filter((one) => one.construct === construct).map(({ text }) => text);
    return construct === "" || texts.length === 1 ? texts : [`# --- ${construct.replace(/\s+/g, " ")}\n`, ...texts];
  });
}

function resourceBlock(
  { mode, type, name }: { readonly mode: Mode; readonly type: string; readonly name: string },
  node: JsonNode,
  writer: Writer,
  schemas: Schemas,
): MainBlock {
  const provider = /[\w-]+/.exec(textOf(propertyOf(node, "provider")) ?? type.split("_", 1)[0] ?? "")?.[0] ?? "";
  const schema = schemas.resource(mode, type, provider);
  const header = `${mode} ${label(type)} ${label(name)}`;
  return { text: writer.block(header, node, schema, resourceMeta(writer)), construct: constructOf(node) };
}

const condition: BlockSchema = { block_types: { precondition: anyBlock(), postcondition: anyBlock() } };

function anyBlock() {
  return { nesting_mode: "list", block: {} } as const;
}

const resourceMeta =
  (writer: Writer): Meta =>
  (name, value) => {
    switch (name) {
      case "count":
      case "for_each":
        return writer.expression(value);
      case "provider":
      case "depends_on":
        return writer.reference(value);
      case "lifecycle":
        return nodesOf(value).map((node) =>
          writer.block("lifecycle", node, condition, (argument, given) =>
            ["ignore_changes", "replace_triggered_by"].includes(argument) ? writer.reference(given) : undefined,
          ),
        );
      case "connection":
        return nodesOf(value).map((node) => writer.block("connection", node));
      case "provisioner":
        return nodesOf(value).flatMap((node) => labelled(node, (type, one) => provisionerBlock(type, one, writer)));
      default:
        return undefined;
    }
  };

const provisionerBlock = (type: string, node: JsonNode, writer: Writer): string =>
  writer.block(`provisioner ${label(type)}`, node, { block_types: { connection: anyBlock() } }, (name, value) =>
    ["when", "on_failure"].includes(name) ? writer.reference(value) : undefined,
  );

function moduleCall(name: string, node: JsonNode, writer: Writer): MainBlock {
  const text = writer.block(`module ${label(name)}`, node, {}, (argument, value) => {
    if (["count", "for_each", "source", "version"].includes(argument)) return writer.expression(value);
    if (argument === "depends_on") return writer.reference(value);
    if (argument !== "providers") return undefined;
    return `{\n${propertiesOf(value)
      .map((one) => `${one.name} = ${writer.reference(one.value)}\n`)
      .join("")}}`;
  });
  return { text, construct: constructOf(node) };
}

// --- everything else

function terraformBlock(node: JsonNode, writer: Writer, showPath: ShowPath): string {
  return writer.block("terraform", node, {}, (name, value) => {
    switch (name) {
      case "required_providers":
        return [writer.block(name, value)];
      case "experiments":
        return writer.reference(value);
      case "cloud":
        return nodesOf(value).map((one) => writer.block(name, one, { block_types: { workspaces: anyBlock() } }));
      case "backend":
      case "provider_meta":
        return labelled(value, (type, one) =>
          writer.block(`${name} ${label(type)}`, one, { block_types: { workspaces: anyBlock() } }, (argument, given) =>
            type === "local" && argument === "path" && given.kind === "string"
              ? label(showPath(given.text))
              : undefined,
          ),
        );
      default:
        return undefined;
    }
  });
}

const variableBlock = (name: string, node: JsonNode, writer: Writer): string =>
  writer.block(`variable ${label(name)}`, node, { block_types: { validation: anyBlock() } }, (argument, value) =>
    argument === "type" ? writer.reference(value) : undefined,
  );

const outputBlock = (name: string, node: JsonNode, writer: Writer): string =>
  writer.block(`output ${label(name)}`, node, condition, (argument, value) =>
    argument === "depends_on" ? writer.reference(value) : undefined,
  );

const referring = (type: string, node: JsonNode, writer: Writer, references: readonly string[]): string =>
  writer.block(type, node, {}, (name, value) => (references.includes(name) ? writer.reference(value) : undefined));

function historyBlock(type: "moved" | "removed", node: JsonNode): string {
  const writer = writerOf(new Map());
  return writer.block(type, node, { block_types: { lifecycle: anyBlock() } }, (name, value) => {
    if (name === "from" || name === "to") return writer.reference(value);
    if (name !== "provisioner") return undefined;
    return nodesOf(value).flatMap((one) => labelled(one, (kind, body) => provisionerBlock(kind, body, writer)));
  });
}

const checkBlock = (name: string, node: JsonNode, writer: Writer, schemas: Schemas): string =>
  writer.block(`check ${label(name)}`, node, { block_types: { assert: anyBlock() } }, (argument, value) =>
    argument === "data"
      ? typed(value, (type, one, body) => resourceBlock({ mode: "data", type, name: one }, body, writer, schemas).text)
      : undefined,
  );

/** Data sources have no state to move. */
const movedBlocks = (names: ReadonlyMap<string, string>): string[] =>
  [...names]
    .filter(([address]) => !/^(data|ephemeral)\./.test(address))
    .map(([address, name]) => {
      const to = address.slice(0, address.lastIndexOf(".") + 1) + name;
      return `moved {\nfrom = ${address}\nto = ${to}\n}\n`;
    });

// The Terraform modules say of themselves what the constructs say: descriptions, defaults and allowed values of their
// variables, and the tables of their READMEs.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Node, Project, type SourceFile, type TypeNode } from "ts-morph";
import { type ModuleInterface, moduleInterface } from "../../src/registry/module-interface.ts";
import { constraintOf, type Declaration, declarationOf, outputsOf, type Prop, propsOf, saysOf } from "./props.ts";
import { typeText } from "./type-text.ts";

/** Where a module's words come from. A variable is the prop of its name, unless it is listed here. */
interface Counterpart {
  readonly construct: string;
  readonly props: string;
  /** "Interface.prop", the name of a type, or a sentence of its own where TypeScript has no counterpart. */
  readonly variables: { readonly [name: string]: string };
  readonly outputs?: { readonly [name: string]: string };
}

const waivers =
  "Explicit exceptions: the policy that is not met, why, the last day on which the exception holds, and who answers for it. The module writes them into the plan, where the gate reads them.";

const counterparts: { readonly [module: string]: Counterpart } = {
  certificate: {
    construct: "Certificate",
    props: "CertificateProps",
    variables: {
      validation:
        "How ACM is shown that the domains are yours: by records that this module writes into zones (dns), by records that you write elsewhere from the output validation_records (external), or by e-mail (email), which needs a waiver for certificate-auto-renewal.",
      zones: "Zones",
      ttl: "DnsOptions.ttl",
      wait: "ExternalOptions.wait",
      mail_domains: "Method.mailDomains",
      waivers,
    },
  },
};

const root = "modules/terraform";

/** The files, by path. */
export function terraformModuleFiles(): { readonly [path: string]: string } {
  const files = new Project({ skipAddingFilesFromTsConfig: true }).addSourceFilesAtPaths("modules/*.ts");
  const declarations = new Map<string, Declaration>(
    files.flatMap((file) =>
      [...file.getInterfaces(), ...file.getTypeAliases(), ...file.getClasses()].map(
        (one) => [one.getName() ?? "", one] as const,
      ),
    ),
  );
  return Object.fromEntries(
    Object.entries(counterparts).flatMap(([name, counterpart]) => filesOf(name, counterpart, declarations, files)),
  );
}

function filesOf(
  name: string,
  counterpart: Counterpart,
  declarations: ReadonlyMap<string, Declaration>,
  files: readonly SourceFile[],
): (readonly [string, string])[] {
  const directory = join(root, name);
  const read = (file: string) => readFileSync(join(directory, file), "utf8");
  const construct = files.flatMap((file) => file.getClass(counterpart.construct) ?? [])[0];
  if (!construct) throw new Error(`modules/ has no construct ${counterpart.construct}.`);
  const outputs = new Map(outputsOf(construct).map((one) => [snakeCase(one.name), one.says.text]));
  const variables = blocks(read("variables.tf"), "variable", (variable, block) =>
    withWords(block, variable, wordsOf(variable, counterpart, declarations)),
  );
  const written = blocks(read("outputs.tf"), "output", (output, block) => {
    const text = counterpart.outputs?.[output] ?? outputs.get(output);
    if (text === undefined) throw new Error(`${directory}/outputs.tf: ${output} has no counterpart.`);
    return withDescription(block, text);
  });
  const own = readdirSync(directory).filter((file) => file.endsWith(".tf"));
  const text = (file: string) => ({ "variables.tf": variables, "outputs.tf": written })[file] ?? read(file);
  const described = moduleInterface(own.map((file) => ({ path: join(directory, file), text: text(file) })));
  return [
    [join(directory, "variables.tf"), variables],
    [join(directory, "outputs.tf"), written],
    [join(directory, "README.md"), withTables(read("README.md"), described)],
  ];
}

// --- words

interface Words {
  readonly description: string;
  /** In HCL; undefined where it is no literal. */
  readonly default?: string;
  /** Literals of a union, in HCL. */
  readonly allowed: readonly string[];
}

function wordsOf(
  variable: string,
  { props, variables }: Counterpart,
  declarations: ReadonlyMap<string, Declaration>,
): Words {
  const source = variables[variable] ?? `${props}.${camelCase(variable)}`;
  const [type = "", member] = source.split(".");
  if (source.includes(" ")) return { description: source, allowed: [] };
  const declaration = declarations.get(type);
  if (!declaration) throw new Error(`${source}, the counterpart of ${variable}, does not exist.`);
  if (member === undefined) return { description: saysOf(declaration).text, allowed: [] };
  const prop: Prop | undefined = propsOf(declaration)?.find(({ name }) => name === member);
  if (!prop) throw new Error(`${source}, the counterpart of ${variable}, does not exist.`);
  const { text, default: given } = prop.says;
  const isLiteral = given !== undefined && /^(?:"[^"]*"|\d+|true|false)$/.test(given.value);
  return {
    description: given ? `${text} By default ${given.value.replaceAll('"', "")}: ${given.reason}.` : text,
    ...(isLiteral ? { default: given.value } : {}),
    allowed: prop.types.flatMap(literalsOf),
  };
}

/** The texts of a union of literals, through the types that it names. */
function literalsOf(type: TypeNode): string[] {
  if (Node.isUnionTypeNode(type)) return type.getTypeNodes().flatMap(literalsOf);
  if (Node.isTypeReference(type)) {
    const declaration = declarationOf(type.getTypeName().getText(), type);
    const behind = Node.isTypeAliasDeclaration(declaration) ? declaration.getTypeNode() : constraintOf(type);
    return behind ? literalsOf(behind) : [];
  }
  return typeText(type)
    .split(" | ")
    .filter((text) => /^"[^"…]*"$/.test(text));
}

const camelCase = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

// --- HCL

/** Each block of a type rewritten, the rest as it is. */
const blocks = (text: string, type: string, rewrite: (name: string, block: string) => string): string =>
  text.replace(new RegExp(`^${type} "(\\w+)" \\{\\n[\\s\\S]*?^\\}$`, "gm"), (block, name: string) =>
    rewrite(name, block),
  );

const quoted = (text: string): string => JSON.stringify(text).replaceAll("${", "$${").replaceAll("%{", "%%{");

const withDescription = (block: string, text: string): string =>
  block.replace(/^( {2}description *= ).*$/m, (_, start: string) => `${start}${quoted(text)}`);

function withWords(block: string, variable: string, { description, default: given, allowed }: Words): string {
  const described = withDescription(block, description);
  const standard =
    given === undefined ? described : described.replace(/^( {2}default *= ).*$/m, (_, start: string) => start + given);
  if (allowed.length === 0) return standard;
  const list = new RegExp(`(contains\\()\\[.*?\\](, var\\.${variable}\\).*\\n *error_message *= ).*`);
  const names = allowed.map((one) => one.slice(1, -1));
  const choice = `${variable} must be ${names.slice(0, -1).join(", ")} or ${names.at(-1)}.`;
  return standard.replace(
    list,
    (_, start: string, rest: string) => `${start}[${allowed.join(", ")}]${rest}"${choice}"`,
  );
}

// --- README

const marks = /(<!-- BEGIN_TF_DOCS -->)[\s\S]*(<!-- END_TF_DOCS -->)/;

const withTables = (page: string, described: ModuleInterface): string => {
  if (!marks.test(page)) throw new Error("A README of a Terraform module has no terraform-docs marks.");
  return page.replace(marks, (_, begin: string, end: string) => `${begin}\n${tablesOf(described)}\n${end}`);
};

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ").replace(/ {2,}/g, " ");

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");

/** As terraform-docs lays them out. */
const tablesOf = ({ requiredVersion, providers, inputs, outputs, resourceTypes }: ModuleInterface): string =>
  [
    "## Requirements",
    table(
      ["Name", "Version", "Configurations to pass"],
      [
        ["terraform", requiredVersion ?? "any", ""],
        ...providers.map(({ name, version, aliases }) => [
          name,
          version ?? "any",
          aliases.map((one) => `\`${one}\``).join(", "),
        ]),
      ],
    ),
    "## Inputs",
    table(
      ["Name", "Description", "Type", "Default", "Required"],
      inputs.map(({ name, description, type, default: given }) => [
        `\`${name}\``,
        description,
        `\`${type}\``,
        given === undefined ? "" : `\`${JSON.stringify(given)}\``,
        given === undefined ? "yes" : "no",
      ]),
    ),
    "## Outputs",
    table(
      ["Name", "Description"],
      outputs.map(({ name, description }) => [`\`${name}\``, description]),
    ),
    `Makes resources of the types ${resourceTypes.map((type) => `\`${type}\``).join(", ")}.`,
  ].join("\n\n");

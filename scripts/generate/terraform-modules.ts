// The Terraform modules say of themselves what the constructs say: descriptions, defaults and allowed values of their
// variables, and the tables of their READMEs.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Node, Project, type SourceFile, type TypeNode } from "ts-morph";
import type { WaivableRule } from "../../modules/waiver.ts";
import { type ModuleInterface, moduleInterface } from "../../src/registry/module-interface.ts";
import { constraintOf, type Declaration, declarationOf, outputsOf, type Prop, propsOf, saysOf } from "./props.ts";
import { typeText } from "./type-text.ts";

/** Where a module's words come from. A variable is the prop of its name, unless it is listed here. */
interface Counterpart {
  readonly construct: string;
  readonly props: string;
  /** "Interface.prop", the name of a type, or a sentence of its own where TypeScript has no counterpart. */
  readonly variables?: { readonly [name: string]: string };
  readonly outputs?: { readonly [name: string]: string };
  /** Sentences in the place of those of the source, where a module differs from the construct. */
  readonly texts?: { readonly [name: string]: string };
  /** Types whose members an object consists of, where its description is a sentence of its own. */
  readonly members?: { readonly [name: string]: string };
  /** Policies that the module can be waived. */
  readonly rules: readonly WaivableRule[];
  /** Why the module takes nothing without a waiver. */
  readonly waiverRequired?: string;
  /** Variables whose validations are those of another module: "module.variable". */
  readonly copies?: { readonly [name: string]: string };
  /** Variables whose type is that of another module, which validates it: "module.variable". */
  readonly types?: { readonly [name: string]: string };
}

const names =
  "Begins the names of what it makes, which have to be unique in the account. By default the first of the domains: no two distributions can have the same one.";

const certificate =
  "A certificate of the domains that exists, from us-east-1. By default a new one: for the domains, validated in the zones.";
const certificateOutput = "Of the certificate that it is served with.";
const websiteLogs = "Access logs. By default into a private bucket, as who asked for what is asked after an incident;";
const webAcl =
  "ARN of a web ACL of AWS WAF, a global one in us-east-1. By default none: its rules are yours to choose.";

const minimumTls =
  "Oldest TLS that viewers may use. By default TLSv1.2_2021: version 5 of the AWS provider refuses the newer names.";

/** Those of a distribution, for what has one. */
const distributionOutputs = {
  distribution_id: "E1A2B3C4D5E6F7, for invalidations.",
  distribution_arn: "For policies of what it may read.",
  domain_name: "d111111abcdef8.cloudfront.net",
};

const headersText =
  "Response headers, HSTS always among them. By default those for websites: HSTS for two years, and browsers kept from sniffing and framing.";

const viewerRequest =
  "Function of CloudFront that sees each request first. By default none: what rewrites pages would break an API beside them, so a path has none of the distribution's either.";
const viewerResponse =
  "Function of CloudFront that sees each answer last. By default none: a path has none of the distribution's either.";

/** Sentences for attributes of objects, where the source has one of TypeScript. */
const attributeTexts: { readonly [path: string]: string } = {
  "logs.bucket":
    "A bucket that exists and gets the logs: its policy lets the delivery in, as that of the module private-bucket does by log_source_arns. By default a new one without old versions: nobody overwrites logs.",
  "behaviors.headers": "Response headers of its own, HSTS always among them. By default those of the variable headers.",
  "behaviors.viewer_request": viewerRequest,
  "behaviors.viewer_response": viewerResponse,
  "action.forward": "ARN of a target group.",
};

/** What a module takes in the place of a class. */
const options: { readonly [type: string]: string } = { SecurityHeaders: "HeaderOptions" };

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
    },
    rules: ["certificate-auto-renewal"],
  },
  "imported-certificate": {
    construct: "Certificate",
    props: "ImportedCertificateProps",
    variables: {
      certificate_body: "ImportedCertificateProps.body",
      certificate_chain: "ImportedCertificateProps.chain",
      key_in_state:
        "Whether the private key may stand in Terraform's state: encrypt it, and mind who reads it. It has to be true: the arguments that would keep the key out of the state need a newer provider.",
    },
    outputs: {
      certificate_arn: "Of the imported certificate.",
      domains: "Names that it is valid for, known after the import.",
    },
    rules: ["certificate-auto-renewal"],
    waiverRequired: "ACM renews no imported certificate: say in a waiver for certificate-auto-renewal who does.",
  },
  "https-listener": {
    construct: "HttpsListener",
    props: "HttpsListenerProps",
    variables: {
      certificate_arn: "HttpsListenerProps.certificate",
      more_certificate_arns:
        "ARNs of further certificates, chosen by the name that the client asks for (SNI), each by a name of yours. By default none: one certificate has room for ten names.",
    },
    outputs: {
      listener_arn: "For rules of your own.",
      redirect_listener_arn: "Of port 80; null without http_redirect.",
    },
    rules: ["minimum-tls-1-2", "forward-secrecy", "strong-ciphers", "hsts-include-subdomains"],
  },
  "private-bucket": {
    construct: "PrivateBucket",
    props: "PrivateBucketProps",
    variables: {
      distribution_arns:
        "ARNs of the distributions that may read the bucket, each by a name of yours. By default none: nobody gets in.",
      reader_account:
        "Account, of 12 digits, whose distributions may read the bucket, for those of another configuration. By default none: only distribution_arns may.",
      log_source_arns:
        "ARNs of the delivery sources that may log into the bucket, each by a name of yours. By default none: nobody writes logs.",
      log_account:
        "Account, of 12 digits, whose delivery sources may log into the bucket, for those of another configuration. By default none: only log_source_arns may.",
    },
    rules: [],
  },
  distribution: {
    construct: "Distribution",
    props: "DistributionProps",
    variables: {
      domains:
        "Names that it serves. By default none, which takes waivers: CloudFront's own certificate accepts TLS 1.0.",
      certificate_arn: "ARN of a certificate that covers the domains, from us-east-1.",
      minimum_tls: "OwnNames.minimumTls",
      name: names,
      origins: "Where the answers come from, each origin by a name of yours.",
      failover:
        "Pairs of origins, each by a name of yours: the second one answers when the first one fails, to GET, HEAD and OPTIONS alone, as CloudFront asks. By default none.",
      default_origin:
        "Which of origins or failover answers where no behavior says another. By default the only one there is.",
      behaviors:
        "What differs by path pattern, tried in this order. What a behavior does not state, it takes from the variables of the same name, but for functions: each path states its own. By default none: all paths are alike.",
      cache_policy_id: "A cache policy of your own, in the place of cache.",
      origin_request_policy_id: "An origin request policy of your own, in the place of forward.",
      logs: "Access logs. By default none: only the modules for websites and APIs log unasked.",
      web_acl_arn: webAcl,
    },
    texts: {
      minimum_tls: minimumTls,
      headers: headersText,
      viewer_request: viewerRequest,
      viewer_response: viewerResponse,
      comment: "A note for whoever looks at the console. By default none: the tags say enough.",
    },
    members: {
      origins: "HttpsOriginOptions",
      behaviors: "PathOptions",
      logs: "BucketLogOptions",
    },
    outputs: {
      log_source_arn: "Delivery source of its logs, for the policy of a bucket of yours; null without logs.",
      log_bucket_name: "Name of the bucket that was made for its logs; null without one.",
    },
    rules: [
      "https-only",
      "minimum-tls-1-2",
      "forward-secrecy",
      "strong-ciphers",
      "hsts-enabled",
      "hsts-include-subdomains",
      "origin-https-only",
    ],
  },
  redirect: {
    construct: "Redirect",
    props: "RedirectProps",
    variables: {
      name: names,
      certificate,
      logs: "Access logs. By default none: what only redirects has little to tell.",
      web_acl_arn: webAcl,
    },
    members: { logs: "BucketLogOptions" },
    outputs: { ...distributionOutputs, certificate_arn: certificateOutput },
    rules: ["hsts-include-subdomains"],
    copies: { from: "static-website.domains", hsts: "https-listener.hsts" },
    types: { geo: "distribution.geo", logs: "distribution.logs" },
  },
  "static-website": {
    construct: "StaticWebsite",
    props: "StaticWebsiteProps",
    variables: {
      name: names,
      certificate,
      origins: "Where the answers of behaviors come from, each origin by a name of yours. By default none.",
      behaviors:
        "Behaviors beside the website, by path pattern, such as an API under /api/*; each with an origin of origins. By default none: all paths are the website's.",
      bucket:
        "Where the files are: a bucket that exists and lets the distribution in, such as the module private-bucket. By default a new one: it goes with the website.",
      bucket_name: "PrivateBucketProps.name",
      logs: `${websiteLogs} null: nowhere.`,
      web_acl_arn: webAcl,
    },
    texts: { minimum_tls: minimumTls, headers: headersText },
    members: { origins: "HttpsOriginOptions", behaviors: "PathOptions", logs: "BucketLogOptions" },
    outputs: {
      ...distributionOutputs,
      certificate_arn: certificateOutput,
      log_bucket_name: "Name of the bucket that was made for its logs; null without one.",
    },
    rules: [
      "https-only",
      "minimum-tls-1-2",
      "forward-secrecy",
      "strong-ciphers",
      "hsts-enabled",
      "hsts-include-subdomains",
      "origin-https-only",
    ],
    types: {
      origins: "distribution.origins",
      behaviors: "distribution.behaviors",
      headers: "distribution.headers",
      logs: "distribution.logs",
      geo: "distribution.geo",
    },
  },
  api: {
    construct: "Api",
    props: "ApiProps",
    variables: {
      name: names,
      certificate,
      origin: "Where the answers come from.",
      headers:
        "Response headers, HSTS always among them. By default those for APIs, with cors: an answer shown as a page can do nothing.",
      logs: `${websiteLogs} null: nowhere.`,
      web_acl_arn: webAcl,
    },
    texts: { minimum_tls: minimumTls },
    members: { origin: "HttpsOriginOptions", headers: "HeaderOptions", logs: "BucketLogOptions" },
    outputs: {
      ...distributionOutputs,
      certificate_arn: certificateOutput,
      log_bucket_name: "Name of the bucket that was made for its logs; null without one.",
    },
    rules: [
      "minimum-tls-1-2",
      "forward-secrecy",
      "strong-ciphers",
      "hsts-enabled",
      "hsts-include-subdomains",
      "origin-https-only",
    ],
    copies: { domains: "static-website.domains", zones: "static-website.zones" },
    types: {
      origin: "distribution.origins",
      headers: "distribution.headers",
      logs: "distribution.logs",
      geo: "distribution.geo",
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
  const variables = blocks(read("variables.tf"), "variable", (variable, block) => {
    if (variable === "waivers") return waiversBlock(counterpart);
    const { copies, types, texts } = counterpart;
    const [copied, typed] = [copies?.[variable], types?.[variable]];
    const own = copied ? copyOf(copied, variable) : typed ? withTypeOf(typed, block) : block;
    const words = wordsOf(variable, counterpart, declarations);
    return withWords(own, variable, { ...words, description: texts?.[variable] ?? words.description });
  });
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

/** The block of a variable: "module.variable". */
function variableOf(source: string): string {
  const [module = "", original = ""] = source.split(".");
  let found: string | undefined;
  blocks(readFileSync(join(root, module, "variables.tf"), "utf8"), "variable", (variable, block) => {
    if (variable === original) found = block;
    return block;
  });
  if (found === undefined) throw new Error(`${source} does not exist.`);
  return found;
}

const objectType = /^ {2}type *= (?:\w+\()*object\(\{\n[\s\S]*?^ {2}\}\)+\n/m;

/** With the type of a variable of another module; one object where the other one has several. */
function withTypeOf(source: string, block: string): string {
  const [type = ""] = objectType.exec(variableOf(source)) ?? [];
  const isSingle = /^ {2}type *= object/m.test(block);
  const own = isSingle ? type.replace(/^( {2}type *= )\w+\(object/, "$1object").replace(/\)+\n$/, ")\n") : type;
  return block.replace(objectType, () => own);
}

/** The block of a variable of another module, under another name. */
function copyOf(source: string, name: string): string {
  const [, original = ""] = source.split(".");
  return variableOf(source)
    .replace(`variable "${original}"`, `variable "${name}"`)
    .replaceAll(`var.${original}`, `var.${name}`)
    .replace(new RegExp(`(error_message += ".*)\\b${original}\\b`, "g"), (_, start: string) => start + name);
}

// --- words

interface Words {
  readonly description: string;
  /** In HCL; undefined where it is no literal. */
  readonly default?: string;
  /** Literals of a union, in HCL. */
  readonly allowed: readonly string[];
  /** What an object consists of; none for a plain value. */
  readonly members: readonly Prop[];
}

function wordsOf(
  variable: string,
  { props, variables, members: types }: Counterpart,
  declarations: ReadonlyMap<string, Declaration>,
): Words {
  const source = variables?.[variable] ?? `${props}.${camelCase(variable)}`;
  const [type = "", member] = source.split(".");
  const object = declarations.get(types?.[variable] ?? "");
  if (source.includes(" ")) return { description: source, allowed: [], members: (object && propsOf(object)) ?? [] };
  const declaration = declarations.get(type);
  if (!declaration) throw new Error(`${source}, the counterpart of ${variable}, does not exist.`);
  if (member === undefined) return { description: saysOf(declaration).text, allowed: [], members: [] };
  const prop: Prop | undefined = propsOf(declaration)?.find(({ name }) => name === member);
  if (!prop) throw new Error(`${source}, the counterpart of ${variable}, does not exist.`);
  return wordsOfProp(prop);
}

function wordsOfProp({ says: { text, default: given }, types }: Prop): Words {
  const isLiteral = given !== undefined && /^(?:"[^"]*"|\d+|true|false)$/.test(given.value);
  return {
    description: given ? `${text} By default ${given.value.replaceAll('"', "")}: ${given.reason}.` : text,
    ...(isLiteral ? { default: given.value } : {}),
    allowed: types.flatMap(literalsOf),
    members: types.flatMap((type) => membersOf(type) ?? []),
  };
}

/** What an object, the objects of a list or those of a record consist of. */
function membersOf(type: TypeNode): Prop[] | undefined {
  const [, value] = Node.isTypeReference(type) ? type.getTypeArguments() : [];
  if (value) return membersOf(value);
  if (Node.isArrayTypeNode(type)) return membersOf(type.getElementTypeNode());
  if (Node.isTypeOperatorTypeNode(type)) return membersOf(type.getTypeNode());
  const stated = options[type.getText()];
  const declaration = stated === undefined ? undefined : declarationOf(stated, type);
  return declaration ? propsOf(declaration) : propsOf(type);
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

function withWords(block: string, variable: string, { description, default: given, allowed, members }: Words): string {
  const described = withMembers(withDescription(block, description), variable, members);
  const standard =
    given === undefined ? described : described.replace(/^( {2}default *= ).*$/m, (_, start: string) => start + given);
  if (allowed.length === 0) return standard;
  const list = new RegExp(
    `(contains\\()\\[.*?\\](, var\\.${variable}\\)[^\\n]*\\n *error_message *= )"[^"]*?\\.?((?: Any other[^"]*)?)"`,
  );
  const names = allowed.map((one) => one.slice(1, -1));
  const choice = `${variable} must be ${names.slice(0, -1).join(", ")} or ${names.at(-1)}.`;
  return standard.replace(
    list,
    (_, start: string, rest: string, more: string) => `${start}[${allowed.join(", ")}]${rest}"${choice}${more}"`,
  );
}

/** An attribute of an object type, and the object that it opens. */
const attribute = /^( *)(\w+)( *= )(.*)$/;

/** What each attribute of an object type is for, as a comment above it; and its default. */
function withMembers(block: string, variable: string, members: readonly Prop[]): string {
  const [start, type, rest] =
    /^([\s\S]*?\n)( {2}type *= (?:\w+\()*object\(\{\n[\s\S]*?^ {2}\}\)+\n)([\s\S]*)$/m.exec(block)?.slice(1) ?? [];
  if (type === undefined || members.length === 0) return block;
  const scopes: (readonly Prop[])[] = [members];
  const lines: string[] = [];
  for (const line of type.trimEnd().split("\n").slice(1)) {
    const [, indent = "", name = "", equals = "", value = ""] = attribute.exec(line) ?? [];
    if (/^ *\}/.test(line)) scopes.pop();
    const prop = name === "" ? undefined : scopes.at(-1)?.find((one) => one.name === camelCase(name));
    if (name !== "" && value.endsWith("({")) scopes.push(prop?.types.flatMap((one) => membersOf(one) ?? []) ?? []);
    const { description = "", default: given } = prop ? wordsOfProp(prop) : {};
    // What the source leaves unsaid has a comment of its own.
    if (description === "") {
      lines.push(line);
      continue;
    }
    while (lines.at(-1)?.trimStart().startsWith("#")) lines.pop();
    const words =
      (scopes.length <= (value.endsWith("({") ? 2 : 1) && attributeTexts[`${variable}.${name}`]) || description;
    lines.push(`${indent}# ${words}`);
    const standard = value.replace(/^(optional\(\w+, ).*\)$/, (all, begin: string) =>
      given ? `${begin}${given})` : all,
    );
    lines.push(`${indent}${name}${equals}${standard}`);
  }
  return `${start}${type.slice(0, type.indexOf("\n") + 1)}${lines.join("\n")}\n${rest}`;
}

const requiredWaiver = ([rule]: readonly WaivableRule[], why: string): string => `

  validation {
    condition     = contains(var.waivers[*].rule, "${rule}")
    error_message = "${why}"
  }`;

/** The same in every module, but for the rules. */
const waiversBlock = ({ rules, waiverRequired }: Counterpart): string => `variable "waivers" {
  description = "Explicit exceptions: the policy that is not met, why, the last day on which the exception holds, and who answers for it. The module writes them into the plan, where the gate reads them."
  type = list(object({
    rule   = string
    reason = string
    until  = string
    owner  = string
    ticket = optional(string)
  }))
  nullable = false${waiverRequired ? requiredWaiver(rules, waiverRequired) : "\n  default  = []"}

  validation {
    condition     = alltrue([for waiver in var.waivers : contains([${rules.map((rule) => `"${rule}"`).join(", ")}], waiver.rule)])
    error_message = "This module can be waived ${rules.length === 1 ? `${rules[0]} alone` : `${rules.slice(0, -1).join(", ")} and ${rules.at(-1)}`}."
  }

  validation {
    condition     = alltrue([for waiver in var.waivers : length(trimspace(waiver.reason)) >= 20])
    error_message = "The reason of a waiver has fewer than 20 characters: say why."
  }

  validation {
    condition     = alltrue([for waiver in var.waivers : trimspace(waiver.owner) != ""])
    error_message = "A waiver has no owner: say who answers for it."
  }

  validation {
    condition = alltrue([
      for waiver in var.waivers : can(timecmp(plantimestamp(), "\${waiver.until}T23:59:59Z")) &&
      timecmp(plantimestamp(), "\${waiver.until}T23:59:59Z") <= 0 &&
      timecmp("\${waiver.until}T23:59:59Z", timeadd(plantimestamp(), "8808h")) <= 0
    ])
    error_message = "A waiver's last day (until, such as 2027-03-31) is no day of the calendar, past, or more than 366 days ahead."
  }
}`;

// --- README

const marks = /(<!-- BEGIN_TF_DOCS -->)[\s\S]*(<!-- END_TF_DOCS -->)/;

const withTables = (page: string, described: ModuleInterface): string => {
  if (!marks.test(page)) throw new Error("A README of a Terraform module has no terraform-docs marks.");
  return page.replace(marks, (_, begin: string, end: string) => `${begin}\n${tablesOf(described)}\n${end}`);
};

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ").replace(/ {2,}/g, " ");

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");

const withoutComments = (type: string): string => type.replace(/^ *#.*\n/gm, "");

/** The attributes of an object type that have a comment: path, comment, type. */
function attributesOf(type: string): string[][] {
  const path: string[] = [];
  let comment = "";
  return type.split("\n").flatMap((line) => {
    if (/^ *#/.test(line)) comment += `${comment === "" ? "" : " "}${line.trim().slice(2)}`;
    const [, , name, , value = ""] = attribute.exec(line) ?? [];
    if (/^ *\}/.test(line)) path.pop();
    if (name === undefined || /^ *#/.test(line)) return [];
    const row = comment === "" ? [] : [[`\`${[...path, name].join(".")}\``, comment, `\`${closed(value)}\``]];
    comment = "";
    if (value.endsWith("({")) path.push(name);
    return row;
  });
}

/** The type of an attribute, without what is in an object. */
const closed = (type: string): string =>
  type.endsWith("({") ? `${type}…}${")".repeat(type.split("(").length - 1)}` : type;

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
        `\`${withoutComments(type)}\``,
        given === undefined ? "" : `\`${JSON.stringify(given)}\``,
        given === undefined ? "yes" : "no",
      ]),
    ),
    ...inputs.flatMap(({ name, type }) => {
      const rows = attributesOf(type);
      return rows.length === 0 ? [] : [`### Attributes of \`${name}\``, table(["Name", "Description", "Type"], rows)];
    }),
    "## Outputs",
    table(
      ["Name", "Description"],
      outputs.map(({ name, description }) => [`\`${name}\``, description]),
    ),
    `Makes resources of the types ${resourceTypes.map((type) => `\`${type}\``).join(", ")}.`,
  ].join("\n\n");

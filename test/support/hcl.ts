// Prints a synthesised stack (cdk.tf.json) as the HCL that a person would have written, to be read in reviews.

type Json = string | number | boolean | null | readonly Json[] | Body;
interface Body {
  readonly [name: string]: Json;
}

/** An object is a block, but under these names, which are arguments. */
const maps = new Set(["tags", "input", "aws"]);

/** Arguments that name things of Terraform, which JSON quotes as if they were text. */
const names = new Set(["provider", "depends_on", "ignore_changes"]);

/** Without metadata and backend, resources sorted by type and name; `terraform fmt` aligns it. */
export function hcl(stack: Body): string {
  const { "//": _, terraform, provider, variable, data, resource, output, ...others } = stack;
  const left = Object.keys(others);
  if (left.length > 0) throw new Error(`Nothing here prints ${left.join(", ")}.`);
  const { backend, ...settings } = bodyOf(terraform);
  return [
    block("terraform", settings),
    ...labelled("provider", provider),
    ...labelled("variable", variable).map((one) => one.replace(/type = "(.*)"/, "type = $1")),
    ...Object.entries(bodyOf(data)).flatMap(([type, named]) => labelled(`data "${type}"`, named)),
    ...sorted(bodyOf(resource)).flatMap(([type, named]) => labelled(`resource "${type}"`, named)),
    ...labelled("output", output),
  ].join("\n");
}

const isBody = (value: Json | undefined): value is Body =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const bodyOf = (value: Json | undefined): Body => (isBody(value) ? value : {});

const sorted = (body: Body) => Object.entries(body).sort(([one], [other]) => (one < other ? -1 : 1));

/** A block for each name; providers have several of one. */
const labelled = (keyword: string, named: Json | undefined): string[] =>
  sorted(bodyOf(named)).flatMap(([name, bodies]) =>
    [bodies].flat().map((body) => block(`${keyword} "${name}"`, bodyOf(body))),
  );

/** Arguments first, then the blocks inside; an empty list of blocks says nothing. */
function block(header: string, body: Body): string {
  const said = Object.entries(body).filter(
    ([name, value]) => name !== "//" && !(Array.isArray(value) && value.length === 0),
  );
  const isBlock = ([name, value]: [string, Json]) => !maps.has(name) && isBody([value].flat()[0]);
  const lines = said
    .filter((entry) => !isBlock(entry))
    .sort(([one], [other]) => Number(names.has(other)) - Number(names.has(one)))
    .map(([name, value]) => `${name} = ${expression(names.has(name) ? unquoted(value) : value)}\n`);
  const blocks = said.filter(isBlock).flatMap(([name, value]) => [value].flat().map((one) => block(name, bodyOf(one))));
  return lines.length + blocks.length === 0
    ? `${header} {}\n`
    : `${header} {\n${[lines.join(""), ...blocks].filter(Boolean).join("\n")}}\n`;
}

const unquoted = (value: Json): Json => (Array.isArray(value) ? value.map(unquoted) : `\${${value}}`);

function expression(value: Json): string {
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) {
    const items = value.map(expression);
    const line = items.join(", ");
    return line.length < 90 && !line.includes("\n") ? `[${line}]` : `[\n${items.map((one) => `${one},\n`).join("")}]`;
  }
  if (!isBody(value)) return String(value);
  const entries = Object.entries(value).map(([name, one]) => {
    const key = /^[\w-]+$/.test(name) ? name : JSON.stringify(name);
    return `${key} = ${expression(one)}\n`;
  });
  return `{\n${entries.join("")}}`;
}

function text(value: string): string {
  const [, whole] = /^\$\{(.*)\}$/s.exec(value) ?? [];
  if (whole !== undefined && !whole.includes("${")) return whole;
  if (/^\{.*\}$/s.test(value)) return `jsonencode(${expression(JSON.parse(value))})`;
  if (value.includes("\n")) return `<<EOT\n${value.replace(/\n?$/, "\n")}EOT`;
  // What stands in an interpolation is code, whose quotes stay as they are.
  const parts = value.split(/(\$\{[^}]*\})/);
  return `"${parts.map((part, index) => (index % 2 ? part : JSON.stringify(part).slice(1, -1))).join("")}"`;
}

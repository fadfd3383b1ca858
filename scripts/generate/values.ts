// The value tables of all providers, out of the files that the adapters read: names, meanings, and the pages they are from.

import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Project, type VariableDeclaration } from "ts-morph";
import type { ValueTable } from "../../src/report/values.ts";

const folder = "src/providers";

/** The tables, and what is still to be said of them. */
export async function valueTables(): Promise<{
  readonly tables: readonly ValueTable[];
  readonly unsaid: readonly string[];
}> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("-values.ts"))
    .sort();
  const project = new Project({ compilerOptions: { strict: true }, skipAddingFilesFromTsConfig: true });
  const tables: ValueTable[] = [];
  const unsaid: string[] = [];
  for (const file of files) {
    const [provider = "", service = ""] = file.replace(/-values\.ts$/, "").split(/[/\\]/);
    const path = join(folder, file);
    const exported = await import(pathToFileURL(resolve(path)).href);
    let sources: readonly string[] = [];
    for (const declaration of project.addSourceFileAtPath(path).getVariableDeclarations().filter(isTable)) {
      const name = declaration.getName();
      const about = docOf(declaration);
      sources = about.match(/https:\/\/\S+/g) ?? (/same (page|place)/.test(about) ? sources : []);
      if (!about.startsWith("`") || sources.length === 0) {
        unsaid.push(`${path}: the comment of ${name} begins with its attribute, and names the page that it is from`);
      }
      const said = about.replace(/\s*(https:\/\/\S+|\(same (page|place)[^)]*\)\.?)/g, "").trim();
      tables.push({ provider, service, about: said, sources, values: exported[name] });
    }
  }
  return { tables, unsaid };
}

/** `export const …: { readonly [name: string]: … }` */
const isTable = (declaration: VariableDeclaration): boolean =>
  declaration.isExported() && /^\{ readonly \[\w+: string\]: /.test(declaration.getTypeNode()?.getText() ?? "");

const docOf = (declaration: VariableDeclaration): string =>
  (declaration.getVariableStatement()?.getJsDocs() ?? [])
    .map((doc) => doc.getDescription())
    .join("\n")
    .replace(/\s+/g, " ")
    .trim();

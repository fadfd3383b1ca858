// Writes what is derived: schema validators, registries, examples, the catalogues. `--check` writes nothing and fails on
// any difference, and where something is still to be written by a person.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { catalogue } from "./generate/catalogue.ts";
import { examplesOf } from "./generate/examples.ts";
import { modulesReadme } from "./generate/modules-readme.ts";
import { coverageOf, notJudgedOf, providersPage } from "./generate/providers.ts";
import { adapterRegistries, loadAdapters, loadNotJudged, loadPolicies, policyRegistry } from "./generate/registries.ts";
import { terraformModuleFiles } from "./generate/terraform-modules.ts";
import { validatorFiles } from "./generate/validators.ts";
import { valueTables } from "./generate/values.ts";

const policies = await loadPolicies();
const adapters = await loadAdapters();
const { examples, missing } = examplesOf(policies, adapters);
const modules = await modulesReadme();
const values = await valueTables();
const coverage = coverageOf(adapters, policies);

const files: { readonly [path: string]: string } = {
  ...validatorFiles(),
  "policies/registry.ts": policyRegistry(),
  ...(await adapterRegistries()),
  "policies/examples.generated.json": `${JSON.stringify(examples, null, 2)}\n`,
  "policies/README.md": catalogue(policies, examples),
  "modules/README.md": modules.page,
  ...terraformModuleFiles(),
  "src/providers/values.generated.json": `${JSON.stringify(values.tables, null, 2)}\n`,
  "src/providers/coverage.generated.json": `${JSON.stringify(coverage, null, 2)}\n`,
  "docs/providers.md": providersPage(coverage, values.tables, notJudgedOf(adapters, await loadNotJudged())),
};

const toDo = [
  ...missing,
  ...modules.unsaid,
  ...values.unsaid,
  ...policies
    .filter((policy) => JSON.stringify(policy).includes("TODO"))
    .map(({ id }) => `policies/${id}.ts: what it says of itself still holds a TODO`),
];
for (const line of toDo) console.error(`to do: ${line}`);

const stale = Object.keys(files).filter((path) => files[path] !== contentOf(path));
if (process.argv.includes("--check")) {
  if (stale.length > 0) console.error(`Not fresh: ${stale.join(", ")}\nRun: npm run generate`);
  if (stale.length + toDo.length > 0) process.exitCode = 1;
} else {
  for (const path of stale) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, files[path] ?? "");
    console.log(`written ${path}`);
  }
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

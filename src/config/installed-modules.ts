// Which module packages a plan was made with: the plan file knows, or else what terraform init left beside it.

import { join } from "node:path";
import type { Finding } from "../findings/finding.ts";
import { type WithdrawnVersions, withdrawnModules } from "../findings/withdrawn-modules.ts";
import { type InstalledModule, moduleOf, parseModulesManifest } from "../plan/installed-modules.ts";
import type { Plan } from "../plan/plan.ts";
import { readRegularFile } from "../whole-file.ts";

/** `directory`: where `terraform init` ran, for a plan that comes without its plan file. */
export async function installedModulesOf(plan: Plan, directory: string): Promise<readonly InstalledModule[]> {
  if (!plan.instances.some(({ moduleAddress }) => moduleAddress)) return [];
  if (plan.planFile) return (await import("../plan/configured.ts")).installedModulesIn(plan.planFile);
  try {
    return parseModulesManifest(readRegularFile(join(directory, ".terraform/modules/modules.json"))) ?? [];
  } catch {
    return [];
  }
}

/** Findings with the modules that they are in, and those on withdrawn versions. */
export function withModules(
  findings: readonly Finding[],
  modules: readonly InstalledModule[],
  registries: readonly WithdrawnVersions[],
): readonly Finding[] {
  if (modules.length === 0) return findings;
  const named = findings.map((finding) => {
    const found = finding.module ? undefined : moduleOf(finding.address, modules);
    return found ? { ...finding, module: { source: found.source, version: found.version } } : finding;
  });
  return [...named, ...withdrawnModules(modules, registries)];
}

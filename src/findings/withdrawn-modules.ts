// Modules whose version the registry has withdrawn: a plan that uses one is refused, with the registry's reason.

import type { InstalledModule } from "../plan/installed-modules.ts";
import { moduleText } from "../text.ts";
import type { Finding } from "./finding.ts";

/** What a registry says of its versions: its index.json, as far as it is needed here. */
export interface WithdrawnVersions {
  /** The host in the sources of its modules. */
  readonly host: string;
  /** By module address and version. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** Reads an index. Undefined where it is none. */
export function withdrawnIn(text: string, host: string): WithdrawnVersions | undefined {
  try {
    const { format, modules } = JSON.parse(text) as {
      readonly format: unknown;
      readonly modules: readonly {
        readonly address: string;
        readonly versions: readonly { readonly version: string; readonly withdrawn?: { readonly reason: string } }[];
      }[];
    };
    if (format !== 1) return undefined;
    const reasons = modules.flatMap(({ address, versions }) =>
      versions.flatMap(({ version, withdrawn }) =>
        withdrawn ? [[`${address} ${version}`, String(withdrawn.reason)] as const] : [],
      ),
    );
    return { host, reasons: new Map(reasons) };
  } catch {
    return undefined;
  }
}

/** A finding for each call of a withdrawn version. */
export function withdrawnModules(
  modules: readonly InstalledModule[],
  registries: readonly WithdrawnVersions[],
): Finding[] {
  return modules.flatMap((module) => {
    const { call, source, version } = module;
    const [host = "", ...address] = source.split("//")[0]?.split("/") ?? [];
    const registry = registries.find((one) => one.host === host);
    const reason = registry?.reasons.get(`${address.join("/")} ${version}`);
    return reason === undefined ? [] : [findingOn(`module.${call.replaceAll(".", ".module.")}`, module, reason)];
  });
}

const findingOn = (address: string, module: InstalledModule, reason: string): Finding => ({
  policy: "module-withdrawn",
  severity: "high",
  enforcement: "mandatory",
  address,
  at: "version",
  outcome: "fail",
  change: "none",
  message: `uses ${moduleText(module)}, which its registry has withdrawn: ${reason}`,
  unknown: null,
  noFix: null,
  assumed: null,
  fix: "Select another version of the module, and run terraform init -upgrade.",
  remedy: null,
  related: [],
  waiver: null,
  fingerprint: "",
  baseline: null,
  source: null,
  refuses: true,
  module: { source: module.source, version: module.version },
});

// What was found at one place, by one policy.

import type { Cause, UnknownKind } from "../cause.ts";
import type { Assumed, Remedy } from "../facts/fact.ts";
import type { InstalledModule } from "../plan/installed-modules.ts";
import type { Severity } from "../policy.ts";
import type { Waived } from "./waivers.ts";

export type Outcome = "pass" | "fail" | "unknown";

/** A place in the sources that the plan was made from. */
export interface SourceLocation {
  /** From the working directory, or from that of the CDKTF app; absolute where it is below neither. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Of a CDKTF stack: `site/cdn/distribution`. */
  readonly constructPath?: string;
}

export interface Finding {
  readonly policy: string;
  readonly severity: Severity;
  /** "advisory" findings are shown and refuse nothing. */
  readonly enforcement: "mandatory" | "advisory";
  /** Address of the resource that a person would edit. */
  readonly address: string;
  /** Attribute path in it; "" for the resource itself. */
  readonly at: string;
  /** Of the state after the apply. */
  readonly outcome: Outcome;
  /** "fixed": a violation of today that this plan removes; its outcome is "pass". "none": nothing to compare. */
  readonly change: "introduced" | "existing" | "fixed" | "none";
  /** Fixed only because this plan deletes the resource. */
  readonly deleted?: true;
  /** What is wrong, or why the plan does not tell; for a pass, what is met, or that it is deleted. */
  readonly message: string;
  /** What the unknown means for the gate, and which cause it has; null where the outcome is not unknown. */
  readonly unknown: { readonly kind: UnknownKind; readonly reason: Cause["reason"] } | null;
  /** Why nothing can be written that makes it pass, so that it is advisory unless the profile says otherwise; null where something can. */
  readonly noFix: string | null;
  /** Who states what was judged, where the plan does not show it; null where it does. */
  readonly assumed: Assumed | null;
  /** What to do about it; null for a pass. */
  readonly fix: string | null;
  readonly remedy: Remedy | null;
  /** Addresses of other resources involved. */
  readonly related: readonly string[];
  /** Why the violation is accepted; null where it is not. */
  readonly waiver: Waived | null;
  /** SHA-256 of policy, address, attribute, outcome and value; "" for a pass. */
  readonly fingerprint: string;
  /** Whether the baseline knows it; null where there is no baseline, and for a pass. */
  readonly baseline: "new" | "known" | null;
  /** The module package that the resource is written in; absent for one of the configuration itself, or where this is not known. */
  readonly module?: Pick<InstalledModule, "source" | "version">;
  /** Where to edit it; null where no source was looked for, or none was found. */
  readonly source: SourceLocation | null;
  /** Whether it keeps the plan from being applied. */
  readonly refuses: boolean;
}

// A conscious exception: which rule, why, who answers for it, and until when.

import { DataResource } from "cdktf";
import type { Construct } from "constructs";
import { hashedName } from "./hashed-name.ts";

/** Rules that can be waived: ids of tlsgate's policies. */
export type WaivableRule =
  | "certificate-auto-renewal"
  | "certificate-present"
  | "certificate-transparency"
  | "hsts-enabled"
  | "https-only"
  | "minimum-tls-1-2"
  | "origin-https-only"
  | "strong-ciphers";

export interface WaiverProps<Rule extends WaivableRule> {
  /** The policy that is not met. */
  readonly rule: Rule;
  /** Why, in at least 20 characters. */
  readonly reason: string;
  /** Last day on which it holds, at most 366 days ahead: "2027-03-31". */
  readonly until: `20${number}-${number}-${number}`;
  /** Who answers for it: a mail address or a team. */
  readonly owner: string;
  readonly ticket?: string;
}

const day = 86_400_000;

/** Permission for one rule. A construct that takes it records it in the plan, where the gate reads it. */
export class Waiver<Rule extends WaivableRule = WaivableRule> {
  readonly props: WaiverProps<Rule>;
  /** Nothing else has its shape: it comes from here alone. */
  declare protected readonly nominal: true;

  private constructor(props: WaiverProps<Rule>) {
    this.props = props;
  }

  /** Throws when the reason is too short, the owner missing, or the day invalid, past or too far ahead. */
  static for<Rule extends WaivableRule>(props: WaiverProps<Rule>, today = new Date()): Waiver<Rule> {
    const { rule, reason, until, owner } = props;
    const end = Date.parse(`${until}T23:59:59Z`);
    const wrong =
      reason.trim().length < 20
        ? "say in at least 20 characters why"
        : owner.trim() === ""
          ? "name its owner"
          : Number.isNaN(end) || !new Date(end).toISOString().startsWith(until)
            ? `${until} is no day of the calendar`
            : end < today.getTime()
              ? `it ended on ${until}: mend what it excuses, or give it a new end`
              : end > today.getTime() + 367 * day
                ? `${until} is more than 366 days ahead`
                : undefined;
    if (wrong) throw new Error(`Waiver for ${rule}: ${wrong}.`);
    return new Waiver(props);
  }

  /** Writes the waiver into the plan, as a terraform_data resource beside the construct that needs it. */
  record(scope: Construct, address: string): void {
    const input = { tlsgate_waiver: { ...this.props, address } };
    const id = `waiver-${hashedName(scope, input).slice(-10)}`;
    if (!scope.node.tryFindChild(id)) new DataResource(scope, id, { input });
  }
}

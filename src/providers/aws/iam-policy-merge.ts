// Policies that data.aws_iam_policy_document merges: what is in them, and what comes of them together.
// https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/iam/policy_model.go

import type { Template } from "../../plan/block-config.ts";
import { compareTexts } from "./iam-policy-order.ts";
import type { PolicyObject } from "./iam-policy-text.ts";

export interface Policy {
  /** undefined where it is not set. */
  readonly version: Template | undefined;
  readonly id: Template | undefined;
  readonly statements: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly sid: Template | undefined;
  /** All but the sid. */
  readonly members: PolicyObject["members"];
}

/**
 * One policy of several: a statement replaces an earlier one with the same sid. undefined where what is not known yet
 * decides which of them do.
 */
export function mergedPolicies(policies: readonly Policy[]): PolicyObject | undefined {
  let version: Template | undefined;
  let id: Template | undefined;
  const statements: PolicyStatement[] = [];
  for (const policy of policies) {
    id = policy.id ?? id;
    const order = compareTexts(policy.version ?? [], version ?? []);
    version = order === undefined ? [undefined] : order > 0 ? policy.version : version;
    const earlier = statements.length;
    for (const statement of policy.statements) {
      const { sid } = statement;
      const same = statements.map((one) => (one.sid && sid ? isEqual(one.sid, sid) : false));
      // Of one policy no two are the same.
      if (same.indexOf(undefined) >= 0 && same.indexOf(undefined) < earlier) return undefined;
      const index = same.indexOf(true);
      if (index >= 0) statements[index] = statement;
      else statements.push(statement);
    }
  }
  const texts = [
    ["Version", version],
    ["Id", id],
  ] as const;
  return {
    members: [
      ...texts.flatMap(([name, text]) => (text ? [[name, { text }] as const] : [])),
      ...(statements.length === 0 ? [] : [["Statement", statements.map(withSid)] as const]),
    ],
  };
}

const withSid = ({ sid, members }: PolicyStatement): PolicyObject => ({
  members: [...(sid ? [["Sid", { text: sid }] as const] : []), ...members],
});

/** Whether two texts are equal; undefined where what is not known yet decides. */
function isEqual(one: Template, other: Template): boolean | undefined {
  const order = compareTexts(one, other);
  return order === undefined ? undefined : order === 0;
}

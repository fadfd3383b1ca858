// A conscious exception: which rule, why, who answers for it, and until when; written into the plan for the gate to read.

import { createHash } from "node:crypto";
import { Annotations, DataResource, Fn, Lazy, type TerraformResource, TerraformStack, Token } from "cdktf";

/** Rules that can be waived: ids of tlsgate's policies. */
export type WaivableRule =
  | "certificate-auto-renewal"
  | "certificate-present"
  | "forward-secrecy"
  | "hsts-enabled"
  | "hsts-include-subdomains"
  | "https-only"
  | "minimum-tls-1-2"
  | "modern-http"
  | "origin-https-only"
  | "origin-minimum-tls-1-2"
  | "strong-ciphers";

/** All that a waiver says. */
export interface WaiverProps<Rule extends WaivableRule> {
  /** The policy that is not met. */
  readonly rule: Rule;
  /** Why, in at least 20 characters. */
  readonly reason: string;
  /** Last day on which it holds (UTC), at most 366 days ahead: "2027-03-31". */
  readonly until: `20${number}-${number}-${number}`;
  /** Who answers for it: a mail address or a team. */
  readonly owner: string;
  /**
   * Where it was decided.
   *
   * @default none: not everybody has tickets
   */
  readonly ticket?: string;
}

const day = 86_400_000;

/**
 * Permission for one rule, to hand to a door of `Unsafe`.
 *
 * @example
 * ```ts
 * import { Unsafe, Waiver } from "tlsgate/modules";
 *
 * const viewerProtocol = Unsafe.allowAll(
 *   Waiver.for({
 *     rule: "https-only",
 *     reason: "Kiosk firmware 2.x cannot follow redirects",
 *     until: "2027-03-31",
 *     owner: "web@example.com",
 *   }),
 * );
 * ```
 */
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
    const end = endOf(until);
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
}

const endOf = (until: string): number => Date.parse(`${until}T23:59:59Z`);

/** A waiver as the plan carries it: it excuses one value at one place, and no other. */
export interface RecordedWaiver extends WaiverProps<WaivableRule> {
  /** Address of the resource, inside of the module that the waiver stands in. */
  readonly resource: string;
  /** Path of the attribute, as a plan writes it; `[*]` where the order of a set is not ours to say. */
  readonly attribute: string;
  /** SHA-256, in hex, of the JSON list of rule, attribute and value: another value is not excused. */
  readonly fingerprint: string;
}

const recorded = new WeakMap<TerraformStack, (() => RecordedWaiver)[]>();

/**
 * Writes waivers into the stack's `terraform_data.tlsgate_waivers`, as what excuses `value` at `attribute`. Terraform
 * computes the fingerprint of a value that only Terraform knows.
 */
export function record(
  waivers: readonly Waiver[],
  resource: TerraformResource,
  attribute: string,
  value: unknown,
): void {
  const stack = TerraformStack.of(resource);
  for (const { props } of waivers) {
    const fingerprint = fingerprintOf([props.rule, attribute, value]);
    const left = Math.floor((endOf(props.until) - Date.now()) / day);
    if (left < 30) {
      Annotations.of(resource).addWarning(
        `The waiver for ${props.rule} ends on ${props.until}: after that day this app is refused. ${props.owner} answers for it.`,
      );
    }
    listOf(stack).push(() => ({
      ...props,
      // Asked for while synthesising: until then the id may be overridden.
      resource: `${resource.terraformResourceType}.${resource.friendlyUniqueId}`,
      attribute,
      fingerprint,
    }));
  }
}

function fingerprintOf(content: readonly unknown[]): string {
  if (holdsToken(content)) return Fn.sha256(Fn.jsonencode(content));
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

const holdsToken = (value: unknown): boolean =>
  Token.isUnresolved(value) ||
  (typeof value === "object" && value !== null && Object.values(value).some((one) => holdsToken(one)));

function listOf(stack: TerraformStack): (() => RecordedWaiver)[] {
  const known = recorded.get(stack);
  if (known) return known;
  const list: (() => RecordedWaiver)[] = [];
  recorded.set(stack, list);
  new DataResource(stack, "tlsgate_waivers", { input: Lazy.anyValue({ produce: () => list.map((one) => one()) }) });
  return list;
}

// The policy of a bucket → whether it denies everybody plain HTTP, and the policy that would.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html#transit

import { because, type Cause } from "../../cause.ts";
import { type Cure, type Decided, type Fact, isShown, known, type Stand, standAt, unknown } from "../../facts/fact.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { denials, type Statement, type Text, unsaid } from "./s3-policy.ts";
import { documentIn, documents, filledIn, statementsOfDocument } from "./s3-policy-document.ts";
import { denyingPlainHttp, statementsOfJson } from "./s3-policy-json.ts";

/** Whether the `policy` of a resource denies everybody's requests over plain HTTP, to the bucket and to its objects. */
export function refusalOf(resource: Resource): Fact<boolean> {
  const { statements, related, isText } = policyOf(resource);
  const stand: Stand = { ...standAt(resource, "policy"), related };
  if (statements.state === "unknown") return { ...statements, ...stand };
  const { bucket, objects } = denials(statements.value);
  if (!isText) return { ...unknown(openText(resource, related[0] ?? "", bucket && objects)), ...stand };
  if (bucket && objects) return { ...statements, value: true, ...stand };
  if (bucket === false || objects === false) {
    const part = bucket ? " on the objects" : objects ? " on the bucket itself" : "";
    const note = text`no statement of its policy denies everybody s3:*${part} where aws:SecureTransport is false`;
    return { ...statements, value: false, ...stand, ...fixOf(resource), note };
  }
  return { ...unknown(openCause(statements.value)), ...stand };
}

interface PolicyText {
  readonly statements: Decided<readonly Statement[]>;
  readonly related: readonly string[];
  /** Whether the statements are all of the policy. A document may have gone through functions, which a plan does not show. */
  readonly isText: boolean;
}

function policyOf(resource: Resource): PolicyText {
  const policy = resource.value("policy");
  const [written = []] = resource.templates("policy");
  // What is read during the apply is shown by its blocks.
  const whole = documentIn(written);
  if (isShown(policy) && !(whole && lateText(whole))) {
    const statements = statementsOfJson(String(policy.value));
    return { statements: statements ? { ...policy, value: statements } : noPolicy, related: [], isText: true };
  }
  const statements = statementsOfJson(filledIn(written));
  if (statements) return { statements: known(statements), related: [], isText: true };
  const link = resource.link("policy", documents);
  const [document, another] = whole ? [whole] : link.state === "found" ? link.resources : [];
  if (document && !another) {
    return {
      statements: known(statementsOfDocument(document)),
      related: [document.address],
      isText: whole === document,
    };
  }
  const cause = policy.state === "unknown" ? policy.cause : because`not set`;
  const open = another ? because`the plan does not tell which document it is` : cause;
  return { statements: unknown(open), related: [], isText: true };
}

const lateText = (document: Resource): boolean => !isShown(document.value("json"));

const noPolicy = unknown(because`the policy is no JSON of a policy`);

function openText(resource: Resource, document: string, denies: boolean | undefined): Cause {
  const policy = resource.value("policy");
  const cause: Cause = policy.state === "unknown" ? policy.cause : because`not set`;
  if (cause.reason !== "after-apply") return cause;
  const says = { true: text`denies plain HTTP`, false: text`does not deny plain HTTP`, undefined: undefined }[
    `${denies}`
  ];
  return says ? { ...cause, why: text`and ${nameText(document)} ${says}` } : cause;
}

/** Whether it is only a new bucket's ARN that is missing. */
function openCause(statements: readonly Statement[]): Cause {
  const everything = (resource: Text): Text => (resource?.includes(unsaid) ? "*" : resource);
  const { bucket, objects } = denials(statements.map((one) => ({ ...one, resources: one.resources.map(everything) })));
  return bucket && objects
    ? because`the ARN of a new bucket is known after apply, so the plan does not show that the policy is about all of the bucket`
    : because`the plan shows only a part of the policy's statements`;
}

/** The policy with one statement more, where it may be printed. */
export function fixOf(resource: Resource): { readonly remedy?: Stand["remedy"]; readonly cures?: Cure<boolean>[] } {
  const policy = resource.value("policy");
  const bucket = resource.value("bucket");
  if (!isShown(bucket) || bucket.sensitive || (isShown(policy) && policy.sensitive)) return {};
  const value = denyingPlainHttp(isShown(policy) ? String(policy.value) : undefined, String(bucket.value));
  if (value === undefined) return {};
  const { remedy } = standAt(resource, "policy", value);
  return remedy ? { remedy, cures: [{ remedy, value: true }] } : {};
}

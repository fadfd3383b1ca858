// aws_s3_bucket_policy, aws_s3_bucket with a policy of its own → endpoint: whether the policy denies plain HTTP.
// A bucket whose policy the plan does not hold is not judged: it may have one from elsewhere.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingEncryptionInTransit.html

import { because, type Cause } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, PlainHttp, TlsVersion } from "../../facts/endpoint.ts";
import { causeOf, type Decided, type Fact, isShown, known, type Stand, standAt, unknown } from "../../facts/fact.ts";
import { everything } from "../../facts/service.ts";
import { type Resource, type View, writtenExpression } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { denials, type Statement, type Text, unsaid } from "./s3-policy.ts";
import { documents, statementsOfDocument } from "./s3-policy-document.ts";
import { statementsOfJson, template } from "./s3-policy-json.ts";

export default defineAdapter({
  id: "aws/s3-bucket",
  resourceTypes: ["aws_s3_bucket_policy", "aws_s3_bucket"],
  cannotShow: [
    "What a policy names by the ARN of a bucket that the plan creates, unless CDKTF or JSON syntax wrote it.",
  ],
  endpoints: (resource) => (hasPolicy(resource) ? [endpointOf(resource)] : []),
});

/** A bucket shows the policy that another resource gives it, as it was before. */
const hasPolicy = (resource: Resource): boolean =>
  resource.type === "aws_s3_bucket_policy" ||
  (resource.value("policy").state !== "absent" && !isConfiguredBy("aws_s3_bucket_policy", resource));

const configured = new WeakMap<View, Map<string, ReadonlySet<Resource> | "any">>();

/** Whether a resource of a type is about this bucket, or may be. */
export function isConfiguredBy(type: string, bucket: Resource): boolean {
  const { view } = bucket.scope;
  const byType = configured.get(view) ?? new Map();
  configured.set(view, byType);
  const buckets = byType.get(type) ?? bucketsOf(view.resources(type));
  byType.set(type, buckets);
  return buckets === "any" || buckets.has(bucket);
}

function bucketsOf(resources: readonly Resource[]): ReadonlySet<Resource> | "any" {
  const links = resources.map((one) => one.link("bucket", { aws_s3_bucket: ["id", "bucket"] }));
  if (links.some(({ state }) => state === "unknown")) return "any";
  return new Set(links.flatMap((link) => (link.state === "found" ? link.resources : [])));
}

function endpointOf(resource: Resource): Endpoint {
  const { statements, related } = policyOf(resource);
  const stand: Stand = { ...standAt(resource, "policy"), related };
  return {
    address: resource.address,
    kind: "S3 bucket",
    names: [],
    certificate: { ...known("provider"), ...standAt(resource, "") },
    certificates: [],
    minimumTls: minimumTlsOf(statements, stand),
    // Which cipher suites it offers, and that it sends no HSTS, is S3's own affair.
    routes: [{ path: everything, plainHttp: plainHttpOf(statements, stand) }],
    upstreams: [],
  };
}

type Policy = { readonly statements: Decided<readonly Statement[]>; readonly related?: readonly string[] };

function policyOf(resource: Resource): Policy {
  const policy = resource.value("policy");
  if (isShown(policy)) {
    const statements = statementsOfJson(String(policy.value));
    return {
      statements: statements ? { ...policy, value: statements } : unknown(because`the policy is no JSON of a policy`),
    };
  }
  const written = templateOf(resource);
  const statements = written === undefined ? undefined : statementsOfJson(written);
  if (statements) return { statements: known(statements) };
  const link = resource.link("policy", documents);
  const [document, another] = link.state === "found" ? link.resources : [];
  if (!document || another) {
    return {
      statements: another ? unknown(because`the plan does not tell which document it is`) : unknown(causeOf(policy)),
    };
  }
  return { statements: known(statementsOfDocument(document)), related: [document.address] };
}

/** The text as it is written in JSON syntax; HCL's is not in a plan. */
function templateOf(resource: Resource): string | undefined {
  const text = writtenExpression(resource, "policy")?.constant_value;
  return typeof text === "string" ? template(text) : undefined;
}

function plainHttpOf(statements: Decided<readonly Statement[]>, stand: Stand): PlainHttp {
  if (statements.state === "unknown") return { ...statements, ...stand };
  const { bucket, objects } = denials(statements.value, "plain HTTP");
  if (bucket && objects) return { ...statements, value: "refused", ...stand };
  if (bucket === false || objects === false) {
    const part = bucket ? " on the objects" : objects ? " on the bucket itself" : "";
    const note = text`no statement of its policy denies everybody s3:*${part} where aws:SecureTransport is false`;
    return { ...statements, value: "served", ...stand, note };
  }
  return { ...unknown(openCause(statements.value)), ...stand };
}

/** Whether it is only a new bucket's ARN that is missing. */
function openCause(statements: readonly Statement[]): Cause {
  const everything = (resource: Text): Text => (resource?.includes(unsaid) ? "*" : resource);
  const { bucket, objects } = denials(
    statements.map((one) => ({ ...one, resources: one.resources.map(everything) })),
    "plain HTTP",
  );
  return bucket && objects
    ? because`the ARN of a new bucket is known after apply, so the plan does not show that the policy is about all of the bucket`
    : because`the plan shows only a part of the policy's statements`;
}

/** https://aws.amazon.com/blogs/storage/enforcing-encryption-in-transit-with-tls1-2-or-higher-with-amazon-s3/ */
function minimumTlsOf(statements: Decided<readonly Statement[]>, stand: Stand): Fact<TlsVersion> {
  const refuses = (version: number): boolean => {
    const { bucket, objects } = isShown(statements) ? denials(statements.value, version) : {};
    return bucket === true && objects === true;
  };
  if (isShown(statements) && refuses(1.2) && !refuses(1.3)) return { ...statements, value: "TLS 1.3", ...stand };
  return { ...known("TLS 1.2"), ...stand, note: text`Amazon S3 takes no older version, whatever the policy says` };
}

// aws_s3_bucket, aws_s3_bucket_policy → object stores: whether a bucket refuses plain HTTP, with a policy or without one.
// S3 answers plain HTTP unless a policy denies it; a bucket that has one is judged where the policy stands.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingEncryptionInTransit.html

import { because, type Cause } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import { type Fact, isShown, known, standAt, unknown } from "../../facts/fact.ts";
import type { ObjectStore } from "../../facts/object-store.ts";
import type { Resource } from "../../plan/view.ts";
import { joinText, nameText, text } from "../../text.ts";
import { fixOf, refusalOf } from "./s3-bucket-policy.ts";
import { bucketOf, configurationOf, isOwn } from "./s3-configuration.ts";

export default defineAdapter({
  id: "aws/s3-bucket",
  resourceTypes: ["aws_s3_bucket_policy", "aws_s3_bucket"],
  cannotShow: [
    "What a policy names by the ARN of a bucket that the plan creates, unless CDKTF or JSON syntax wrote it.",
    "Functions around the document that a policy comes from, unless JSON syntax wrote it: such a policy is unknown until its text is.",
  ],
  objectStores: (resource) =>
    (resource.type === "aws_s3_bucket" ? decidedByBucket(resource) : decidedByPolicy(resource)).map(
      (refusesPlainHttp): ObjectStore => ({ address: resource.address, kind: "S3 bucket", refusesPlainHttp }),
    ),
});

/** Directory buckets take HTTPS alone: s3-access-point.ts. */
function decidedByPolicy(policy: Resource): Fact<boolean>[] {
  const link = bucketOf(policy);
  const bucket = policy.value("bucket");
  const isDirectory =
    link.state === "found"
      ? link.resources.every(({ type }) => type === "aws_s3_directory_bucket")
      : isShown(bucket) && String(bucket.value).endsWith("--x-s3");
  return isDirectory ? [] : [refusalOf(policy)];
}

function decidedByBucket(bucket: Resource): Fact<boolean>[] {
  const { sure, possible } = configurationOf("aws_s3_bucket_policy", bucket);
  if (sure.length > 0) return [];
  const hasPolicy = bucket.value("policy").state !== "absent" && isOwn("policy", "aws_s3_bucket_policy", bucket);
  if (hasPolicy) return [refusalOf(bucket)];
  if (possible.length > 0) return [{ ...unknown(otherPolicies(possible)), ...standAt(bucket, "") }];
  const fix = hasWebsite(bucket) ? {} : fixOf(bucket);
  return [{ ...known(false), ...standAt(bucket, ""), ...fix, note: text`no bucket policy denies it` }];
}

function otherPolicies(policies: readonly Resource[]): Cause {
  const names = policies.slice(0, 3).map(({ address }) => nameText(address));
  const more = policies.length > names.length ? text` and ${policies.length - names.length} more` : text``;
  return because`${joinText(names, ", ")}${more} may be its policy: the plan does not show which bucket that is for`;
}

/** A website endpoint speaks plain HTTP alone: to deny that ends the website, so it is no advice by itself. */
const hasWebsite = (bucket: Resource): boolean => {
  const { sure, possible } = configurationOf("aws_s3_bucket_website_configuration", bucket);
  return sure.length + possible.length > 0 || bucket.block("website", { computed: true }).presence !== "absent";
};

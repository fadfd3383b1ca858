// aws_s3_bucket_website_configuration, the website of an aws_s3_bucket → endpoint: plain HTTP alone, served or redirected.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, PlainHttp } from "../../facts/endpoint.ts";
import { fact, isShown, known, lookUp, standAt } from "../../facts/fact.ts";
import { noHttps } from "../../facts/https-beside.ts";
import { everything } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { refusalOf } from "./s3-bucket-policy.ts";
import { bucketOf, configurationOf, isOwn } from "./s3-configuration.ts";

export default defineAdapter({
  id: "aws/s3-website",
  resourceTypes: ["aws_s3_bucket_website_configuration", "aws_s3_bucket"],
  endpoints(resource) {
    const website = websiteOf(resource);
    // Behind CloudFront it is an origin, and judged there.
    return website && !isBehindCloudFront(resource) ? [endpointOf(resource, website)] : [];
  },
});

function websiteOf(resource: Resource): Block | undefined {
  if (resource.type === "aws_s3_bucket_website_configuration") return resource;
  const own = resource.block("website", { computed: true });
  return own.presence !== "absent" && isOwn("website", "aws_s3_bucket_website_configuration", resource)
    ? own
    : undefined;
}

const endpointOf = (resource: Resource, website: Block): Endpoint => ({
  address: resource.address,
  kind: "S3 website",
  names: [],
  certificates: [],
  httpsBeside: noHttps(standAt(resource, "")),
  routes: [{ path: everything, plainHttp: resource === website ? plainHttpOf(resource) : plainHttpOfBlock(website) }],
  upstreams: [],
});

/** Where the bucket's policy denies plain HTTP, its website shows nobody an object. */
function denialOf(website: Resource): PlainHttp | undefined {
  const [bucket, another] = bucketsOf(website);
  if (!bucket || another) return undefined;
  const { sure } = configurationOf("aws_s3_bucket_policy", bucket);
  const own = isOwn("policy", "aws_s3_bucket_policy", bucket) ? [bucket] : [];
  const policy = [...sure, ...own].find((one) => {
    const refusal = refusalOf(one);
    return isShown(refusal) && refusal.value;
  });
  return policy && { ...known("refused"), ...standAt(website, ""), related: [policy.address] };
}

/** The buckets that it may be the website of. */
function bucketsOf(website: Resource): readonly Resource[] {
  if (website.type === "aws_s3_bucket") return [website];
  const link = bucketOf(website);
  return link.state === "found" ? link.resources : [];
}

const served = (block: Block, attribute: string): PlainHttp => ({
  ...known("served"),
  ...standAt(block, attribute),
  note: text`an S3 website endpoint answers plain HTTP only`,
});

function plainHttpOf(website: Resource): PlainHttp {
  const redirect = website.block("redirect_all_requests_to");
  if (redirect.presence === "absent") return denialOf(website) ?? served(website, "");
  return fact(redirect, "protocol", {
    read: (value) => lookUp({ http: "served", https: "redirected" } as const, value),
    // "The default is the protocol that is used in the original request" (API_RedirectAllRequestsTo)
    absent: "served",
    remedy: "https",
  });
}

/** The bucket's own block writes a URL, or the host alone. */
function plainHttpOfBlock(website: Block): PlainHttp {
  const attribute = "redirect_all_requests_to";
  const target = website.value(attribute);
  if (target.state === "absent") return denialOf(website.resource) ?? served(website, "");
  const stand = standAt(website, attribute);
  if (target.state === "unknown") return { ...target, ...stand };
  return { ...target, value: /^https:\/\//.test(String(target.value)) ? "redirected" : "served", ...stand };
}

const endpoints = { aws_s3_bucket: ["website_endpoint"], aws_s3_bucket_website_configuration: ["website_endpoint"] };

function isBehindCloudFront(website: Resource): boolean {
  const own = [website, ...bucketsOf(website)];
  const bucket = website.value("bucket");
  const isOwnHost = (host: unknown) => isShown(bucket) && String(host).startsWith(`${bucket.value}.s3-website`);
  return website.scope.view
    .resources("aws_cloudfront_distribution")
    .flatMap((distribution) => distribution.blocks("origin", { set: true }))
    .some((origin) => {
      // CloudFront takes a website endpoint for a custom origin alone.
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistS3AndCustomOrigins.html
      if (origin.block("custom_origin_config").presence === "absent") return false;
      const target = origin.link("domain_name", endpoints);
      if (target.state === "outside") return isShown(target.value) && isOwnHost(target.value.value);
      return target.state === "found" && target.resources.some((one) => own.includes(one));
    });
}

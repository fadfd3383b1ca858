// What several constructs share: the record that validates a name, and a bucket of another stack.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import { afterAll, describe, expect, test } from "vitest";
import { Certificate, type CertificateProps, Validation } from "../../modules/certificate.ts";
import { Distribution } from "../../modules/distribution.ts";
import { Logs } from "../../modules/logs.ts";
import { Origin } from "../../modules/origin.ts";
import { PrivateBucket, type PrivateBucketProps } from "../../modules/private-bucket.ts";
import { UsEast1 } from "../../modules/us-east-1.ts";
import { offline, synth } from "./synth.ts";

// biome-ignore lint/suspicious/noExplicitAny: what is synthesised has no type.
type Values = any;

const zones = { "example.com": "Z1" };
const read = (directory: string): Values => JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8"));

describe("the record that validates a name", () => {
  const request = (
    stack: TerraformStack,
    id: string,
    props: Partial<CertificateProps<"cloudfront" | "regional">> = {},
  ) =>
    new Certificate<"cloudfront" | "regional">(stack, id, {
      domains: ["example.com"],
      validation: Validation.dns(zones),
      ...props,
    });

  const records = (build: (stack: TerraformStack) => void): readonly [Values, Values] => {
    const { aws_route53_record: made, aws_acm_certificate_validation: validations } = read(synth(build)).resource;
    return [made, Object.values(validations).map((one: Values) => one.validation_record_fqdns)];
  };

  test("is written once for two certificates, in two regions and with a wildcard, and both wait for it", () => {
    const [made, waited] = records((stack) => {
      request(stack, "edge");
      request(stack, "balancer", { use: "regional", domains: ["*.example.com", "example.com"] });
    });
    const [name = "", ...others] = Object.keys(made);
    expect(others).toEqual([]);
    expect(waited).toEqual([[`\${aws_route53_record.${name}.fqdn}`], [`\${aws_route53_record.${name}.fqdn}`]]);
  });

  test("keeps its address when one of the certificates goes", () => {
    const [both] = records((stack) => {
      request(stack, "old");
      request(stack, "new");
    });
    const [one] = records((stack) => void request(stack, "new"));
    expect(Object.keys(one)).toEqual(Object.keys(both));
  });

  test("is another one for a certificate of another account, which ACM asks for another record", () => {
    const [made] = records((stack) => {
      request(stack, "ours");
      const provider = new AwsProvider(stack, "other", {
        ...offline,
        region: "us-east-1",
        alias: "theirs",
        profile: "theirs",
      });
      request(stack, "theirs", { usEast1: UsEast1.from(provider) });
    });
    const values = Object.values<Values>(made).map(({ records: [value] }) => /certificate\.(\w+?)_/.exec(value)?.[1]);
    expect(values.sort()).toEqual(["ours", "theirs"]);
  });

  test("is the same one for a provider that has the settings of the default one", () => {
    const [made] = records((stack) => {
      request(stack, "first");
      const provider = new AwsProvider(stack, "edge", { ...offline, region: "us-east-1", alias: "edge" });
      request(stack, "second", { usEast1: UsEast1.from(provider) });
    });
    expect(Object.keys(made)).toHaveLength(1);
  });

  test("is another one in another zone, and the same one where a zone's id is a token", () => {
    const [made] = records((stack) => {
      const zone = new TerraformVariable(stack, "zone", {});
      request(stack, "first");
      request(stack, "second", { validation: Validation.dns({ "example.com": zone.stringValue }) });
      request(stack, "third", { validation: Validation.dns({ "example.com": zone.stringValue }) });
    });
    expect(
      Object.values<Values>(made)
        .map((one) => one.zone_id)
        .sort(),
    ).toEqual([`\${var.zone}`, "Z1"]);
  });
});

describe("a bucket and a distribution in two stacks", () => {
  const root = mkdtempSync(join(tmpdir(), "tlsgate-stacks-"));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  function stacksOf(props: PrivateBucketProps, options: { readonly logs?: boolean; readonly cdns?: number } = {}) {
    const outdir = mkdtempSync(join(root, "app-"));
    const app = new App({ outdir });
    const stack = (id: string) => {
      const made = new TerraformStack(app, id);
      new AwsProvider(made, "aws", offline);
      return made;
    };
    const bucket = new PrivateBucket(stack("storage"), "files", props);
    const edge = stack("edge");
    for (let index = 0; index < (options.cdns ?? 1); index++)
      new Distribution(edge, `cdn${index}`, {
        domains: [`n${index}.example.com`],
        certificate: Certificate.fromArn("arn:aws:acm:us-east-1:123456789012:certificate/1"),
        origin: options.logs ? Origin.https("backend.example.com") : Origin.s3(bucket),
        ...(options.logs ? { logs: Logs.s3({ bucket }) } : {}),
      });
    app.synth();
    const [storage, cdn] = ["storage", "edge"].map((id) => read(join(outdir, "stacks", id)));
    const [policy] = Object.values<Values>(storage.resource.aws_s3_bucket_policy);
    return { storage, cdn, statements: JSON.parse(policy.policy).Statement };
  }

  test("are refused where nothing names the account", () => {
    const message =
      'edge/cdn0 in another stack uses the bucket: each stack would need the other first. Put both in one stack, or create the bucket with account: "123456789012", the account of the distribution.';
    expect(() => stacksOf({})).toThrow(message);
    expect(() => stacksOf({}, { logs: true })).toThrow("edge/cdn0/logs in another stack uses the bucket");
  });

  test("an account is of 12 digits", () => {
    expect(() => stacksOf({ account: "web" })).toThrow('account "web": write the 12 digits of an account of AWS.');
  });

  test("work by the account: only one stack needs the other", () => {
    const { storage, cdn, statements } = stacksOf({ account: "123456789012" }, { cdns: 2 });
    expect(statements.slice(0, -2)).toEqual([
      {
        Sid: "Distribution1",
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: "s3:GetObject",
        Resource: expect.stringMatching(/\.arn\}\/\*$/),
        Condition: { ArnLike: { "AWS:SourceArn": "arn:*:cloudfront::123456789012:distribution/*" } },
      },
    ]);
    expect(storage.data).toBeUndefined();
    expect(Object.keys(cdn.data.terraform_remote_state)).toEqual(["cross-stack-reference-input-storage"]);
  });

  test("so do logs", () => {
    const { storage, cdn, statements } = stacksOf({ account: "123456789012" }, { logs: true });
    expect(statements.slice(0, -2)).toMatchObject([
      {
        Sid: "Logs1",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: "s3:PutObject",
        Condition: {
          StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" },
          ArnLike: { "aws:SourceArn": "arn:*:logs:us-east-1:123456789012:delivery-source:*" },
        },
      },
    ]);
    expect(storage.data).toBeUndefined();
    const [delivery] = Object.values<Values>(cdn.resource.aws_cloudwatch_log_delivery);
    expect(delivery).not.toHaveProperty("depends_on");
  });
});

test("two origins of one distribution and one bucket are one permission", () => {
  const { resource } = read(
    synth((stack) => {
      const bucket = new PrivateBucket(stack, "files");
      new Distribution(stack, "cdn", {
        domains: ["example.com"],
        certificate: Certificate.fromArn("arn:aws:acm:us-east-1:123456789012:certificate/1"),
        origin: Origin.s3(bucket),
        behaviors: { "/old/*": { origin: Origin.s3(bucket, { path: "/archive" }) } },
      });
    }),
  );
  const [{ policy }] = Object.values<Values>(resource.aws_s3_bucket_policy);
  expect(JSON.parse(policy).Statement.map(({ Sid }: Values) => Sid)).toEqual(["Distribution1", "PlainHttp", "OldTls"]);
});

// The private bucket, as construct and as Terraform module. Its policy is known after the apply: the module's tests read it.

import { PrivateBucket, type PrivateBucketProps } from "../../../modules/private-bucket.ts";
import type { EqualCase, EqualModule } from "./case.ts";

const distributionArn = "arn:aws:cloudfront::123456789012:distribution/E1";

const keep = (name: string, props: PrivateBucketProps, inputs: EqualCase["inputs"]): EqualCase => ({
  name,
  build: (scope, id) => new PrivateBucket(scope, id, props).allowDistribution(distributionArn),
  inputs: { distribution_arns: { site: distributionArn }, ...inputs },
});

export const privateBucket: EqualModule = {
  module: "private-bucket",
  cases: [
    keep("plain", {}, {}),
    keep("named", { name: "files-of-example-com" }, { name: "files-of-example-com" }),
    keep(
      "own-key",
      { kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1" },
      { kms_key_arn: "arn:aws:kms:eu-west-1:123456789012:key/1" },
    ),
    keep("tagged", { tags: { team: "web" } }, { tags: { team: "web" } }),
    keep("unversioned", { versioning: false }, { versioning: false }),
    keep("expiring", { versioning: false, expireDays: 90 }, { versioning: false, expire_days: 90 }),
  ],
};

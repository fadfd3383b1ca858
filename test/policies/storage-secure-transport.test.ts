// The policy storage-secure-transport, on object stores made up and on a real plan.

import policy from "../../policies/storage-secure-transport.ts";
import { known, objectStore, sensitive, unknown } from "../support/endpoint.ts";
import { testPolicy } from "../support/policy.ts";

testPolicy(policy, {
  pass: {
    refused: objectStore(known(true)),
    "refused, sensitive": objectStore(sensitive(true)),
  },
  fail: {
    accepted: objectStore(known(false)),
    "accepted, sensitive": objectStore(sensitive(false)),
  },
  unknown: {
    "known after apply": objectStore(unknown),
  },
  plan: {
    "aws_s3_bucket_policy.literal": "pass",
    "aws_s3_bucket_policy.objects_only": "fail",
    "aws_s3_bucket_policy.old_tls_only": "fail",
    "aws_s3_bucket_policy.document": "pass",
    "aws_s3_bucket_policy.new_bucket": "unknown",
    "aws_s3_bucket_policy.encoded": "unknown",
    "aws_s3_bucket.inline": "pass",
    "aws_s3_bucket.without_policy": "fail",
    "aws_s3_bucket.public": "fail",
    "aws_s3_bucket.website": "fail",
    "aws_s3_directory_bucket.express": "pass",
    "aws_s3_access_point.reports": "pass",
    "aws_s3control_multi_region_access_point.everywhere": "pass",
  },
});

// Directory buckets, access points, multi-region access points → object stores that take HTTPS alone, whatever is set.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-data-protection.html
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-directory-buckets-naming.html
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRestrictions.html

import { defineAdapter } from "../../facts/adapter.ts";
import { always } from "../../facts/service.ts";
import { text } from "../../text.ts";

const kinds: { readonly [type: string]: string } = {
  aws_s3_directory_bucket: "S3 directory bucket",
  aws_s3_access_point: "S3 access point",
  aws_s3control_multi_region_access_point: "S3 multi-region access point",
};

export default defineAdapter({
  id: "aws/s3-access-point",
  resourceTypes: Object.keys(kinds),
  objectStores: (resource) => [
    {
      address: resource.address,
      kind: kinds[resource.type] ?? "S3 access point",
      refusesPlainHttp: always(resource, true, text`it takes HTTPS alone`),
    },
  ],
});

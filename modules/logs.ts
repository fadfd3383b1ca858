// Where a distribution's access logs go: standard logging (v2), by vended log deliveries.

import { CloudwatchLogDelivery } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery/index.js";
import { CloudwatchLogDeliveryDestination } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-destination/index.js";
import { CloudwatchLogDeliverySource } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-source/index.js";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { hashedName } from "./hashed-name.ts";
import { PrivateBucket } from "./private-bucket.ts";
import { type Placement, UsEast1 } from "./us-east-1.ts";

/** Logs as files. */
export interface BucketLogOptions {
  /**
   * The bucket that gets the logs, of this stack, or of another one (a PrivateBucket with `account`, or any bucket whose policy lets
   * `delivery.logs.amazonaws.com` in).
   *
   * @default a new PrivateBucket without old versions: nobody overwrites logs
   */
  readonly bucket?: PrivateBucket | { readonly arn: string };
  /**
   * Days for which the files of a new bucket are kept.
   *
   * @default 365: a year, which most audits ask for; addresses of viewers are personal data
   */
  readonly retentionDays?: number;
  /**
   * Format of the files.
   *
   * @default "json": every tool reads it, and only parquet is billed
   */
  readonly format?: "json" | "parquet" | "w3c" | "plain";
  /**
   * Path of the files below AWS's own prefix, with CloudFront's variables: "{DistributionId}/{yyyy}/{MM}/{dd}".
   *
   * @default none: AWS drops its prefix when a path is changed later, and the files move (hashicorp/terraform-provider-aws#46328)
   */
  readonly path?: string;
}

/** Logs as lines. */
export interface LogGroupOptions {
  /**
   * Days for which log lines are kept.
   *
   * @default 365: a year, which most audits ask for
   */
  readonly retentionDays?:
    | 1
    | 3
    | 5
    | 7
    | 14
    | 30
    | 60
    | 90
    | 120
    | 150
    | 180
    | 365
    | 400
    | 545
    | 731
    | 1096
    | 1827
    | 3653;
  /**
   * Format of the lines.
   *
   * @default "json": CloudWatch Logs Insights finds its fields
   */
  readonly format?: "json" | "w3c" | "plain";
}

interface Target {
  readonly arn: string;
  readonly format: string;
  readonly path?: string | undefined;
  readonly waitFor: readonly ITerraformDependable[];
}

type Targeting = (scope: Construct, source: CloudwatchLogDeliverySource, placement: Placement) => Target;

/**
 * Access logs of a distribution. CloudFront's older logging needs ACLs on a bucket and is not offered (AWS, "Configure
 * standard logging (v2)").
 */
export class Logs {
  readonly #target: Targeting | undefined;
  /** Nothing else has its shape: it comes from here alone. */
  declare protected readonly nominal: true;

  private constructor(target?: Targeting) {
    this.#target = target;
  }

  /** To a bucket, in any region. */
  static s3({ bucket, retentionDays = 365, format = "json", path }: BucketLogOptions = {}): Logs {
    return new Logs((scope, source) => {
      const target = bucket ?? new PrivateBucket(scope, "bucket", { versioning: false, expireDays: retentionDays });
      if (!(target instanceof PrivateBucket)) return { arn: target.arn, format, path, waitFor: [] };
      const waitFor = target.allowLogs(source.arn, scope);
      return { arn: target.arn, format, path, waitFor };
    });
  }

  /** To a new log group of CloudWatch, in us-east-1. */
  static cloudWatch({ retentionDays = 365, format = "json" }: LogGroupOptions = {}): Logs {
    return new Logs((scope, _, placement) => {
      const name = `/tlsgate/${scope.node.path.replace(/[^\w/.-]+/g, "-")}`;
      const group = new CloudwatchLogGroup(scope, "group", {
        ...placement,
        name,
        retentionInDays: retentionDays,
      });
      return { arn: group.arn, format, waitFor: [] };
    });
  }

  /** To a delivery stream of Amazon Data Firehose, by its ARN. */
  static firehose(arn: string): Logs {
    return new Logs(() => ({ arn, format: "json", waitFor: [] }));
  }

  /** Nowhere. */
  static none(): Logs {
    return new Logs();
  }

  /** @internal Delivers what a distribution logs; everything but the bucket is made in us-east-1, as CloudFront asks. */
  deliver(owner: Construct, distributionArn: string, usEast1?: UsEast1): void {
    if (!this.#target) return;
    const scope = new Construct(owner, "logs");
    const { placement } = usEast1 ?? UsEast1.of(owner);
    const name = hashedName(owner, "logs");
    const source = new CloudwatchLogDeliverySource(scope, "source", {
      ...placement,
      name,
      logType: "ACCESS_LOGS",
      resourceArn: distributionArn,
    });
    const { arn, format, path, waitFor } = this.#target(scope, source, placement);
    const destination = new CloudwatchLogDeliveryDestination(scope, "destination", {
      ...placement,
      name,
      outputFormat: format,
      deliveryDestinationConfiguration: [{ destinationResourceArn: arn }],
    });
    new CloudwatchLogDelivery(scope, "delivery", {
      ...placement,
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      // The provider asks for both once the block is there.
      ...(path ? { s3DeliveryConfiguration: [{ suffixPath: path, enableHiveCompatiblePath: false }] } : {}),
      ...(waitFor.length > 0 ? { dependsOn: [...waitFor] } : {}),
    });
  }
}

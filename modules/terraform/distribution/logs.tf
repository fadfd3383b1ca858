# Access logs: standard logging (v2), by vended log deliveries, all of which but the bucket are in us-east-1, as CloudFront asks.

resource "aws_cloudwatch_log_delivery_source" "this" {
  count    = var.logs == null ? 0 : 1
  provider = aws.us_east_1

  name         = local.names["logs"]
  log_type     = "ACCESS_LOGS"
  resource_arn = aws_cloudfront_distribution.this.arn
}

module "log_bucket" {
  source = "../private-bucket"
  count  = try(var.logs.to == "s3" && var.logs.bucket == null, false) ? 1 : 0

  # Nobody overwrites logs.
  versioning      = false
  expire_days     = var.logs.retention_days
  log_source_arns = { distribution = aws_cloudwatch_log_delivery_source.this[0].arn }
}

resource "aws_cloudwatch_log_group" "this" {
  count    = try(var.logs.to == "cloudwatch", false) ? 1 : 0
  provider = aws.us_east_1

  name              = "/tlsgate/${replace("${local.name}/logs", "/[^\\w/.-]+/", "-")}"
  retention_in_days = var.logs.retention_days
}

resource "aws_cloudwatch_log_delivery_destination" "this" {
  count    = var.logs == null ? 0 : 1
  provider = aws.us_east_1

  name          = local.names["logs"]
  output_format = var.logs.format

  delivery_destination_configuration {
    destination_resource_arn = (
      var.logs.to == "firehose" ? var.logs.stream_arn :
      var.logs.to == "cloudwatch" ? one(aws_cloudwatch_log_group.this[*].arn) :
      var.logs.bucket != null ? var.logs.bucket.arn : one(module.log_bucket[*].arn)
    )
  }
}

resource "aws_cloudwatch_log_delivery" "this" {
  count    = var.logs == null ? 0 : 1
  provider = aws.us_east_1

  delivery_source_name      = aws_cloudwatch_log_delivery_source.this[0].name
  delivery_destination_arn  = aws_cloudwatch_log_delivery_destination.this[0].arn
  s3_delivery_configuration = var.logs.path == null ? null : [{ suffix_path = var.logs.path, enable_hive_compatible_path = false }]

  # The bucket's policy has to let the delivery in first.
  depends_on = [module.log_bucket]
}

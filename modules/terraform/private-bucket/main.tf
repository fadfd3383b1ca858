# A bucket that nobody reads but those who are let in, over TLS 1.2 or newer.

resource "aws_s3_bucket" "this" {
  bucket = var.name
  tags   = length(var.tags) > 0 ? var.tags : null
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket = aws_s3_bucket.this.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "this" {
  count  = var.versioning ? 1 : 0
  bucket = aws_s3_bucket.this.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = var.kms_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  count  = var.expire_days == null ? 0 : 1
  bucket = aws_s3_bucket.this.id

  rule {
    id     = "expire"
    status = "Enabled"

    filter {
      prefix = ""
    }

    expiration {
      days = var.expire_days
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

locals {
  arn = aws_s3_bucket.this.arn

  # Who may read: each distribution by its ARN, or all of an account.
  readers = concat(
    [for arn in values(var.distribution_arns) : { StringEquals = { "AWS:SourceArn" = arn } }],
    [for account in var.reader_account[*] : { ArnLike = { "AWS:SourceArn" = "arn:*:cloudfront::${account}:distribution/*" } }],
  )

  # Which delivery sources may log here; their ARN names the account, so nobody else's logs get in.
  log_sources = concat(
    values(var.log_source_arns),
    [for account in var.log_account[*] : "arn:*:logs:us-east-1:${account}:delivery-source:*"],
  )
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [for index, condition in local.readers : {
        Sid       = "Distribution${index + 1}"
        Effect    = "Allow"
        Principal = { Service = "cloudfront.amazonaws.com" }
        Action    = "s3:GetObject"
        Resource  = "${local.arn}/*"
        Condition = condition
      }],
      [for index, source in local.log_sources : {
        Sid       = "Logs${index + 1}"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${local.arn}/*"
        Condition = {
          StringEquals = { "s3:x-amz-acl" = "bucket-owner-full-control" }
          ArnLike      = { "aws:SourceArn" = source }
        }
      }],
      [for sid, condition in {
        OldTls    = { NumericLessThan = { "s3:TlsVersion" = "1.2" } }
        PlainHttp = { Bool = { "aws:SecureTransport" = "false" } }
        } : {
        Sid       = sid
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [local.arn, "${local.arn}/*"]
        Condition = condition
      }],
    )
  })

  # S3 refuses one of two changes to the access of a bucket that come at the same time.
  depends_on = [aws_s3_bucket_public_access_block.this]
}

# Buckets that refuse plain HTTP and buckets that do not, by their policies or without one.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "mock_access_key"
  secret_key                  = "mock_secret_key"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

locals {
  deny = {
    Effect    = "Deny"
    Principal = "*"
    Action    = "s3:*"
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }
}

# --- the plan shows the whole policy

resource "aws_s3_bucket" "literal" {
  bucket = "literal-example"
}

resource "aws_s3_bucket_policy" "literal" {
  bucket = aws_s3_bucket.literal.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { Service = "delivery.logs.amazonaws.com" }, Action = "s3:PutObject", Resource = "arn:aws:s3:::literal-example/*" },
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::literal-example", "arn:aws:s3:::literal-example/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_s3_bucket" "objects_only" {
  bucket = "objects-only-example"
}

resource "aws_s3_bucket_policy" "objects_only" {
  bucket = aws_s3_bucket.objects_only.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = "arn:aws:s3:::objects-only-example/*"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

# Plain HTTP has no version of TLS, so the condition does not hold for it.
resource "aws_s3_bucket" "old_tls_only" {
  bucket = "old-tls-only-example"
}

resource "aws_s3_bucket_policy" "old_tls_only" {
  bucket = aws_s3_bucket.old_tls_only.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [merge(local.deny, {
      Resource  = ["arn:aws:s3:::old-tls-only-example", "arn:aws:s3:::old-tls-only-example/*"]
      Condition = { NumericLessThan = { "s3:TlsVersion" = 1.2 } }
    })]
  })
}

data "aws_iam_policy_document" "document" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::document-example", "arn:aws:s3:::document-example/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "document" {
  bucket = "document-example"
  policy = data.aws_iam_policy_document.document.json
}

resource "aws_s3_bucket" "inline" {
  bucket = "inline-example"
  policy = jsonencode({ Version = "2012-10-17", Statement = [merge(local.deny, { Resource = ["arn:aws:s3:::inline-example", "arn:aws:s3:::inline-example/*"] })] })
}

# --- the ARN of a new bucket is known after apply

resource "aws_s3_bucket" "new_bucket" {
  bucket_prefix = "new-"
}

data "aws_iam_policy_document" "new_bucket" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.new_bucket.arn, "${aws_s3_bucket.new_bucket.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "new_bucket" {
  bucket = aws_s3_bucket.new_bucket.id
  policy = data.aws_iam_policy_document.new_bucket.json
}

resource "aws_s3_bucket" "encoded" {
  bucket = "encoded-example"
}

resource "aws_s3_bucket_policy" "encoded" {
  bucket = aws_s3_bucket.encoded.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [merge(local.deny, { Resource = [aws_s3_bucket.encoded.arn, "${aws_s3_bucket.encoded.arn}/*"] })] })
}

# --- no policy

resource "aws_s3_bucket" "without_policy" {
  bucket = "without-policy-example"
}

resource "aws_s3_bucket" "public" {
  bucket = "public-example"
}

resource "aws_s3_bucket_acl" "public" {
  bucket = aws_s3_bucket.public.id
  acl    = "public-read"
}

resource "aws_s3_bucket" "website" {
  bucket = "website-example"
}

resource "aws_s3_bucket_website_configuration" "website" {
  bucket = aws_s3_bucket.website.id
  index_document {
    suffix = "index.html"
  }
}

# --- HTTPS alone, whatever is set

resource "aws_s3_directory_bucket" "express" {
  bucket = "express--use1-az4--x-s3"
  location {
    name = "use1-az4"
  }
}

resource "aws_s3_bucket_policy" "express" {
  bucket = aws_s3_directory_bucket.express.bucket
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:root" }
      Action    = "s3express:CreateSession"
      Resource  = "*"
    }]
  })
}

resource "aws_s3_access_point" "reports" {
  bucket = aws_s3_bucket.literal.id
  name   = "reports"
}

resource "aws_s3control_multi_region_access_point" "everywhere" {
  details {
    name = "everywhere"
    region {
      bucket = aws_s3_bucket.literal.id
    }
  }
}

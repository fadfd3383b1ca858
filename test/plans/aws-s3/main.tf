# Buckets by what their policies say of plain HTTP, and websites.
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
  everything = ["arn:aws:s3:::example", "arn:aws:s3:::example/*"]
  deny = {
    Effect    = "Deny"
    Principal = { AWS = "*" }
    Action    = "s3:*"
    Resource  = local.everything
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }
}

# --- the whole policy is known

resource "aws_s3_bucket_policy" "known" {
  for_each = {
    denied       = [local.deny]
    one_by_one   = [for one in local.everything : merge(local.deny, { Resource = one })]
    all_at_all   = [merge(local.deny, { Principal = "*", Action = "*", Resource = "*" })]
    not_secure   = [merge(local.deny, { Condition = { BoolIfExists = { "AWS:SecureTransport" = [false] } } })]
    no_tls       = [merge(local.deny, { Condition = { Null = { "s3:TlsVersion" = "true" } } })]
    tls_1_3      = [local.deny, merge(local.deny, { Condition = { NumericLessThan = { "s3:TlsVersion" = 1.3 } } })]
    objects      = [merge(local.deny, { Resource = "arn:aws:s3:::example/*" })]
    bucket       = [merge(local.deny, { Resource = "arn:aws:s3:::example" })]
    some_objects = [merge(local.deny, { Resource = ["arn:aws:s3:::example", "arn:aws:s3:::example/private/*"] })]
    somebody     = [merge(local.deny, { Principal = { AWS = "arn:aws:iam::123456789012:root" } })]
    a_service    = [merge(local.deny, { Principal = { Service = "*" } })]
    reading      = [merge(local.deny, { Action = ["s3:GetObject", "s3:ListBucket"] })]
    secure       = [merge(local.deny, { Condition = { Bool = { "aws:SecureTransport" = "true" } } })]
    allowed      = [merge(local.deny, { Effect = "Allow", Condition = { Bool = { "aws:SecureTransport" = "true" } } })]
    old_tls      = [merge(local.deny, { Condition = { NumericLessThan = { "s3:TlsVersion" = "1.2" } } })]
    # All conditions of a statement have to hold, and plain HTTP has no version of TLS.
    both_at_once = [merge(local.deny, { Condition = merge(local.deny.Condition, { NumericLessThan = { "s3:TlsVersion" = "1.2" } }) })]
    from_outside = [merge(local.deny, { Condition = merge(local.deny.Condition, { StringNotEquals = { "aws:PrincipalAccount" = "123456789012" } }) })]
    but_for      = [{ for name, value in merge(local.deny, { NotAction = "s3:PutObject" }) : name => value if name != "Action" }]
  }
  bucket = "example"
  policy = jsonencode({ Version = "2012-10-17", Statement = each.value })
}

resource "aws_s3_bucket_policy" "single_statement" {
  bucket = "example"
  policy = jsonencode({ Version = "2012-10-17", Statement = local.deny })
}

resource "aws_s3_bucket" "with_policy" {
  bucket = "with-policy"
  policy = jsonencode({ Version = "2012-10-17", Statement = [local.deny] })
}

# --- a new bucket's ARN is not known, nor is then what refers to it

resource "aws_s3_bucket" "new" {
  bucket_prefix = "new-"
}

data "aws_iam_policy_document" "new" {
  for_each = {
    denied   = { resources = [aws_s3_bucket.new.arn, "${aws_s3_bucket.new.arn}/*"], secure = "false" }
    objects  = { resources = ["${aws_s3_bucket.new.arn}/*"], secure = "false" }
    wrongway = { resources = [aws_s3_bucket.new.arn, "${aws_s3_bucket.new.arn}/*"], secure = "true" }
    # A plan shows the same of them as of denied.
    prefixes = { resources = ["${aws_s3_bucket.new.arn}/private/*", "${aws_s3_bucket.new.arn}/public/*"], secure = "false" }
    known    = { resources = ["arn:aws:s3:::new", "arn:aws:s3:::new/*"], secure = "false" }
  }
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.new.arn}/*"]
    principals {
      type        = "Service"
      identifiers = ["cloudfront.amazonaws.com"]
    }
  }
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = each.value.resources
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = [each.value.secure]
    }
  }
}

resource "aws_s3_bucket_policy" "document" {
  for_each = data.aws_iam_policy_document.new
  bucket   = aws_s3_bucket.new.id
  policy   = each.value.json
}

data "aws_iam_policy_document" "merged" {
  source_policy_documents = [data.aws_iam_policy_document.new["denied"].json]
}

resource "aws_s3_bucket_policy" "merged" {
  bucket = aws_s3_bucket.new.id
  policy = data.aws_iam_policy_document.merged.json
}

data "aws_iam_policy_document" "one_of_two" {
  source_policy_documents = compact([for name in ["denied", "objects"] : data.aws_iam_policy_document.new[name].json])
}

resource "aws_s3_bucket_policy" "one_of_two" {
  bucket = aws_s3_bucket.new.id
  policy = data.aws_iam_policy_document.one_of_two.json
}

resource "aws_s3_bucket_policy" "encoded" {
  bucket = aws_s3_bucket.new.id
  policy = jsonencode({ Version = "2012-10-17", Statement = merge(local.deny, { Resource = [aws_s3_bucket.new.arn, "${aws_s3_bucket.new.arn}/*"] }) })
}

# --- websites

resource "aws_s3_bucket_website_configuration" "site" {
  bucket = "site"
  index_document {
    suffix = "index.html"
  }
}

resource "aws_s3_bucket_website_configuration" "redirect" {
  for_each = toset(["http", "https"])
  bucket   = "redirect-${each.key}"
  redirect_all_requests_to {
    host_name = "www.example.com"
    protocol  = each.key
  }
}

resource "aws_s3_bucket_website_configuration" "same_protocol" {
  bucket = "same-protocol"
  redirect_all_requests_to {
    host_name = "www.example.com"
  }
}

resource "aws_s3_bucket" "own_website" {
  for_each = {
    documents = { index = "index.html", redirect = null }
    redirect  = { index = null, redirect = "https://www.example.com" }
    plain     = { index = null, redirect = "http://www.example.com" }
  }
  bucket = "own-${each.key}"
  website {
    index_document           = each.value.index
    redirect_all_requests_to = each.value.redirect
  }
}

# Behind a distribution: the hop to it is judged there.
resource "aws_s3_bucket" "fronted" {
  bucket = "fronted"
}

resource "aws_s3_bucket_website_configuration" "fronted" {
  bucket = aws_s3_bucket.fronted.id
  index_document {
    suffix = "index.html"
  }
}

resource "aws_s3_bucket_website_configuration" "fronted_by_name" {
  bucket = "fronted-by-name"
  index_document {
    suffix = "index.html"
  }
}

resource "aws_cloudfront_distribution" "front" {
  enabled = true
  origin {
    origin_id   = "reference"
    domain_name = aws_s3_bucket_website_configuration.fronted.website_endpoint
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  origin {
    origin_id   = "name"
    domain_name = "fronted-by-name.s3-website-us-east-1.amazonaws.com"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "reference"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

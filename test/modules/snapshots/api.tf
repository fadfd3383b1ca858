# What examples/api becomes; written by test/modules/examples.test.ts.

terraform {
  required_providers {
    aws = {
      source  = "aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

resource "aws_acm_certificate" "api_certificate_6A864125" {
  provider          = aws.us_east_1
  domain_name       = "api.example.com"
  key_algorithm     = "RSA_2048"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }

  options {
    certificate_transparency_logging_preference = "ENABLED"
  }
}

resource "aws_acm_certificate_validation" "api_certificate_validation_AA2373B3" {
  provider                = aws.us_east_1
  certificate_arn         = aws_acm_certificate.api_certificate_6A864125.arn
  validation_record_fqdns = [aws_route53_record.tlsgate-validation_apiexamplecom_A3526E38.fqdn]

  timeouts {
    create = "20m"
  }
}

resource "aws_cloudfront_cache_policy" "api_cdn_origin-controlled_ACA1A8E8" {
  default_ttl = 0
  max_ttl     = 31536000
  min_ttl     = 0
  name        = "api-api-cdn-f5dbc86677"

  lifecycle {
    create_before_destroy = true
  }

  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_brotli = true
    enable_accept_encoding_gzip   = true

    cookies_config {
      cookie_behavior = "none"
    }

    headers_config {
      header_behavior = "whitelist"

      headers {
        items = ["Origin"]
      }
    }

    query_strings_config {
      query_string_behavior = "all"
    }
  }
}

resource "aws_cloudfront_distribution" "api_cdn_distribution_5AA53AFF" {
  aliases         = ["api.example.com"]
  enabled         = true
  http_version    = "http2and3"
  is_ipv6_enabled = true
  price_class     = "PriceClass_All"

  default_cache_behavior {
    allowed_methods            = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
    cache_policy_id            = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    origin_request_policy_id   = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
    response_headers_policy_id = aws_cloudfront_response_headers_policy.api_cdn_headers_91FDC0AA.id
    target_origin_id           = "https-backend.example.com"
    viewer_protocol_policy     = "https-only"
  }

  ordered_cache_behavior {
    allowed_methods            = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
    cache_policy_id            = aws_cloudfront_cache_policy.api_cdn_origin-controlled_ACA1A8E8.id
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    path_pattern               = "/public/*"
    response_headers_policy_id = aws_cloudfront_response_headers_policy.api_cdn_headers_91FDC0AA.id
    target_origin_id           = "https-backend.example.com"
    viewer_protocol_policy     = "https-only"
  }

  origin {
    domain_name = "backend.example.com"
    origin_id   = "https-backend.example.com"

    custom_origin_config {
      http_port                = 80
      https_port               = 443
      origin_keepalive_timeout = 5
      origin_protocol_policy   = "https-only"
      origin_read_timeout      = 30
      origin_ssl_protocols     = ["TLSv1.2"]
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate_validation.api_certificate_validation_AA2373B3.certificate_arn
    minimum_protocol_version = "TLSv1.2_2021"
    ssl_support_method       = "sni-only"
  }
}

resource "aws_cloudfront_response_headers_policy" "api_cdn_headers_91FDC0AA" {
  name = "api-api-cdn-86a0c37a89"

  cors_config {
    access_control_allow_credentials = false
    access_control_max_age_sec       = 600
    origin_override                  = true

    access_control_allow_headers {
      items = ["Content-Type", "Authorization"]
    }

    access_control_allow_methods {
      items = ["GET", "POST"]
    }

    access_control_allow_origins {
      items = ["https://app.example.com"]
    }
  }

  lifecycle {
    create_before_destroy = true
  }

  security_headers_config {
    content_security_policy {
      content_security_policy = "default-src 'none'; frame-ancestors 'none'"
      override                = true
    }

    content_type_options {
      override = true
    }

    frame_options {
      frame_option = "DENY"
      override     = true
    }

    referrer_policy {
      override        = true
      referrer_policy = "strict-origin-when-cross-origin"
    }

    strict_transport_security {
      access_control_max_age_sec = 63072000
      include_subdomains         = true
      override                   = true
      preload                    = false
    }
  }
}

resource "aws_cloudwatch_log_delivery" "api_cdn_logs_delivery_A4E55B8E" {
  depends_on               = [aws_s3_bucket_policy.api_cdn_logs_bucket_policy_61E27527]
  provider                 = aws.us_east_1
  delivery_destination_arn = aws_cloudwatch_log_delivery_destination.api_cdn_logs_destination_262021B2.arn
  delivery_source_name     = aws_cloudwatch_log_delivery_source.api_cdn_logs_source_2EC74DD0.name
}

resource "aws_cloudwatch_log_delivery_destination" "api_cdn_logs_destination_262021B2" {
  provider      = aws.us_east_1
  name          = "api-api-cdn-5ad3090fae"
  output_format = "json"

  delivery_destination_configuration {
    destination_resource_arn = aws_s3_bucket.api_cdn_logs_bucket_6791D1EE.arn
  }
}

resource "aws_cloudwatch_log_delivery_source" "api_cdn_logs_source_2EC74DD0" {
  provider     = aws.us_east_1
  log_type     = "ACCESS_LOGS"
  name         = "api-api-cdn-5ad3090fae"
  resource_arn = aws_cloudfront_distribution.api_cdn_distribution_5AA53AFF.arn
}

resource "aws_route53_record" "api_cdn_A-apiexamplecom_08154DBA" {
  name    = "api.example.com"
  type    = "A"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.api_cdn_distribution_5AA53AFF.domain_name
    zone_id                = aws_cloudfront_distribution.api_cdn_distribution_5AA53AFF.hosted_zone_id
  }
}

resource "aws_route53_record" "api_cdn_AAAA-apiexamplecom_0ABD2C5F" {
  name    = "api.example.com"
  type    = "AAAA"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.api_cdn_distribution_5AA53AFF.domain_name
    zone_id                = aws_cloudfront_distribution.api_cdn_distribution_5AA53AFF.hosted_zone_id
  }
}

resource "aws_route53_record" "api_cdn_HTTPS-apiexamplecom_BE4D5E4A" {
  name    = "api.example.com"
  type    = "HTTPS"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.api_cdn_distribution_5AA53AFF.domain_name
    zone_id                = aws_cloudfront_distribution.api_cdn_distribution_5AA53AFF.hosted_zone_id
  }
}

resource "aws_route53_record" "tlsgate-validation_apiexamplecom_A3526E38" {
  allow_overwrite = true
  name            = [for o in aws_acm_certificate.api_certificate_6A864125.domain_validation_options : o.resource_record_name if trimprefix(o.domain_name, "*.") == "api.example.com"][0]
  records = [
    [for o in aws_acm_certificate.api_certificate_6A864125.domain_validation_options : o.resource_record_value if trimprefix(o.domain_name, "*.") == "api.example.com"][0],
  ]
  ttl     = 60
  type    = [for o in aws_acm_certificate.api_certificate_6A864125.domain_validation_options : o.resource_record_type if trimprefix(o.domain_name, "*.") == "api.example.com"][0]
  zone_id = "Z0123456789ABCDEFGHIJ"
}

resource "aws_s3_bucket" "api_cdn_logs_bucket_6791D1EE" {}

resource "aws_s3_bucket_lifecycle_configuration" "api_cdn_logs_bucket_expiry_883B22E5" {
  bucket = aws_s3_bucket.api_cdn_logs_bucket_6791D1EE.id

  rule {
    id     = "expire"
    status = "Enabled"

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }

    expiration {
      days = 365
    }

    filter {
      prefix = ""
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "api_cdn_logs_bucket_ownership_51C9ECF5" {
  bucket = aws_s3_bucket.api_cdn_logs_bucket_6791D1EE.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_policy" "api_cdn_logs_bucket_policy_61E27527" {
  depends_on = [aws_s3_bucket_public_access_block.api_cdn_logs_bucket_private_C2773438]
  bucket     = aws_s3_bucket.api_cdn_logs_bucket_6791D1EE.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Logs1"
        Effect = "Allow"
        Principal = {
          Service = "delivery.logs.amazonaws.com"
        }
        Action   = "s3:PutObject"
        Resource = "${aws_s3_bucket.api_cdn_logs_bucket_6791D1EE.arn}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl" = "bucket-owner-full-control"
          }
          ArnLike = {
            "aws:SourceArn" = aws_cloudwatch_log_delivery_source.api_cdn_logs_source_2EC74DD0.arn
          }
        }
      },
      {
        Sid       = "PlainHttp"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource = [
          aws_s3_bucket.api_cdn_logs_bucket_6791D1EE.arn,
          "${aws_s3_bucket.api_cdn_logs_bucket_6791D1EE.arn}/*",
        ]
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
      },
      {
        Sid       = "OldTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource = [
          aws_s3_bucket.api_cdn_logs_bucket_6791D1EE.arn,
          "${aws_s3_bucket.api_cdn_logs_bucket_6791D1EE.arn}/*",
        ]
        Condition = {
          NumericLessThan = {
            "s3:TlsVersion" = "1.2"
          }
        }
      },
    ]
  })
}

resource "aws_s3_bucket_public_access_block" "api_cdn_logs_bucket_private_C2773438" {
  block_public_acls       = true
  block_public_policy     = true
  bucket                  = aws_s3_bucket.api_cdn_logs_bucket_6791D1EE.id
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "api_cdn_logs_bucket_encryption_EE4E28A8" {
  bucket = aws_s3_bucket.api_cdn_logs_bucket_6791D1EE.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

output "url" {
  value = "https://api.example.com"
}

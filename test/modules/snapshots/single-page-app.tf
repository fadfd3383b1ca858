# What examples/single-page-app becomes; written by test/modules/examples.test.ts.

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

resource "aws_acm_certificate" "app_certificate_F0C627D0" {
  provider          = aws.us_east_1
  domain_name       = "app.example.com"
  key_algorithm     = "RSA_2048"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }

  options {
    certificate_transparency_logging_preference = "ENABLED"
  }
}

resource "aws_acm_certificate_validation" "app_certificate_validation_39581A53" {
  provider                = aws.us_east_1
  certificate_arn         = aws_acm_certificate.app_certificate_F0C627D0.arn
  validation_record_fqdns = [aws_route53_record.tlsgate-validation_appexamplecom_7CE066F3.fqdn]

  timeouts {
    create = "20m"
  }
}

resource "aws_cloudfront_distribution" "app_cdn_distribution_ED6A9E16" {
  aliases             = ["app.example.com"]
  default_root_object = "index.html"
  enabled             = true
  http_version        = "http2and3"
  is_ipv6_enabled     = true
  price_class         = "PriceClass_All"

  default_cache_behavior {
    allowed_methods            = ["GET", "HEAD"]
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    response_headers_policy_id = aws_cloudfront_response_headers_policy.app_cdn_headers_AFC84E36.id
    target_origin_id           = "s3-files"
    viewer_protocol_policy     = "redirect-to-https"

    function_association {
      event_type   = "viewer-request"
      function_arn = aws_cloudfront_function.app_cdn_viewer-request_B1932286.arn
    }
  }

  ordered_cache_behavior {
    allowed_methods            = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
    cache_policy_id            = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    origin_request_policy_id   = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
    path_pattern               = "/api/*"
    response_headers_policy_id = aws_cloudfront_response_headers_policy.app_cdn_headers_AFC84E36.id
    target_origin_id           = "https-backend.example.com"
    viewer_protocol_policy     = "https-only"
  }

  origin {
    domain_name              = aws_s3_bucket.app_files_bucket_D02FC1F7.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.app_cdn_access-control-s3_E40E4FE4.id
    origin_id                = "s3-files"
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
    acm_certificate_arn      = aws_acm_certificate_validation.app_certificate_validation_39581A53.certificate_arn
    minimum_protocol_version = "TLSv1.2_2021"
    ssl_support_method       = "sni-only"
  }
}

resource "aws_cloudfront_function" "app_cdn_viewer-request_B1932286" {
  code    = <<EOT
function isPage(uri) {
  return uri.indexOf('/.well-known/') !== 0 && uri.split('/').pop().indexOf('.') < 0;
}

function handler(event) {
  var request = event.request;
  if (isPage(request.uri)) request.uri = "/index.html";
  return request;
}
EOT
  name    = "single-page-app-app-cdn-dd8aa1a2ce"
  publish = true
  runtime = "cloudfront-js-2.0"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudfront_origin_access_control" "app_cdn_access-control-s3_E40E4FE4" {
  name                              = "single-page-app-app-cdn-fd277611db"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudfront_response_headers_policy" "app_cdn_headers_AFC84E36" {
  name = "single-page-app-app-cdn-2bfabbad80"

  lifecycle {
    create_before_destroy = true
  }

  security_headers_config {
    content_security_policy {
      content_security_policy = "default-src 'self'; frame-ancestors 'none'; upgrade-insecure-requests"
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

resource "aws_cloudwatch_log_delivery" "app_cdn_logs_delivery_57CD6809" {
  depends_on               = [aws_s3_bucket_policy.app_cdn_logs_bucket_policy_0F892163]
  provider                 = aws.us_east_1
  delivery_destination_arn = aws_cloudwatch_log_delivery_destination.app_cdn_logs_destination_28D9BE5B.arn
  delivery_source_name     = aws_cloudwatch_log_delivery_source.app_cdn_logs_source_32D63436.name
}

resource "aws_cloudwatch_log_delivery_destination" "app_cdn_logs_destination_28D9BE5B" {
  provider      = aws.us_east_1
  name          = "single-page-app-app-cdn-2f178c711f"
  output_format = "json"

  delivery_destination_configuration {
    destination_resource_arn = aws_s3_bucket.app_cdn_logs_bucket_116FEDB3.arn
  }
}

resource "aws_cloudwatch_log_delivery_source" "app_cdn_logs_source_32D63436" {
  provider     = aws.us_east_1
  log_type     = "ACCESS_LOGS"
  name         = "single-page-app-app-cdn-2f178c711f"
  resource_arn = aws_cloudfront_distribution.app_cdn_distribution_ED6A9E16.arn
}

resource "aws_route53_record" "app_cdn_A-appexamplecom_C48B9C2C" {
  name    = "app.example.com"
  type    = "A"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.app_cdn_distribution_ED6A9E16.domain_name
    zone_id                = aws_cloudfront_distribution.app_cdn_distribution_ED6A9E16.hosted_zone_id
  }
}

resource "aws_route53_record" "app_cdn_AAAA-appexamplecom_23FCC982" {
  name    = "app.example.com"
  type    = "AAAA"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.app_cdn_distribution_ED6A9E16.domain_name
    zone_id                = aws_cloudfront_distribution.app_cdn_distribution_ED6A9E16.hosted_zone_id
  }
}

resource "aws_route53_record" "app_cdn_HTTPS-appexamplecom_76208B09" {
  name    = "app.example.com"
  type    = "HTTPS"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.app_cdn_distribution_ED6A9E16.domain_name
    zone_id                = aws_cloudfront_distribution.app_cdn_distribution_ED6A9E16.hosted_zone_id
  }
}

resource "aws_route53_record" "tlsgate-validation_appexamplecom_7CE066F3" {
  allow_overwrite = true
  name            = [for o in aws_acm_certificate.app_certificate_F0C627D0.domain_validation_options : o.resource_record_name if trimprefix(o.domain_name, "*.") == "app.example.com"][0]
  records = [
    [for o in aws_acm_certificate.app_certificate_F0C627D0.domain_validation_options : o.resource_record_value if trimprefix(o.domain_name, "*.") == "app.example.com"][0],
  ]
  ttl     = 60
  type    = [for o in aws_acm_certificate.app_certificate_F0C627D0.domain_validation_options : o.resource_record_type if trimprefix(o.domain_name, "*.") == "app.example.com"][0]
  zone_id = "Z0123456789ABCDEFGHIJ"
}

resource "aws_s3_bucket" "app_cdn_logs_bucket_116FEDB3" {}

resource "aws_s3_bucket" "app_files_bucket_D02FC1F7" {}

resource "aws_s3_bucket_lifecycle_configuration" "app_cdn_logs_bucket_expiry_2F4B1E65" {
  bucket = aws_s3_bucket.app_cdn_logs_bucket_116FEDB3.id

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

resource "aws_s3_bucket_ownership_controls" "app_cdn_logs_bucket_ownership_127F97BC" {
  bucket = aws_s3_bucket.app_cdn_logs_bucket_116FEDB3.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_ownership_controls" "app_files_ownership_7D34D7F5" {
  bucket = aws_s3_bucket.app_files_bucket_D02FC1F7.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_policy" "app_cdn_logs_bucket_policy_0F892163" {
  depends_on = [aws_s3_bucket_public_access_block.app_cdn_logs_bucket_private_19552EDE]
  bucket     = aws_s3_bucket.app_cdn_logs_bucket_116FEDB3.id
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
        Resource = "${aws_s3_bucket.app_cdn_logs_bucket_116FEDB3.arn}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl" = "bucket-owner-full-control"
          }
          ArnLike = {
            "aws:SourceArn" = aws_cloudwatch_log_delivery_source.app_cdn_logs_source_32D63436.arn
          }
        }
      },
      {
        Sid       = "PlainHttp"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource = [
          aws_s3_bucket.app_cdn_logs_bucket_116FEDB3.arn,
          "${aws_s3_bucket.app_cdn_logs_bucket_116FEDB3.arn}/*",
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
          aws_s3_bucket.app_cdn_logs_bucket_116FEDB3.arn,
          "${aws_s3_bucket.app_cdn_logs_bucket_116FEDB3.arn}/*",
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

resource "aws_s3_bucket_policy" "app_files_policy_FFCF50B3" {
  depends_on = [aws_s3_bucket_public_access_block.app_files_private_D7DFE1D0]
  bucket     = aws_s3_bucket.app_files_bucket_D02FC1F7.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Distribution1"
        Effect = "Allow"
        Principal = {
          Service = "cloudfront.amazonaws.com"
        }
        Action   = "s3:GetObject"
        Resource = "${aws_s3_bucket.app_files_bucket_D02FC1F7.arn}/*"
        Condition = {
          StringEquals = {
            "AWS:SourceArn" = aws_cloudfront_distribution.app_cdn_distribution_ED6A9E16.arn
          }
        }
      },
      {
        Sid       = "PlainHttp"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource = [
          aws_s3_bucket.app_files_bucket_D02FC1F7.arn,
          "${aws_s3_bucket.app_files_bucket_D02FC1F7.arn}/*",
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
          aws_s3_bucket.app_files_bucket_D02FC1F7.arn,
          "${aws_s3_bucket.app_files_bucket_D02FC1F7.arn}/*",
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

resource "aws_s3_bucket_public_access_block" "app_cdn_logs_bucket_private_19552EDE" {
  block_public_acls       = true
  block_public_policy     = true
  bucket                  = aws_s3_bucket.app_cdn_logs_bucket_116FEDB3.id
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_public_access_block" "app_files_private_D7DFE1D0" {
  block_public_acls       = true
  block_public_policy     = true
  bucket                  = aws_s3_bucket.app_files_bucket_D02FC1F7.id
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "app_cdn_logs_bucket_encryption_75BB8731" {
  bucket = aws_s3_bucket.app_cdn_logs_bucket_116FEDB3.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "app_files_encryption_B9C68CF2" {
  bucket = aws_s3_bucket.app_files_bucket_D02FC1F7.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_versioning" "app_files_versions_0878FAA1" {
  bucket = aws_s3_bucket.app_files_bucket_D02FC1F7.id

  versioning_configuration {
    status = "Enabled"
  }
}

output "bucket" {
  value = aws_s3_bucket.app_files_bucket_D02FC1F7.id
}

output "url" {
  value = "https://app.example.com"
}

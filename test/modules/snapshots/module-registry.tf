# What examples/module-registry becomes; written by test/modules/examples.test.ts.

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

resource "aws_acm_certificate" "registry_certificate_532D92BD" {
  provider          = aws.us_east_1
  domain_name       = "modules.example.com"
  key_algorithm     = "RSA_2048"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }

  options {
    certificate_transparency_logging_preference = "ENABLED"
  }
}

resource "aws_acm_certificate_validation" "registry_certificate_validation_401B9B65" {
  provider                = aws.us_east_1
  certificate_arn         = aws_acm_certificate.registry_certificate_532D92BD.arn
  validation_record_fqdns = [aws_route53_record.tlsgate-validation_modulesexamplecom_15346194.fqdn]

  timeouts {
    create = "20m"
  }
}

resource "aws_cloudfront_distribution" "registry_cdn_distribution_4AEE31A3" {
  aliases             = ["modules.example.com"]
  default_root_object = "index.html"
  enabled             = true
  http_version        = "http2and3"
  is_ipv6_enabled     = true
  price_class         = "PriceClass_All"

  custom_error_response {
    error_caching_min_ttl = 10
    error_code            = 403
    response_code         = 404
    response_page_path    = "/index.html"
  }

  custom_error_response {
    error_caching_min_ttl = 10
    error_code            = 404
    response_code         = 404
    response_page_path    = "/index.html"
  }

  default_cache_behavior {
    allowed_methods            = ["GET", "HEAD"]
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    response_headers_policy_id = aws_cloudfront_response_headers_policy.registry_cdn_headers_F9ECA9B6.id
    target_origin_id           = "s3-files"
    viewer_protocol_policy     = "redirect-to-https"

    function_association {
      event_type   = "viewer-request"
      function_arn = aws_cloudfront_function.registry_cdn_viewer-request_17CA5013.arn
    }
  }

  ordered_cache_behavior {
    allowed_methods            = ["GET", "HEAD"]
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    path_pattern               = "*/download"
    response_headers_policy_id = aws_cloudfront_response_headers_policy.registry_cdn_headers_F9ECA9B6.id
    target_origin_id           = "s3-files"
    viewer_protocol_policy     = "redirect-to-https"

    function_association {
      event_type   = "viewer-response"
      function_arn = aws_cloudfront_function.registry_cdn_viewer-response---download_3D69498F.arn
    }
  }

  origin {
    domain_name              = aws_s3_bucket.files_bucket_D7C8A516.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.registry_cdn_access-control-s3_180110BE.id
    origin_id                = "s3-files"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate_validation.registry_certificate_validation_401B9B65.certificate_arn
    minimum_protocol_version = "TLSv1.2_2021"
    ssl_support_method       = "sni-only"
  }
}

resource "aws_cloudfront_function" "registry_cdn_viewer-request_17CA5013" {
  code    = <<EOT
function handler(event) {
  var request = event.request;
  return request;
}
EOT
  name    = "module-registry-registry-cdn-8941c3d7e1"
  publish = true
  runtime = "cloudfront-js-2.0"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudfront_function" "registry_cdn_viewer-response---download_3D69498F" {
  code    = <<EOT
function handler(event) {
  var uri = event.request.uri;
  var host = event.request.headers.host.value;
  var directory = uri.slice(0, uri.lastIndexOf("/") + 1);
  event.response.headers["x-terraform-get"] = {
    value: "./module.tar.gz?checksum=file:https://" + host + directory + "SHA256SUMS",
  };
  return event.response;
}
EOT
  name    = "module-registry-registry-cdn-8ad7bb8e51"
  publish = true
  runtime = "cloudfront-js-2.0"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudfront_origin_access_control" "registry_cdn_access-control-s3_180110BE" {
  name                              = "module-registry-registry-cdn-4c85794c86"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudfront_response_headers_policy" "registry_cdn_headers_F9ECA9B6" {
  name = "module-registry-registry-cdn-2662197969"

  lifecycle {
    create_before_destroy = true
  }

  security_headers_config {
    content_security_policy {
      content_security_policy = "frame-ancestors 'none'; upgrade-insecure-requests"
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

resource "aws_cloudwatch_log_delivery" "registry_cdn_logs_delivery_3EF6CAEC" {
  depends_on               = [aws_s3_bucket_policy.registry_cdn_logs_bucket_policy_B99EC84B]
  provider                 = aws.us_east_1
  delivery_destination_arn = aws_cloudwatch_log_delivery_destination.registry_cdn_logs_destination_458D7181.arn
  delivery_source_name     = aws_cloudwatch_log_delivery_source.registry_cdn_logs_source_D7C6D6C8.name
}

resource "aws_cloudwatch_log_delivery_destination" "registry_cdn_logs_destination_458D7181" {
  provider      = aws.us_east_1
  name          = "module-registry-registry-cdn-d00cffac62"
  output_format = "json"

  delivery_destination_configuration {
    destination_resource_arn = aws_s3_bucket.registry_cdn_logs_bucket_8F66C29F.arn
  }
}

resource "aws_cloudwatch_log_delivery_source" "registry_cdn_logs_source_D7C6D6C8" {
  provider     = aws.us_east_1
  log_type     = "ACCESS_LOGS"
  name         = "module-registry-registry-cdn-d00cffac62"
  resource_arn = aws_cloudfront_distribution.registry_cdn_distribution_4AEE31A3.arn
}

resource "aws_route53_record" "registry_cdn_A-modulesexamplecom_983129BD" {
  name    = "modules.example.com"
  type    = "A"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.registry_cdn_distribution_4AEE31A3.domain_name
    zone_id                = aws_cloudfront_distribution.registry_cdn_distribution_4AEE31A3.hosted_zone_id
  }
}

resource "aws_route53_record" "registry_cdn_AAAA-modulesexamplecom_AB40DD6D" {
  name    = "modules.example.com"
  type    = "AAAA"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.registry_cdn_distribution_4AEE31A3.domain_name
    zone_id                = aws_cloudfront_distribution.registry_cdn_distribution_4AEE31A3.hosted_zone_id
  }
}

resource "aws_route53_record" "registry_cdn_HTTPS-modulesexamplecom_53362577" {
  name    = "modules.example.com"
  type    = "HTTPS"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.registry_cdn_distribution_4AEE31A3.domain_name
    zone_id                = aws_cloudfront_distribution.registry_cdn_distribution_4AEE31A3.hosted_zone_id
  }
}

resource "aws_route53_record" "tlsgate-validation_modulesexamplecom_15346194" {
  allow_overwrite = true
  name            = [for o in aws_acm_certificate.registry_certificate_532D92BD.domain_validation_options : o.resource_record_name if trimprefix(o.domain_name, "*.") == "modules.example.com"][0]
  records = [
    [for o in aws_acm_certificate.registry_certificate_532D92BD.domain_validation_options : o.resource_record_value if trimprefix(o.domain_name, "*.") == "modules.example.com"][0],
  ]
  ttl     = 60
  type    = [for o in aws_acm_certificate.registry_certificate_532D92BD.domain_validation_options : o.resource_record_type if trimprefix(o.domain_name, "*.") == "modules.example.com"][0]
  zone_id = "Z0123456789ABCDEFGHIJ"
}

resource "aws_s3_bucket" "files_bucket_D7C8A516" {}

resource "aws_s3_bucket" "registry_cdn_logs_bucket_8F66C29F" {}

resource "aws_s3_bucket_lifecycle_configuration" "registry_cdn_logs_bucket_expiry_B07042AA" {
  bucket = aws_s3_bucket.registry_cdn_logs_bucket_8F66C29F.id

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

resource "aws_s3_bucket_ownership_controls" "files_ownership_0B031C05" {
  bucket = aws_s3_bucket.files_bucket_D7C8A516.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_ownership_controls" "registry_cdn_logs_bucket_ownership_9A71C968" {
  bucket = aws_s3_bucket.registry_cdn_logs_bucket_8F66C29F.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_policy" "files_policy_218B1B1E" {
  depends_on = [aws_s3_bucket_public_access_block.files_private_86E99CD8]
  bucket     = aws_s3_bucket.files_bucket_D7C8A516.id
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
        Resource = "${aws_s3_bucket.files_bucket_D7C8A516.arn}/*"
        Condition = {
          StringEquals = {
            "AWS:SourceArn" = aws_cloudfront_distribution.registry_cdn_distribution_4AEE31A3.arn
          }
        }
      },
      {
        Sid       = "PlainHttp"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.files_bucket_D7C8A516.arn, "${aws_s3_bucket.files_bucket_D7C8A516.arn}/*"]
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
        Resource  = [aws_s3_bucket.files_bucket_D7C8A516.arn, "${aws_s3_bucket.files_bucket_D7C8A516.arn}/*"]
        Condition = {
          NumericLessThan = {
            "s3:TlsVersion" = "1.2"
          }
        }
      },
    ]
  })
}

resource "aws_s3_bucket_policy" "registry_cdn_logs_bucket_policy_B99EC84B" {
  depends_on = [aws_s3_bucket_public_access_block.registry_cdn_logs_bucket_private_51299F1D]
  bucket     = aws_s3_bucket.registry_cdn_logs_bucket_8F66C29F.id
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
        Resource = "${aws_s3_bucket.registry_cdn_logs_bucket_8F66C29F.arn}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl" = "bucket-owner-full-control"
          }
          ArnLike = {
            "aws:SourceArn" = aws_cloudwatch_log_delivery_source.registry_cdn_logs_source_D7C6D6C8.arn
          }
        }
      },
      {
        Sid       = "PlainHttp"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource = [
          aws_s3_bucket.registry_cdn_logs_bucket_8F66C29F.arn,
          "${aws_s3_bucket.registry_cdn_logs_bucket_8F66C29F.arn}/*",
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
          aws_s3_bucket.registry_cdn_logs_bucket_8F66C29F.arn,
          "${aws_s3_bucket.registry_cdn_logs_bucket_8F66C29F.arn}/*",
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

resource "aws_s3_bucket_public_access_block" "files_private_86E99CD8" {
  block_public_acls       = true
  block_public_policy     = true
  bucket                  = aws_s3_bucket.files_bucket_D7C8A516.id
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_public_access_block" "registry_cdn_logs_bucket_private_51299F1D" {
  block_public_acls       = true
  block_public_policy     = true
  bucket                  = aws_s3_bucket.registry_cdn_logs_bucket_8F66C29F.id
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "files_encryption_37F11B45" {
  bucket = aws_s3_bucket.files_bucket_D7C8A516.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "registry_cdn_logs_bucket_encryption_DEFF778F" {
  bucket = aws_s3_bucket.registry_cdn_logs_bucket_8F66C29F.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_versioning" "files_versions_4239F7E7" {
  bucket = aws_s3_bucket.files_bucket_D7C8A516.id

  versioning_configuration {
    status = "Enabled"
  }
}

output "bucket" {
  value = aws_s3_bucket.files_bucket_D7C8A516.id
}

output "url" {
  value = "https://modules.example.com"
}

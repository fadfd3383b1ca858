# What examples/imported-certificate becomes; written by test/modules/examples.test.ts.

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

variable "private_key" {
  nullable  = false
  sensitive = true
  type      = string
}

resource "aws_acm_certificate" "certificate_3C59EBE5" {
  provider         = aws.us_east_1
  certificate_body = <<EOT
-----BEGIN CERTIFICATE-----
MIIDNTCCAh2gAwIBAgIUWdw9M2rP7NvTsPvcxmZJbEcHmBUwDQYJKoZIhvcNAQEL
BQAwFjEUMBIGA1UEAwwLZXhhbXBsZS5jb20wIBcNMjYxMTIyMjA0MTM2WhgPMjA1
MTA3MTQyMDQxMzZaMBYxFDASBgNVBAMMC2V4YW1wbGUuY29tMIIBIjANBgkqhkiG
9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtBntolS7MFTGVI8MiHpbRKaImHT/NHafmazr
bgYW810zycsk/pihVlunS2FB/Z4jkJQPt4B5abth0q8DjOtHslbEGEPRyhnaGSiv
6Y7zuS5aj9BlkTOxJWb6Z79CHWtd4AHF/pv2wxoCCU2LknATFYtJFML1KvcXlvYv
YjnTUv/ZTuSfn9VNprYCCwSw5LOa/k3noePwrb4azpxgbEqKjVMqRKDV+0GIhDQh
mzkwfgTTh/yP4EMPh6xvHtXrKhuX802PG06PEMt3Jj2SzTKv3kDBGILVSSnenB/u
K4a8woWWRpyFF5OJCw3aMLG2WU18pRoqx1FxZ29RX3EhEN0IQwIDAQABo3kwdzAd
BgNVHQ4EFgQUixNLK+yHaczds/k7jtkEsXOefFYwHwYDVR0jBBgwFoAUixNLK+yH
aczds/k7jtkEsXOefFYwJwYDVR0RBCAwHoILZXhhbXBsZS5jb22CD3d3dy5leGFt
cGxlLmNvbTAMBgNVHRMBAf8EAjAAMA0GCSqGSIb3DQEBCwUAA4IBAQAmIJFT+syx
B0SasikKXMjglAVOe61wgaIAeMX3DZnInuiwr3PCrYIl/LDG8kbEM0dtaZE7ieqp
Y4/UW3T/F+Jcffc4kmClwPmVDcHbcLFwf65cXVBII7tMPDC4uH8N8FtvuUk/PJ0t
ESvTqfJ1USR25yuW0i+ulU1P3fApbRUlF0wBpHJ7EcYlqAcU1MKmdbD3z/E2EbXU
LrxPit1oCtISMVcuZw4F4C/Vs5bpAUf/7yTmsMZoIjfhnaxH0gT3iKi2LVGEOcYP
37fk6dzxGINty4RzwwthtQlXiHHKOH1aNpFWX0WH/5abz4FoZ6MM1a4ozeAUoGIZ
xl24Av9LtHSe
-----END CERTIFICATE-----
EOT
  private_key      = var.private_key

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudfront_distribution" "website_cdn_distribution_81902194" {
  aliases             = ["example.com", "www.example.com"]
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
    response_headers_policy_id = aws_cloudfront_response_headers_policy.website_cdn_headers_AC5AB201.id
    target_origin_id           = "s3-files"
    viewer_protocol_policy     = "redirect-to-https"

    function_association {
      event_type   = "viewer-request"
      function_arn = aws_cloudfront_function.website_cdn_viewer-request_7C7F644B.arn
    }
  }

  lifecycle {
    precondition {
      condition     = can(regex("^arn:[^:]+:acm:us-east-1:", aws_acm_certificate.certificate_3C59EBE5.arn))
      error_message = "CloudFront takes certificates of ACM from us-east-1 only: use one from there."
    }
  }

  origin {
    domain_name              = aws_s3_bucket.website_files_bucket_A2A1DD47.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.website_cdn_access-control-s3_7406608A.id
    origin_id                = "s3-files"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate.certificate_3C59EBE5.arn
    minimum_protocol_version = "TLSv1.2_2021"
    ssl_support_method       = "sni-only"
  }
}

resource "aws_cloudfront_function" "website_cdn_viewer-request_7C7F644B" {
  code    = <<EOT
function queryOf(request, first) {
  var parts = [];
  for (var name in request.querystring) {
    var entry = request.querystring[name];
    var values = entry.multiValue || [entry];
    for (var i = 0; i < values.length; i++) parts.push(values[i].value === '' ? name : name + '=' + values[i].value);
  }
  return parts.length > 0 ? first + parts.join('&') : '';
}

function isPage(uri) {
  return uri.indexOf('/.well-known/') !== 0 && uri.split('/').pop().indexOf('.') < 0;
}

function handler(event) {
  var request = event.request;
  if (request.headers.host.value !== "example.com") {
    return { statusCode: 301, headers: { location: { value: "https://example.com" + request.uri + queryOf(request, '?') }, 'strict-transport-security': { value: "max-age=63072000; includeSubDomains" } } };
  }
  if (isPage(request.uri)) request.uri = request.uri.replace(/\/?$/, '/') + "index.html";
  return request;
}
EOT
  name    = "imported-certificate-website-cdn-c3bdb8bc78"
  publish = true
  runtime = "cloudfront-js-2.0"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudfront_origin_access_control" "website_cdn_access-control-s3_7406608A" {
  name                              = "imported-certificate-website-cdn-3313ee686d"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudfront_response_headers_policy" "website_cdn_headers_AC5AB201" {
  name = "imported-certificate-website-cdn-886639b7f8"

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

resource "aws_cloudwatch_log_delivery" "website_cdn_logs_delivery_E23779F3" {
  depends_on               = [aws_s3_bucket_policy.website_cdn_logs_bucket_policy_7878FD5D]
  provider                 = aws.us_east_1
  delivery_destination_arn = aws_cloudwatch_log_delivery_destination.website_cdn_logs_destination_51CC20B0.arn
  delivery_source_name     = aws_cloudwatch_log_delivery_source.website_cdn_logs_source_DD757D0C.name
}

resource "aws_cloudwatch_log_delivery_destination" "website_cdn_logs_destination_51CC20B0" {
  provider      = aws.us_east_1
  name          = "imported-certificate-website-cdn-8097018f58"
  output_format = "json"

  delivery_destination_configuration {
    destination_resource_arn = aws_s3_bucket.website_cdn_logs_bucket_37E564D1.arn
  }
}

resource "aws_cloudwatch_log_delivery_source" "website_cdn_logs_source_DD757D0C" {
  provider     = aws.us_east_1
  log_type     = "ACCESS_LOGS"
  name         = "imported-certificate-website-cdn-8097018f58"
  resource_arn = aws_cloudfront_distribution.website_cdn_distribution_81902194.arn
}

resource "aws_route53_record" "website_cdn_A-examplecom_ACAB02A7" {
  name    = "example.com"
  type    = "A"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.website_cdn_distribution_81902194.domain_name
    zone_id                = aws_cloudfront_distribution.website_cdn_distribution_81902194.hosted_zone_id
  }
}

resource "aws_route53_record" "website_cdn_A-wwwexamplecom_A93D6AB0" {
  name    = "www.example.com"
  type    = "A"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.website_cdn_distribution_81902194.domain_name
    zone_id                = aws_cloudfront_distribution.website_cdn_distribution_81902194.hosted_zone_id
  }
}

resource "aws_route53_record" "website_cdn_AAAA-examplecom_FF8A96AF" {
  name    = "example.com"
  type    = "AAAA"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.website_cdn_distribution_81902194.domain_name
    zone_id                = aws_cloudfront_distribution.website_cdn_distribution_81902194.hosted_zone_id
  }
}

resource "aws_route53_record" "website_cdn_AAAA-wwwexamplecom_8CBAA6FD" {
  name    = "www.example.com"
  type    = "AAAA"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.website_cdn_distribution_81902194.domain_name
    zone_id                = aws_cloudfront_distribution.website_cdn_distribution_81902194.hosted_zone_id
  }
}

resource "aws_route53_record" "website_cdn_HTTPS-examplecom_8441DC04" {
  name    = "example.com"
  type    = "HTTPS"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.website_cdn_distribution_81902194.domain_name
    zone_id                = aws_cloudfront_distribution.website_cdn_distribution_81902194.hosted_zone_id
  }
}

resource "aws_route53_record" "website_cdn_HTTPS-wwwexamplecom_2191533F" {
  name    = "www.example.com"
  type    = "HTTPS"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.website_cdn_distribution_81902194.domain_name
    zone_id                = aws_cloudfront_distribution.website_cdn_distribution_81902194.hosted_zone_id
  }
}

resource "aws_s3_bucket" "website_cdn_logs_bucket_37E564D1" {}

resource "aws_s3_bucket" "website_files_bucket_A2A1DD47" {}

resource "aws_s3_bucket_lifecycle_configuration" "website_cdn_logs_bucket_expiry_83A12468" {
  bucket = aws_s3_bucket.website_cdn_logs_bucket_37E564D1.id

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

resource "aws_s3_bucket_ownership_controls" "website_cdn_logs_bucket_ownership_29961B8C" {
  bucket = aws_s3_bucket.website_cdn_logs_bucket_37E564D1.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_ownership_controls" "website_files_ownership_BD00D4BE" {
  bucket = aws_s3_bucket.website_files_bucket_A2A1DD47.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_policy" "website_cdn_logs_bucket_policy_7878FD5D" {
  depends_on = [aws_s3_bucket_public_access_block.website_cdn_logs_bucket_private_664187AB]
  bucket     = aws_s3_bucket.website_cdn_logs_bucket_37E564D1.id
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
        Resource = "${aws_s3_bucket.website_cdn_logs_bucket_37E564D1.arn}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl" = "bucket-owner-full-control"
          }
          ArnLike = {
            "aws:SourceArn" = aws_cloudwatch_log_delivery_source.website_cdn_logs_source_DD757D0C.arn
          }
        }
      },
      {
        Sid       = "PlainHttp"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource = [
          aws_s3_bucket.website_cdn_logs_bucket_37E564D1.arn,
          "${aws_s3_bucket.website_cdn_logs_bucket_37E564D1.arn}/*",
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
          aws_s3_bucket.website_cdn_logs_bucket_37E564D1.arn,
          "${aws_s3_bucket.website_cdn_logs_bucket_37E564D1.arn}/*",
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

resource "aws_s3_bucket_policy" "website_files_policy_8038AB8F" {
  depends_on = [aws_s3_bucket_public_access_block.website_files_private_7E3BB006]
  bucket     = aws_s3_bucket.website_files_bucket_A2A1DD47.id
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
        Resource = "${aws_s3_bucket.website_files_bucket_A2A1DD47.arn}/*"
        Condition = {
          StringEquals = {
            "AWS:SourceArn" = aws_cloudfront_distribution.website_cdn_distribution_81902194.arn
          }
        }
      },
      {
        Sid       = "PlainHttp"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource = [
          aws_s3_bucket.website_files_bucket_A2A1DD47.arn,
          "${aws_s3_bucket.website_files_bucket_A2A1DD47.arn}/*",
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
          aws_s3_bucket.website_files_bucket_A2A1DD47.arn,
          "${aws_s3_bucket.website_files_bucket_A2A1DD47.arn}/*",
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

resource "aws_s3_bucket_public_access_block" "website_cdn_logs_bucket_private_664187AB" {
  block_public_acls       = true
  block_public_policy     = true
  bucket                  = aws_s3_bucket.website_cdn_logs_bucket_37E564D1.id
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_public_access_block" "website_files_private_7E3BB006" {
  block_public_acls       = true
  block_public_policy     = true
  bucket                  = aws_s3_bucket.website_files_bucket_A2A1DD47.id
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "website_cdn_logs_bucket_encryption_69859E26" {
  bucket = aws_s3_bucket.website_cdn_logs_bucket_37E564D1.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "website_files_encryption_DE83FC70" {
  bucket = aws_s3_bucket.website_files_bucket_A2A1DD47.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_versioning" "website_files_versions_2E3717C8" {
  bucket = aws_s3_bucket.website_files_bucket_A2A1DD47.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "terraform_data" "tlsgate_waivers" {
  input = [
    {
      attribute   = "certificate_body"
      fingerprint = "96be5f050fb8dbbddfd111fc146244e7199ef29273b08032e542982fc0336a33"
      owner       = "platform@example.com"
      reason      = "Our contract names another authority; the platform team imports the next certificate."
      resource    = "aws_acm_certificate.certificate_3C59EBE5"
      rule        = "certificate-auto-renewal"
      until       = "2027-06-30"
    },
  ]
}

output "url" {
  value = "https://example.com"
}

# A distribution without CDKTF, for tlsgate terraform. What it holds comes through local values and a dynamic block, which
# the JSON of its plan does not show.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

variable "viewer_protocol" {
  type    = string
  default = "redirect-to-https"
}

resource "aws_acm_certificate" "plain" {
  domain_name       = "plain.example.test"
  validation_method = "DNS"
}

resource "aws_acm_certificate_validation" "plain" {
  certificate_arn = aws_acm_certificate.plain.arn
}

resource "aws_cloudfront_response_headers_policy" "plain" {
  name = "plain"

  security_headers_config {
    strict_transport_security {
      access_control_max_age_sec = 63072000
      include_subdomains         = true
      override                   = true
    }
  }
}

locals {
  certificates = [aws_acm_certificate_validation.plain.certificate_arn]
  headers      = { plain = aws_cloudfront_response_headers_policy.plain.id }
}

resource "aws_cloudfront_distribution" "plain" {
  enabled             = true
  aliases             = ["plain.example.test"]
  wait_for_deployment = false

  origin {
    origin_id   = "plain"
    domain_name = "origin.example.test"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    target_origin_id           = "plain"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    response_headers_policy_id = local.headers["plain"]
    viewer_protocol_policy     = var.viewer_protocol
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  dynamic "viewer_certificate" {
    for_each = local.certificates
    content {
      acm_certificate_arn      = viewer_certificate.value
      ssl_support_method       = "sni-only"
      minimum_protocol_version = "TLSv1.2_2021"
    }
  }
}

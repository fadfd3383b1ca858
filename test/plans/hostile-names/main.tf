# Keys and values that would steer a terminal, or pretend to be other text: escapes, bells, bidirectional controls.
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

resource "aws_cloudfront_distribution" "site" {
  for_each = toset([
    "\u001b[2J\u001b[31mpass\u001b[0m",
    "\u009b31m c1",
    "\u0007bell\u0008\u007f",
    "\u202Erefused\u202C \u2066isolate\u2069\u200F\u061C",
    "two\nlines\r\tand a tab",
    "quote \" backslash \\ template $${x} bracket ] dot . end",
    "\u2028separator\u2029",
  ])

  enabled = true
  aliases = ["\u001b]0;${each.key}\u0007.example.com"]

  origin {
    domain_name = "origin.example.com"
    origin_id   = "\u001b[1m${each.key}"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "\u001b[1m${each.key}"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    viewer_protocol_policy = "allow-all"
  }

  ordered_cache_behavior {
    path_pattern           = "/\u001b[8m${each.key}"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "\u001b[1m${each.key}"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    viewer_protocol_policy = "allow-all"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

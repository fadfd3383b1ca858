# ARNs beside other values, in objects and maps: an unknown one can be any part of what is handed over.
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

resource "terraform_data" "handed_over" {
  input = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
}

resource "aws_acm_certificate" "site" {
  domain_name       = "www.example.com"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate_validation" "site" {
  certificate_arn = aws_acm_certificate.site.arn
}

resource "aws_cloudfront_response_headers_policy" "site" {
  name = "site"

  security_headers_config {
    strict_transport_security {
      access_control_max_age_sec = 63072000
      include_subdomains         = true
      override                   = true
    }
  }
}

resource "aws_cloudfront_response_headers_policy" "short" {
  name = "short"

  security_headers_config {
    strict_transport_security {
      access_control_max_age_sec = 300
      include_subdomains         = true
      override                   = true
    }
  }
}

locals {
  given_arn = terraform_data.handed_over.output
  no_arn    = null
}

module "own" {
  source = "./modules/cdn"

  settings = {
    domain            = "www.example.com"
    certificate_arn   = aws_acm_certificate_validation.site.certificate_arn
    headers_policy_id = aws_cloudfront_response_headers_policy.site.id
    minimum_tls       = "TLSv1.2_2021"
  }
}

# The certificate comes from elsewhere; one of this plan is handed over for something else.
module "handed_over" {
  source = "./modules/cdn"

  settings = {
    domain            = "www.example.com"
    certificate_arn   = terraform_data.handed_over.output
    headers_policy_id = aws_cloudfront_response_headers_policy.site.id
    minimum_tls       = "TLSv1.2_2021"
    watched_arns      = [aws_acm_certificate.site.arn]
  }
}

# Two policies in one object.
module "two_policies" {
  source = "./modules/cdn"

  settings = {
    domain                    = "www.example.com"
    certificate_arn           = aws_acm_certificate_validation.site.certificate_arn
    headers_policy_id         = aws_cloudfront_response_headers_policy.short.id
    preview_headers_policy_id = aws_cloudfront_response_headers_policy.site.id
    minimum_tls               = "TLSv1"
  }
}

# A map of sites, of which one brings its own certificate.
resource "aws_cloudfront_distribution" "each" {
  for_each = {
    www = { domain = "www.example.com", arn = aws_acm_certificate_validation.site.certificate_arn }
    app = { domain = "app.example.com", arn = terraform_data.handed_over.output }
  }
  enabled = true
  aliases = [each.value.domain]

  origin {
    origin_id                = "site"
    domain_name              = "site-assets.s3.eu-west-1.amazonaws.com"
    origin_access_control_id = "E2QWRUHEXAMPLE"
  }

  default_cache_behavior {
    target_origin_id           = "site"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = each.value.arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

# The local is what decides here, and it leads out of the plan.
resource "aws_cloudfront_distribution" "given" {
  enabled = true
  aliases = ["www.example.com"]

  origin {
    origin_id                = "site"
    domain_name              = "site-assets.s3.eu-west-1.amazonaws.com"
    origin_access_control_id = "E2QWRUHEXAMPLE"
  }

  default_cache_behavior {
    target_origin_id           = "site"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = coalesce(local.given_arn, aws_acm_certificate_validation.site.certificate_arn)
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}


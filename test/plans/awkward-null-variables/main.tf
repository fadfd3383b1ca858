# Variables that are null, with a default and without: null means that nothing was written, a default that something was.
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

variable "minimum_tls" {
  type    = string
  default = null
}

variable "headers_policy_id" {
  type    = string
  default = null
}

resource "aws_acm_certificate" "site" {
  domain_name       = "www.example.com"
  validation_method = "DNS"
  key_algorithm     = var.key_algorithm

  lifecycle {
    create_before_destroy = true
  }
}

variable "key_algorithm" {
  type    = string
  default = null
}

# CloudFront's default applies: TLSv1.
resource "aws_cloudfront_distribution" "unset" {
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
    response_headers_policy_id = var.headers_policy_id
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate.site.arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = var.minimum_tls
  }
}

module "defaults" {
  source = "./modules/cdn"
}

# null is not a value for a variable that is not nullable: its default stays.
module "nulls" {
  source = "./modules/cdn"

  minimum_tls           = null
  nullable_minimum_tls  = null
  certificate_arn       = null
  headers_policy_id     = null
  validated_certificate = aws_acm_certificate.site.arn
}

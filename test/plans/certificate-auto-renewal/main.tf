# Certificates validated by DNS and by email, imported, private, decided after apply, and from outside the plan.
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

resource "terraform_data" "method" {
  input = "DNS"
}

resource "aws_acm_certificate" "by_dns" {
  domain_name       = "by-dns.example.com"
  validation_method = "DNS"
}

resource "aws_acm_certificate" "by_email" {
  domain_name       = "by-email.example.com"
  validation_method = "EMAIL"
}

resource "aws_acm_certificate" "imported" {
  certificate_body = file("${path.module}/imported.crt")
  private_key      = file("${path.module}/imported.key")
}

resource "aws_iam_server_certificate" "imported" {
  name             = "imported"
  certificate_body = file("${path.module}/imported.crt")
  private_key      = file("${path.module}/imported.key")
}

resource "aws_acm_certificate" "private" {
  domain_name               = "private.example.com"
  certificate_authority_arn = "arn:aws:acm-pca:us-east-1:123456789012:certificate-authority/11111111-2222-3333-4444-555555555555"
}

resource "aws_acm_certificate" "after_apply" {
  domain_name       = "after-apply.example.com"
  validation_method = terraform_data.method.output
}

resource "aws_cloudfront_distribution" "certificate_from_outside" {
  enabled = true
  aliases = ["certificate-from-outside.example.com"]

  origin {
    domain_name = "origin.example.com"
    origin_id   = "site"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "site"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    viewer_protocol_policy = "redirect-to-https"
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

# Keys of certificates: requested, imported as PEM, left out, known after apply, and of a certificate from outside the plan.
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

resource "terraform_data" "algorithm" {
  input = "RSA_2048"
}

resource "terraform_data" "body" {
  input = file("${path.module}/ec-256.crt")
}

resource "aws_acm_certificate" "ecdsa_256" {
  domain_name       = "ecdsa-256.example.com"
  validation_method = "DNS"
  key_algorithm     = "EC_prime256v1"
}

resource "aws_acm_certificate" "imported_rsa_1024" {
  certificate_body = file("${path.module}/rsa-1024.crt")
  private_key      = file("${path.module}/rsa-1024.key")
}

resource "aws_acm_certificate" "imported_ecdsa_256" {
  certificate_body = file("${path.module}/ec-256.crt")
  private_key      = file("${path.module}/ec-256.key")
}

resource "aws_acm_certificate" "rsa_1024" {
  domain_name       = "rsa-1024.example.com"
  validation_method = "DNS"
  key_algorithm     = "RSA_1024"
}

resource "aws_acm_certificate" "left_out" {
  domain_name       = "left-out.example.com"
  validation_method = "DNS"
}

resource "aws_iam_server_certificate" "imported_rsa_1024" {
  name             = "imported-rsa-1024"
  certificate_body = file("${path.module}/rsa-1024.crt")
  private_key      = file("${path.module}/rsa-1024.key")
}

resource "aws_iam_server_certificate" "imported_ecdsa_256" {
  name             = "imported-ecdsa-256"
  certificate_body = file("${path.module}/ec-256.crt")
  private_key      = file("${path.module}/ec-256.key")
}

resource "aws_acm_certificate" "after_apply" {
  domain_name       = "after-apply.example.com"
  validation_method = "DNS"
  key_algorithm     = terraform_data.algorithm.output
}

resource "aws_acm_certificate" "imported_after_apply" {
  certificate_body = terraform_data.body.output
  private_key      = file("${path.module}/ec-256.key")
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

# Where other checkers of plans are known to be wrong, item by item; see test/peer-errors.test.ts.
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

# --- listeners: names of security policies, chased by prefix or by a list of bad ones

resource "aws_lb" "application" {
  name    = "application"
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}

resource "aws_lb" "network" {
  name               = "network"
  load_balancer_type = "network"
  subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}

locals {
  # Ports of their own, as listeners of one load balancer have them.
  policies = {
    "ELBSecurityPolicy-TLS13-1-0-2021-06"              = 8001
    "ELBSecurityPolicy-TLS13-1-0-PQ-2025-09"           = 8002
    "ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04"         = 8003
    "ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09"      = 8004
    "ELBSecurityPolicy-TLS13-1-1-2021-06"              = 8005
    "ELBSecurityPolicy-TLS13-1-1-FIPS-2023-04"         = 8006
    "ELBSecurityPolicy-FS-2018-06"                     = 8007
    "ELBSecurityPolicy-FS-1-1-2019-08"                 = 8008
    "ELBSecurityPolicy-TLS-1-1-2017-01"                = 8009
    "ELBSecurityPolicy-2016-08"                        = 8010
    "ELBSecurityPolicy-2015-05"                        = 8011
    "ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06"         = 8012
    "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06"         = 8013
    "ELBSecurityPolicy-TLS13-1-2-Ext1-FIPS-2023-04"    = 8014
    "ELBSecurityPolicy-TLS13-1-2-Ext2-PQ-2025-09"      = 8015
    "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"          = 8016
    "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04"     = 8017
    "ELBSecurityPolicy-TLS13-1-3-RFC9151-FIPS-2023-07" = 8018
  }
}

resource "aws_lb_listener" "named" {
  for_each          = local.policies
  load_balancer_arn = aws_lb.application.arn
  port              = each.value
  protocol          = "HTTPS"
  ssl_policy        = each.key
  certificate_arn   = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      status_code  = "200"
    }
  }
}

resource "aws_lb_listener" "silent" {
  load_balancer_arn = aws_lb.application.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      status_code  = "200"
    }
  }
}

resource "aws_lb_target_group" "app" {
  name     = "app"
  port     = 443
  protocol = "TLS"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_lb_listener" "network" {
  load_balancer_arn = aws_lb.network.arn
  port              = 443
  protocol          = "TLS"
  ssl_policy        = "ELBSecurityPolicy-2016-08"
  certificate_arn   = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

# --- redirects that lead to plain HTTP

resource "aws_lb_listener" "redirect" {
  for_each = {
    "HTTPS"       = 81
    "HTTP"        = 82
    "#{protocol}" = 83
  }
  load_balancer_arn = aws_lb.application.arn
  port              = each.value
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      protocol    = each.key
      port        = "443"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener" "redirect_silent" {
  load_balancer_arn = aws_lb.application.arn
  port              = 84
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      path        = "/elsewhere"
      status_code = "HTTP_301"
    }
  }
}

# --- CloudFront: protocols to the origin, the default certificate, the policies of 2025

resource "aws_cloudfront_distribution" "origin" {
  for_each = toset(["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2"])
  enabled  = true

  origin {
    domain_name = "origin.example.com"
    origin_id   = "origin"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = [each.key]
    }
  }

  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "origin"
    viewer_protocol_policy = "redirect-to-https"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = true
    minimum_protocol_version       = "TLSv1.2_2021"
  }
}

resource "aws_cloudfront_distribution" "viewer" {
  for_each = toset(["TLSv1.2_2018", "TLSv1.2_2021"])
  enabled  = true

  origin {
    domain_name = "origin.example.com"
    origin_id   = "origin"

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
    target_origin_id       = "origin"
    viewer_protocol_policy = "redirect-to-https"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = each.key
  }
}

# --- API Gateway: names that are stronger than TLS_1_2, and none

resource "aws_api_gateway_domain_name" "silent" {
  domain_name     = "silent.example.com"
  certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
}

# --- what is known only after the apply

resource "terraform_data" "policy" {
  input = "TLSv1.2_2021"
}

resource "aws_lb_listener" "after_apply" {
  load_balancer_arn = aws_lb.application.arn
  port              = 8443
  protocol          = "HTTPS"
  ssl_policy        = terraform_data.policy.output
  certificate_arn   = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      status_code  = "200"
    }
  }
}

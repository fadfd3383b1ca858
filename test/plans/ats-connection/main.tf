# What App Transport Security needs to connect: HTTPS, TLS 1.2 with ECDHE and AES among the offers, keys and signatures.
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

locals {
  certificate = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
}

resource "terraform_data" "policy" {
  input = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
}

resource "aws_lb" "both" {
  subnets = ["subnet-11111111", "subnet-22222222"]
}

resource "aws_lb" "plain" {
  subnets = ["subnet-11111111", "subnet-22222222"]
}

resource "aws_lb" "redirecting" {
  subnets = ["subnet-11111111", "subnet-22222222"]
}

resource "aws_lb_target_group" "app" {
  port        = 443
  protocol    = "HTTPS"
  target_type = "ip"
  vpc_id      = "vpc-11111111"
}

# A policy that also accepts TLS 1.0 and RSA key transport still lets an app connect.
resource "aws_lb_listener" "old_and_new" {
  load_balancer_arn = aws_lb.both.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = local.certificate
  ssl_policy        = "ELBSecurityPolicy-2016-08"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

resource "aws_lb_listener" "tls_1_3_alone" {
  load_balancer_arn = aws_lb.both.arn
  port              = 8443
  protocol          = "HTTPS"
  certificate_arn   = local.certificate
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

resource "aws_lb_listener" "known_after_apply" {
  load_balancer_arn = aws_lb.both.arn
  port              = 9443
  protocol          = "HTTPS"
  certificate_arn   = local.certificate
  ssl_policy        = terraform_data.policy.output

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

# Plain HTTP is a matter of https-only: HTTPS is answered beside it.
resource "aws_lb_listener" "plain_beside_https" {
  load_balancer_arn = aws_lb.both.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

resource "aws_lb_listener" "plain_alone" {
  load_balancer_arn = aws_lb.plain.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

# Nothing is served: not judged.
resource "aws_lb_listener" "redirects_elsewhere" {
  load_balancer_arn = aws_lb.redirecting.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      host        = "www.example.com"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener" "plain_of_another_plan" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shared/1111111111111111"
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

resource "aws_s3_bucket_website_configuration" "plain_website" {
  bucket = "plain-website.example.com"

  index_document {
    suffix = "index.html"
  }
}

resource "aws_cloudfront_distribution" "sslv3_and_newer" {
  enabled = true
  aliases = ["sslv3.example.com"]

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
    viewer_protocol_policy = "allow-all"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = local.certificate
    ssl_support_method       = "vip"
    minimum_protocol_version = "SSLv3"
  }
}

# A custom policy of a classic load balancer without TLS 1.2.
resource "aws_elb" "tls_1_1" {
  availability_zones = ["us-east-1a"]

  listener {
    lb_port            = 443
    lb_protocol        = "https"
    instance_port      = 443
    instance_protocol  = "https"
    ssl_certificate_id = aws_acm_certificate.ecdsa_256.arn
  }
}

resource "aws_lb_ssl_negotiation_policy" "tls_1_1" {
  name          = "tls-1-1"
  load_balancer = aws_elb.tls_1_1.name
  lb_port       = 443

  attribute {
    name  = "Protocol-TLSv1.1"
    value = "true"
  }
  attribute {
    name  = "Protocol-TLSv1.2"
    value = "false"
  }
  attribute {
    name  = "ECDHE-RSA-AES128-SHA"
    value = "true"
  }
}

resource "aws_opensearch_domain" "unpublished_suites" {
  domain_name = "unpublished"

  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}

resource "aws_acm_certificate" "ecdsa_256" {
  certificate_body = file("${path.module}/ec-256.crt")
  private_key      = file("${path.module}/ec-256.key")
}

resource "aws_acm_certificate" "rsa_1024" {
  certificate_body = file("${path.module}/rsa-1024.crt")
  private_key      = file("${path.module}/rsa-1024.key")
}

resource "aws_acm_certificate" "sha_1" {
  certificate_body = file("${path.module}/rsa-sha1.crt")
  private_key      = file("${path.module}/rsa-sha1.key")
}

# No endpoint uses it: not judged.
resource "aws_acm_certificate" "unused" {
  certificate_body = file("${path.module}/rsa-1024.crt")
  private_key      = file("${path.module}/rsa-1024.key")
}

resource "aws_lb_listener" "rsa_1024" {
  load_balancer_arn = aws_lb.both.arn
  port              = 10443
  protocol          = "HTTPS"
  certificate_arn   = aws_acm_certificate.rsa_1024.arn
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

resource "aws_lb_listener" "sha_1" {
  load_balancer_arn = aws_lb.both.arn
  port              = 11443
  protocol          = "HTTPS"
  certificate_arn   = aws_acm_certificate.sha_1.arn
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

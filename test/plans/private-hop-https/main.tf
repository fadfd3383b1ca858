# Targets that a load balancer, a VPC origin or a VPC link reaches in a private network.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "mock_access_key"
  secret_key                  = "mock_secret_key"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

resource "terraform_data" "late" {
  input = "HTTP"
}

resource "aws_lb" "internal" {
  name     = "internal"
  internal = true
  subnets  = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}

resource "aws_lb_target_group" "encrypted" {
  name     = "encrypted"
  port     = 8443
  protocol = "HTTPS"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_lb_target_group" "plain" {
  name        = "plain"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0123456789abcdef0"
}

resource "aws_lb_target_group" "after_apply" {
  name     = "after-apply"
  port     = 8080
  protocol = terraform_data.late.output
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_lb_listener" "encrypted" {
  load_balancer_arn = aws_lb.internal.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.encrypted.arn
  }
}

resource "aws_lb_listener" "plain" {
  load_balancer_arn = aws_lb.internal.arn
  port              = 8443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.plain.arn
  }
}

resource "aws_lb_listener" "after_apply" {
  load_balancer_arn = aws_lb.internal.arn
  port              = 9443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.after_apply.arn
  }
}

resource "aws_cloudfront_vpc_origin" "encrypted" {
  vpc_origin_endpoint_config {
    name                   = "encrypted"
    arn                    = aws_lb.internal.arn
    http_port              = 80
    https_port             = 443
    origin_protocol_policy = "https-only"
    origin_ssl_protocols {
      items    = ["TLSv1.2"]
      quantity = 1
    }
  }
}

resource "aws_cloudfront_vpc_origin" "plain" {
  vpc_origin_endpoint_config {
    name                   = "plain"
    arn                    = aws_lb.internal.arn
    http_port              = 80
    https_port             = 443
    origin_protocol_policy = "http-only"
    origin_ssl_protocols {
      items    = ["TLSv1.2"]
      quantity = 1
    }
  }
}

resource "aws_cloudfront_vpc_origin" "old" {
  vpc_origin_endpoint_config {
    name                   = "old"
    arn                    = aws_lb.internal.arn
    http_port              = 80
    https_port             = 443
    origin_protocol_policy = "https-only"
    origin_ssl_protocols {
      items    = ["TLSv1"]
      quantity = 1
    }
  }
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    domain_name = "encrypted.example.com"
    origin_id   = "encrypted"
    vpc_origin_config {
      vpc_origin_id = aws_cloudfront_vpc_origin.encrypted.id
    }
  }
  origin {
    domain_name = "plain.example.com"
    origin_id   = "plain"
    vpc_origin_config {
      vpc_origin_id = aws_cloudfront_vpc_origin.plain.id
    }
  }
  origin {
    domain_name = "old.example.com"
    origin_id   = "old"
    vpc_origin_config {
      vpc_origin_id = aws_cloudfront_vpc_origin.old.id
    }
  }
  # A public origin is none of this policy's.
  origin {
    domain_name = "public.example.com"
    origin_id   = "public"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "public"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }
  dynamic "ordered_cache_behavior" {
    for_each = ["encrypted", "plain", "old"]
    content {
      path_pattern           = "/${ordered_cache_behavior.value}/*"
      target_origin_id       = ordered_cache_behavior.value
      viewer_protocol_policy = "redirect-to-https"
      allowed_methods        = ["GET", "HEAD"]
      cached_methods         = ["GET", "HEAD"]
      cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    }
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

resource "aws_apigatewayv2_api" "api" {
  name          = "api"
  protocol_type = "HTTP"
}

# Without tls_config a private integration uses plain HTTP.
resource "aws_apigatewayv2_integration" "private" {
  for_each           = toset(["encrypted", "plain"])
  api_id             = aws_apigatewayv2_api.api.id
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  integration_uri    = aws_lb_listener.encrypted.arn
  connection_type    = "VPC_LINK"
  connection_id      = "link-1"
  dynamic "tls_config" {
    for_each = each.key == "encrypted" ? ["internal.example.com"] : []
    content {
      server_name_to_verify = tls_config.value
    }
  }
}

# What examples/load-balancer becomes; written by test/modules/examples.test.ts.

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

variable "security_group_ids" {
  type = list(string)
}

variable "subnet_ids" {
  type = list(string)
}

variable "vpc_id" {
  type = string
}

resource "aws_acm_certificate" "certificate_3C59EBE5" {
  domain_name       = "service.example.com"
  key_algorithm     = "RSA_2048"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }

  options {
    certificate_transparency_logging_preference = "ENABLED"
  }
}

resource "aws_acm_certificate_validation" "certificate_validation_5EC41E25" {
  certificate_arn         = aws_acm_certificate.certificate_3C59EBE5.arn
  validation_record_fqdns = [aws_route53_record.tlsgate-validation_serviceexamplecom_5447293B.fqdn]

  timeouts {
    create = "20m"
  }
}

resource "aws_lb" "front" {
  drop_invalid_header_fields = true
  security_groups            = var.security_group_ids
  subnets                    = var.subnet_ids
}

resource "aws_lb_listener" "listener_http_880AF17C" {
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener" "listener_https_A1B3DAC4" {
  certificate_arn                                              = aws_acm_certificate_validation.certificate_validation_5EC41E25.certificate_arn
  load_balancer_arn                                            = aws_lb.front.arn
  port                                                         = 443
  protocol                                                     = "HTTPS"
  routing_http_response_strict_transport_security_header_value = "max-age=63072000; includeSubDomains"
  ssl_policy                                                   = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"

  default_action {
    target_group_arn = aws_lb_target_group.service.arn
    type             = "forward"
  }
}

resource "aws_lb_target_group" "service" {
  port        = 443
  protocol    = "HTTPS"
  target_type = "ip"
  vpc_id      = var.vpc_id

  health_check {
    path     = "/health"
    protocol = "HTTPS"
  }
}

resource "aws_route53_record" "address" {
  name    = "service.example.com"
  type    = "A"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = true
    name                   = aws_lb.front.dns_name
    zone_id                = aws_lb.front.zone_id
  }
}

resource "aws_route53_record" "tlsgate-validation_serviceexamplecom_5447293B" {
  allow_overwrite = true
  name            = [for o in aws_acm_certificate.certificate_3C59EBE5.domain_validation_options : o.resource_record_name if trimprefix(o.domain_name, "*.") == "service.example.com"][0]
  records = [
    [for o in aws_acm_certificate.certificate_3C59EBE5.domain_validation_options : o.resource_record_value if trimprefix(o.domain_name, "*.") == "service.example.com"][0],
  ]
  ttl     = 60
  type    = [for o in aws_acm_certificate.certificate_3C59EBE5.domain_validation_options : o.resource_record_type if trimprefix(o.domain_name, "*.") == "service.example.com"][0]
  zone_id = "Z0123456789ABCDEFGHIJ"
}

# Names that lead to a listener: records, hosts of rules, and those of a network load balancer before it.
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
  input = "late.example.com"
}

resource "aws_route53_zone" "site" {
  name = "example.com"
}

resource "aws_acm_certificate" "site" {
  domain_name               = "Example.com"
  subject_alternative_names = ["www.example.com"]
  validation_method         = "DNS"
}

resource "aws_acm_certificate_validation" "site" {
  certificate_arn = aws_acm_certificate.site.arn
}

resource "aws_acm_certificate" "further" {
  domain_name       = "*.shop.example.com"
  validation_method = "DNS"
}

resource "aws_acm_certificate_validation" "further" {
  certificate_arn = aws_acm_certificate.further.arn
}

resource "aws_lb" "front" {
  name    = "front"
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}

resource "aws_lb" "network" {
  name               = "network"
  load_balancer_type = "network"
  subnets            = ["subnet-0123456789abcdef0"]
}

resource "aws_lb_target_group" "front" {
  name        = "front"
  port        = 443
  protocol    = "TCP"
  target_type = "alb"
  vpc_id      = "vpc-0123456789abcdef0"
}

resource "aws_lb_target_group_attachment" "front" {
  target_group_arn = aws_lb_target_group.front.arn
  target_id        = aws_lb.front.arn
}

resource "aws_lb_listener" "tcp" {
  load_balancer_arn = aws_lb.network.arn
  port              = 443
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.front.arn
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
  certificate_arn   = aws_acm_certificate_validation.site.certificate_arn
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener_certificate" "further" {
  listener_arn    = aws_lb_listener.https.arn
  certificate_arn = aws_acm_certificate_validation.further.certificate_arn
}

resource "aws_lb_listener_rule" "hosts" {
  listener_arn = aws_lb_listener.https.arn
  action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
  condition {
    host_header {
      values = ["WWW.example.com", "eu.shop.example.com", "*.shop.example.com", "*.eu.example.com"]
    }
  }
}

# Relative to its zone, and with "dualstack." before the host.
resource "aws_route53_record" "apex" {
  zone_id = aws_route53_zone.site.zone_id
  name    = ""
  type    = "A"
  alias {
    name                   = "dualstack.${aws_lb.front.dns_name}"
    zone_id                = aws_lb.front.zone_id
    evaluate_target_health = false
  }
}

resource "aws_route53_record" "admin" {
  zone_id = aws_route53_zone.site.zone_id
  name    = "admin"
  type    = "CNAME"
  ttl     = 300
  records = [aws_lb.front.dns_name]
}

resource "aws_route53_record" "network" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "static.example.com"
  type    = "A"
  alias {
    name                   = aws_lb.network.dns_name
    zone_id                = aws_lb.network.zone_id
    evaluate_target_health = false
  }
}

# Nobody can tell their names, or what they lead to.
resource "aws_route53_record" "relative" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "relative"
  type    = "CNAME"
  ttl     = 300
  records = [aws_lb.front.dns_name]
}

resource "aws_route53_record" "late" {
  zone_id = aws_route53_zone.site.zone_id
  name    = terraform_data.late.output
  type    = "CNAME"
  ttl     = 300
  records = [aws_lb.front.dns_name]
}

resource "aws_route53_record" "elsewhere" {
  zone_id = aws_route53_zone.site.zone_id
  name    = "elsewhere.example.com"
  type    = "CNAME"
  ttl     = 300
  records = [terraform_data.late.output]
}

resource "aws_elb" "classic" {
  name    = "classic"
  subnets = ["subnet-0123456789abcdef0"]
  listener {
    lb_port            = 443
    lb_protocol        = "https"
    instance_port      = 8443
    instance_protocol  = "https"
    ssl_certificate_id = aws_acm_certificate_validation.site.certificate_arn
  }
}

resource "aws_route53_record" "classic" {
  zone_id = aws_route53_zone.site.zone_id
  name    = "classic.example.com"
  type    = "A"
  alias {
    name                   = aws_elb.classic.dns_name
    zone_id                = aws_elb.classic.zone_id
    evaluate_target_health = false
  }
}

resource "aws_apigatewayv2_domain_name" "api" {
  domain_name = "www.example.com"
  domain_name_configuration {
    certificate_arn = aws_acm_certificate_validation.site.certificate_arn
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}

resource "aws_route53_record" "api" {
  for_each = toset(["www.example.com", "api.example.com"])
  zone_id  = aws_route53_zone.site.zone_id
  name     = each.key
  type     = "A"
  alias {
    name                   = aws_apigatewayv2_domain_name.api.domain_name_configuration[0].target_domain_name
    zone_id                = aws_apigatewayv2_domain_name.api.domain_name_configuration[0].hosted_zone_id
    evaluate_target_health = false
  }
}

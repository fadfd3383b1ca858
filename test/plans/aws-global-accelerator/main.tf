# Global Accelerator in front of load balancers: their listeners by port, another load balancer, UDP.
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

resource "aws_acm_certificate" "site" {
  domain_name       = "www.example.com"
  validation_method = "DNS"
}

resource "aws_acm_certificate_validation" "site" {
  certificate_arn = aws_acm_certificate.site.arn
}

resource "aws_lb" "site" {
  name    = "site"
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}

resource "aws_lb_listener" "secure" {
  load_balancer_arn                                            = aws_lb.site.arn
  port                                                         = 443
  protocol                                                     = "HTTPS"
  ssl_policy                                                   = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
  certificate_arn                                              = aws_acm_certificate_validation.site.certificate_arn
  routing_http_response_strict_transport_security_header_value = "max-age=31536000"

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      status_code  = "200"
    }
  }
}

resource "aws_lb_listener" "redirect" {
  load_balancer_arn = aws_lb.site.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_globalaccelerator_accelerator" "site" {
  name = "site"
}

resource "aws_globalaccelerator_listener" "web" {
  accelerator_arn = aws_globalaccelerator_accelerator.site.id
  protocol        = "TCP"

  port_range {
    from_port = 443
    to_port   = 443
  }
}

resource "aws_globalaccelerator_endpoint_group" "web" {
  listener_arn = aws_globalaccelerator_listener.web.id

  endpoint_configuration {
    endpoint_id = aws_lb.site.arn
  }

  endpoint_configuration {
    endpoint_id = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/elsewhere/0123456789abcdef"
  }
}

resource "aws_globalaccelerator_listener" "all" {
  accelerator_arn = aws_globalaccelerator_accelerator.site.arn
  protocol        = "TCP"

  port_range {
    from_port = 80
    to_port   = 80
  }

  port_range {
    from_port = 8443
    to_port   = 8443
  }
}

resource "aws_globalaccelerator_endpoint_group" "all" {
  listener_arn = aws_globalaccelerator_listener.all.arn

  endpoint_configuration {
    endpoint_id = aws_lb.site.id
  }

  port_override {
    listener_port = 8443
    endpoint_port = 443
  }
}

resource "aws_globalaccelerator_listener" "udp" {
  accelerator_arn = aws_globalaccelerator_accelerator.site.id
  protocol        = "UDP"

  port_range {
    from_port = 443
    to_port   = 443
  }
}

# Listeners of load balancers of this plan: what they answer, lead to, and show.
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

provider "aws" {
  alias                       = "us_east_1"
  region                      = "us-east-1"
  access_key                  = "mock_access_key"
  secret_key                  = "mock_secret_key"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

resource "aws_lb" "front" {
  name    = "front"
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}

resource "aws_alb" "old" {
  name         = "old"
  subnets      = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  enable_http2 = false
}

resource "aws_lb" "network" {
  name               = "network"
  load_balancer_type = "network"
  subnets            = ["subnet-0123456789abcdef0"]
}

resource "aws_lb_target_group" "group" {
  for_each = toset(["HTTP", "HTTPS", "TCP", "TLS"])
  name     = lower(each.key)
  port     = 8443
  protocol = each.key
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_lb_target_group" "function" {
  name        = "function"
  target_type = "lambda"
}

resource "aws_acm_certificate" "site" {
  domain_name       = "www.example.com"
  validation_method = "DNS"
}

resource "aws_acm_certificate_validation" "site" {
  certificate_arn = aws_acm_certificate.site.arn
}

resource "aws_acm_certificate" "elsewhere" {
  provider          = aws.us_east_1
  domain_name       = "www.example.com"
  validation_method = "DNS"
}

resource "terraform_data" "late" {
  input = "HTTPS"
}

# As it should be.
resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
  certificate_arn   = aws_acm_certificate_validation.site.certificate_arn

  routing_http_response_strict_transport_security_header_value = "max-age=63072000; includeSubDomains; preload"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.group["HTTPS"].arn
  }
}

resource "aws_lb_listener_certificate" "further" {
  listener_arn    = aws_lb_listener.https.arn
  certificate_arn = aws_acm_certificate.elsewhere.arn
}

resource "aws_lb_listener_rule" "weighted" {
  listener_arn = aws_lb_listener.https.arn
  action {
    type = "forward"
    forward {
      target_group {
        arn    = aws_lb_target_group.group["HTTP"].arn
        weight = 90
      }
      target_group {
        arn    = aws_lb_target_group.function.arn
        weight = 10
      }
    }
  }
  condition {
    host_header {
      values = ["beta.example.com"]
    }
  }
}

resource "aws_lb_listener" "redirect" {
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

# One rule redirects too, another does not.
resource "aws_lb_listener_rule" "moved" {
  listener_arn = aws_lb_listener.redirect.arn
  action {
    type = "redirect"
    redirect {
      host        = "www.example.org"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
  condition {
    path_pattern {
      values = ["/moved/*"]
    }
  }
}

resource "aws_lb_listener_rule" "health" {
  listener_arn = aws_lb_listener.redirect.arn
  action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "200"
    }
  }
  condition {
    path_pattern {
      values = ["/health", "/ready"]
    }
  }
}

resource "aws_lb_listener" "refuses" {
  load_balancer_arn = aws_lb.front.arn
  port              = 8080
  protocol          = "HTTP"
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "403"
    }
  }
}

# Without a protocol, the provider takes HTTP.
resource "aws_alb_listener" "silent" {
  load_balancer_arn = aws_alb.old.arn
  port              = 8081
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.group["HTTP"].arn
  }
}

resource "aws_alb_listener" "defaults" {
  load_balancer_arn = aws_alb.old.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:iam::123456789012:server-certificate/site"
  default_action {
    type = "authenticate-oidc"
    authenticate_oidc {
      authorization_endpoint = "https://example.com/authorize"
      client_id              = "site"
      client_secret          = "mock_client_secret"
      issuer                 = "https://example.com"
      token_endpoint         = "https://example.com/token"
      user_info_endpoint     = "https://example.com/user"
    }
  }
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.function.arn
  }
}

resource "aws_lb_listener" "tls" {
  load_balancer_arn = aws_lb.network.arn
  port              = 443
  protocol          = "TLS"
  ssl_policy        = "ELBSecurityPolicy-FS-1-2-Res-2020-10"
  certificate_arn   = aws_acm_certificate.site.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.group["TCP"].arn
  }
}

resource "aws_lb_listener" "reencrypted" {
  load_balancer_arn = aws_lb.network.arn
  port              = 8443
  protocol          = "TLS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-3-2021-06"
  certificate_arn   = aws_acm_certificate_validation.site.certificate_arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.group["TLS"].arn
  }
}

# TLS ends behind it, if it is TLS.
resource "aws_lb_listener" "tcp" {
  load_balancer_arn = aws_lb.network.arn
  port              = 80
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.group["TCP"].arn
  }
}

resource "aws_lb_listener" "late" {
  load_balancer_arn = aws_lb.front.arn
  port              = 9443
  protocol          = terraform_data.late.output
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.group["HTTP"].arn
  }
}

resource "aws_lb_listener" "late_policy" {
  load_balancer_arn = aws_lb.front.arn
  port              = 9444
  protocol          = "HTTPS"
  ssl_policy        = terraform_data.late.output
  certificate_arn   = terraform_data.late.output
  default_action {
    type = "forward"
    dynamic "forward" {
      for_each = [terraform_data.late.output]
      content {
        target_group {
          arn = forward.value
        }
      }
    }
  }
}

resource "aws_lb_listener" "unheard_of" {
  load_balancer_arn = aws_lb.front.arn
  port              = 9445
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-2031-01"
  certificate_arn   = aws_acm_certificate_validation.site.certificate_arn
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

# Rules of listeners that another plan makes.
resource "aws_lb_listener_rule" "stray" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shared/0123456789abcdef/0123456789abcdef"
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.group["HTTP"].arn
  }
  condition {
    path_pattern {
      values = ["/stray/*"]
    }
  }
}

resource "aws_lb_listener_rule" "stray_redirect" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shared/0123456789abcdef/0123456789abcdef"
  action {
    type = "redirect"
    redirect {
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
  condition {
    host_header {
      values = ["old.example.com"]
    }
  }
}

# Rules that take every request, redirects of HTTPS, and TCP that leads to an application load balancer or to instances.
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

resource "aws_lb" "front" {
  name    = "front"
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}

resource "aws_lb_target_group" "app" {
  name     = "app"
  port     = 8443
  protocol = "HTTPS"
  vpc_id   = "vpc-0123456789abcdef0"
}

# Its rule for all paths redirects before the default action and the later rule.
resource "aws_lb_listener" "redirected" {
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

resource "aws_lb_listener_rule" "all" {
  listener_arn = aws_lb_listener.redirected.arn
  priority     = 100
  action {
    type = "redirect"
    redirect {
      protocol    = "HTTPS"
      port        = "443"
      status_code = "HTTP_301"
    }
  }
  condition {
    path_pattern {
      values = ["/*"]
    }
  }
}

resource "aws_lb_listener_rule" "before" {
  listener_arn = aws_lb_listener.redirected.arn
  priority     = 10
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
  condition {
    path_pattern {
      values = ["/health"]
    }
  }
}

resource "aws_lb_listener_rule" "after" {
  listener_arn = aws_lb_listener.redirected.arn
  priority     = 200
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
  condition {
    path_pattern {
      values = ["/late/*"]
    }
  }
}

# A rule for some requests hides nothing.
resource "aws_lb_listener" "partly" {
  load_balancer_arn = aws_lb.front.arn
  port              = 81
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

resource "aws_lb_listener_rule" "some" {
  listener_arn = aws_lb_listener.partly.arn
  priority     = 1
  action {
    type = "redirect"
    redirect {
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
  condition {
    path_pattern {
      values = ["/*"]
    }
  }
  condition {
    host_header {
      values = ["www.example.com"]
    }
  }
}

# A default action that leaves HTTPS, and rules that do and do not.
resource "aws_lb_listener" "leaving" {
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"

  routing_http_response_strict_transport_security_header_value = ""

  default_action {
    type = "redirect"
    redirect {
      protocol    = "HTTP"
      port        = "8080"
      status_code = "HTTP_302"
    }
  }
}

resource "aws_lb_listener_rule" "leaving" {
  for_each     = toset(["HTTP", "HTTPS", "#{protocol}"])
  listener_arn = aws_lb_listener.leaving.arn
  action {
    type = "redirect"
    redirect {
      protocol    = each.key
      host        = "www.example.org"
      status_code = "HTTP_301"
    }
  }
  condition {
    path_pattern {
      values = ["/${lower(each.key)}/*"]
    }
  }
}

resource "aws_lb" "network" {
  name               = "network"
  load_balancer_type = "network"
  subnets            = ["subnet-0123456789abcdef0"]
}

resource "aws_lb_target_group" "balancer" {
  for_each    = toset(["80", "443", "8080"])
  name        = "balancer-${each.key}"
  port        = each.key
  protocol    = "TCP"
  target_type = "alb"
  vpc_id      = "vpc-0123456789abcdef0"
}

# Nothing is attached to the group of port 8080.
resource "aws_lb_target_group_attachment" "balancer" {
  for_each         = toset(["80", "443"])
  target_group_arn = aws_lb_target_group.balancer[each.key].arn
  target_id        = aws_lb.front.id
}

resource "aws_lb_listener" "tcp" {
  for_each          = aws_lb_target_group.balancer
  load_balancer_arn = aws_lb.network.arn
  port              = each.key
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = each.value.arn
  }
}

resource "aws_lb" "passing" {
  name               = "passing"
  load_balancer_type = "network"
  subnets            = ["subnet-0123456789abcdef0"]
}

resource "aws_lb_target_group" "instances" {
  name     = "instances"
  port     = 80
  protocol = "TCP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_lb_listener" "passing" {
  for_each          = toset(["80", "443", "5432"])
  load_balancer_arn = aws_lb.passing.arn
  port              = each.key
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.instances.arn
  }
}

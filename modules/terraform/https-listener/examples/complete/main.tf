provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

module "certificate" {
  source = "../../../certificate"

  domains = ["app.example.com"]
  zones   = { "example.com" = "Z0EXAMPLECOM" }
  use     = "regional"

  providers = {
    aws.us_east_1 = aws.us_east_1
  }
}

module "shop_certificate" {
  source = "../../../certificate"

  domains = ["shop.example.org"]
  zones   = { "example.org" = "Z0EXAMPLEORG" }
  use     = "regional"

  providers = {
    aws.us_east_1 = aws.us_east_1
  }
}

resource "aws_lb" "app" {
  name                       = "app"
  subnets                    = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  drop_invalid_header_fields = true
}

resource "aws_lb_target_group" "app" {
  name     = "app"
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-0123456789abcdef0"
}

module "listener" {
  source = "../.."

  load_balancer_arn     = aws_lb.app.arn
  certificate_arn       = module.certificate.certificate_arn
  more_certificate_arns = { shop = module.shop_certificate.certificate_arn }
  tls                   = "ELBSecurityPolicy-TLS13-1-3-2021-06"
  hsts                  = { max_age_days = 365, preload = true }
  tags                  = { team = "web" }

  # What no rule of yours matches.
  action = { fixed = { status = 404, body = "Not found." } }
}

resource "aws_lb_listener_rule" "app" {
  listener_arn = module.listener.listener_arn

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }

  condition {
    host_header {
      values = ["app.example.com", "shop.example.org"]
    }
  }
}

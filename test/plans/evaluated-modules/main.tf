# Expressions of public modules that the evaluation once took for more, or for less, than they tell.
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

variable "key" {
  type      = string
  default   = "s3cret-key"
  sensitive = true
}

resource "terraform_data" "switch" {}

locals {
  # Known after the apply alone.
  late = terraform_data.switch.id == "x"
  good = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
  tls = {
    one = local.good, two = local.good, three = local.good, four = local.good, five = local.good
    bad = "ELBSecurityPolicy-2016-08"
  }
}

resource "aws_acm_certificate" "site" {
  domain_name       = "www.example.com"
  validation_method = "DNS"
  tags              = { (terraform_data.switch.id) = "x" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate_validation" "site" {
  certificate_arn = aws_acm_certificate.site.arn
}

# --- more choices than can be judged in all combinations

resource "aws_lb" "site" {
  for_each = toset(concat(keys(local.tls), ["fallback", "around", "dualstack"]))
  name     = each.key
  subnets  = ["subnet-11111111", "subnet-22222222"]
}

resource "aws_lb_listener" "late" {
  for_each          = local.tls
  load_balancer_arn = aws_lb.site[each.key].arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = local.late ? each.value : "ELBSecurityPolicy-TLS13-1-3-2021-06"
  certificate_arn   = aws_acm_certificate_validation.site.certificate_arn
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

# --- one branch fails: then it is what stands behind

resource "aws_lb_listener" "fallback" {
  load_balancer_arn = aws_lb.site["fallback"].arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = try(local.late ? local.tls["none"] : local.good, local.tls["bad"])
  certificate_arn   = aws_acm_certificate_validation.site.certificate_arn
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

# --- a text around an identifier is another one

resource "aws_lb_listener" "around" {
  load_balancer_arn = aws_lb.site["around"].arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = local.good
  certificate_arn   = "${aws_acm_certificate.site.arn}-old"
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener" "dualstack" {
  load_balancer_arn = aws_lb.site["dualstack"].arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = local.good
  certificate_arn   = aws_acm_certificate_validation.site.certificate_arn
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_route53_record" "dualstack" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "other.example.com"
  type    = "A"
  alias {
    name                   = "dualstack.${aws_lb.site["dualstack"].dns_name}"
    zone_id                = aws_lb.site["dualstack"].zone_id
    evaluate_target_health = true
  }
}

# --- modules that take "" for no certificate

module "cdn" {
  source          = "./cdn"
  certificate_arn = aws_acm_certificate_validation.site.certificate_arn
  aliases         = ["www.example.com"]
}

module "plain" {
  source  = "./cdn"
  aliases = ["www.example.com"]
}

# The key is a secret, and so is what it finds.
module "secret" {
  source          = "./cdn"
  certificate_arn = aws_acm_certificate.site.tags_all[var.key]
  aliases         = ["www.example.com"]
}

# --- the scheme is known, the host is not

resource "aws_apigatewayv2_api" "front" {
  name          = "front"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "to" {
  for_each = {
    https = "https://${aws_lb.site["one"].dns_name}/"
    http  = "http://${aws_lb.site["one"].dns_name}/"
    both  = "${local.late ? "http" : "https"}://${aws_lb.site["one"].dns_name}/"
  }
  api_id             = aws_apigatewayv2_api.front.id
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  integration_uri    = each.value
}

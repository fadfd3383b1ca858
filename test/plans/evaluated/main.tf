# What only the configuration tells: the JSON of this plan lists what an expression refers to, and not what it makes of it.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                      = local.regions[0]
  access_key                  = "mock_access_key"
  secret_key                  = "mock_secret_key"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

provider "aws" {
  alias                       = "edge"
  region                      = var.partition == "aws" ? "us-east-1" : "us-gov-west-1"
  access_key                  = "mock_access_key"
  secret_key                  = "mock_secret_key"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

variable "partition" {
  default = "aws"
}

variable "bought_arn" {
  type    = string
  default = null
}

variable "edge" {
  type = object({
    aliases = list(string)
    tls     = optional(string, "TLSv1.2_2021")
  })
  default = {
    aliases = ["www.example.com"]
  }
}

locals {
  regions = ["eu-west-1", "eu-central-1"]
  sites   = { a = "a.example.com", b = "b.example.org" }
  policies = {
    old = "ELBSecurityPolicy-2016-08"
    new = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
  }
  # Known after the apply alone.
  late = terraform_data.switch.id == "x"
  # Nested, so that a name leads to a name.
  certificate_arn = local.certificates["a"]
  certificates    = { for name, one in aws_acm_certificate.site : name => one.arn }
}

resource "terraform_data" "switch" {}

resource "aws_acm_certificate" "site" {
  for_each          = local.sites
  domain_name       = each.value
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate" "edge" {
  provider          = aws.edge
  domain_name       = "www.example.com"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate_validation" "edge" {
  provider        = aws.edge
  certificate_arn = aws_acm_certificate.edge.arn
}

# --- listeners: names are those of records

resource "aws_lb" "front" {
  for_each = toset(["by_local", "by_key", "rewritten", "coalesced", "either", "either_bad", "dynamic", "file"])
  name     = replace(each.key, "_", "-")
  subnets  = ["subnet-11111111", "subnet-22222222"]
}

resource "aws_route53_record" "front" {
  for_each = aws_lb.front
  zone_id  = "Z0123456789ABCDEFGHIJ"
  name     = local.sites["a"]
  type     = "A"
  alias {
    name                   = each.value.dns_name
    zone_id                = each.value.zone_id
    evaluate_target_health = true
  }
}

resource "aws_lb_listener" "by_local" {
  load_balancer_arn = aws_lb.front["by_local"].arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = local.policies["new"]
  certificate_arn   = local.certificate_arn
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

# The other site's certificate: x[each.key] and x[replace(…)] list the same references.
resource "aws_lb_listener" "by_key" {
  load_balancer_arn = aws_lb.front["by_key"].arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = local.policies["new"]
  certificate_arn   = aws_acm_certificate.site[replace("a", "a", "b")].arn
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener" "rewritten" {
  load_balancer_arn = aws_lb.front["rewritten"].arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = local.policies["new"]
  certificate_arn   = replace(aws_acm_certificate.site["a"].arn, "eu-west-1", "eu-central-1")
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener" "coalesced" {
  load_balancer_arn = aws_lb.front["coalesced"].arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = local.policies["new"]
  certificate_arn   = coalesce(var.bought_arn, aws_acm_certificate.site["a"].arn, "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555")
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

# Whichever it will be, it is good.
resource "aws_lb_listener" "either" {
  load_balancer_arn = aws_lb.front["either"].arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = local.late ? local.policies["new"] : "ELBSecurityPolicy-TLS13-1-3-2021-06"
  certificate_arn   = local.certificate_arn
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

# One of the two is not.
resource "aws_lb_listener" "either_bad" {
  load_balancer_arn = aws_lb.front["either_bad"].arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = local.late ? local.policies["new"] : local.policies["old"]
  certificate_arn   = local.certificate_arn
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener" "dynamic" {
  load_balancer_arn = aws_lb.front["dynamic"].arn
  port              = 80
  protocol          = "HTTP"
  dynamic "default_action" {
    for_each = [aws_lb.front["dynamic"].arn]
    iterator = front
    content {
      type = "redirect"
      redirect {
        protocol    = "HTTPS"
        port        = length(front.value) > 0 ? "443" : "443"
        status_code = "HTTP_301"
      }
    }
  }
}

# No plan file holds other files than the configuration.
resource "aws_lb_listener" "file" {
  load_balancer_arn = aws_lb.front["file"].arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = local.policies["new"]
  certificate_arn   = fileexists("${path.module}/main.tf") ? aws_acm_certificate.site["a"].arn : aws_acm_certificate.site["b"].arn
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

# --- a module in the style of public ones

module "site" {
  source    = "./site"
  providers = { aws = aws, aws.edge = aws.edge }
  aliases   = var.edge.aliases
  tls       = var.edge.tls
  certificate = {
    arn = aws_acm_certificate_validation.edge.certificate_arn
  }
  headers = [for max_age in [63072000] : max_age if max_age > 0]
}

# --- policies of a new bucket

resource "aws_s3_bucket" "encoded" {
  bucket_prefix = "encoded-"
}

resource "aws_s3_bucket_policy" "encoded" {
  bucket = aws_s3_bucket.encoded.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [for suffix in ["", "/*"] : "${aws_s3_bucket.encoded.arn}${suffix}"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket" "half" {
  bucket_prefix = "half-"
}

data "aws_iam_policy_document" "half" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.half.arn]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "half" {
  bucket = aws_s3_bucket.half.id
  policy = data.aws_iam_policy_document.half.json
}

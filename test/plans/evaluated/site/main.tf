terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.edge]
    }
  }
}

variable "aliases" {
  type = list(string)
}

variable "tls" {
  type = string
}

variable "certificate" {
  type    = object({ arn = optional(string), iam = optional(string) })
  default = null
}

variable "headers" {
  type    = list(number)
  default = []
}

resource "aws_cloudfront_response_headers_policy" "this" {
  count = length(var.headers)
  name  = "site-${count.index}"

  security_headers_config {
    strict_transport_security {
      access_control_max_age_sec = var.headers[count.index]
      include_subdomains         = true
      override                   = true
    }
  }
}

resource "aws_cloudfront_distribution" "this" {
  enabled = true
  aliases = var.aliases

  origin {
    origin_id                = "site"
    domain_name              = "site-assets.s3.eu-west-1.amazonaws.com"
    origin_access_control_id = "E2QWRUHEXAMPLE"
  }

  default_cache_behavior {
    target_origin_id           = "site"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    response_headers_policy_id = try(aws_cloudfront_response_headers_policy.this[0].id, null)
  }

  dynamic "ordered_cache_behavior" {
    for_each = aws_cloudfront_response_headers_policy.this[*].id
    content {
      path_pattern               = "/downloads/*"
      target_origin_id           = "site"
      viewer_protocol_policy     = "https-only"
      allowed_methods            = ["GET", "HEAD"]
      cached_methods             = ["GET", "HEAD"]
      cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
      response_headers_policy_id = ordered_cache_behavior.value
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  dynamic "viewer_certificate" {
    for_each = var.certificate == null ? [] : [var.certificate]
    content {
      acm_certificate_arn            = viewer_certificate.value.arn
      iam_certificate_id             = viewer_certificate.value.iam
      cloudfront_default_certificate = viewer_certificate.value.arn == null && viewer_certificate.value.iam == null
      ssl_support_method             = "sni-only"
      minimum_protocol_version       = var.tls
    }
  }
}

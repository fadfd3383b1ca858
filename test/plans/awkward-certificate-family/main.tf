# One family of distributions, two certificates: the map's values name which one each distribution takes.
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

provider "aws" {
  alias                       = "eu"
  region                      = "eu-central-1"
  access_key                  = "mock_access_key"
  secret_key                  = "mock_secret_key"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

variable "certificates" {
  type = map(list(string))
  default = {
    brand  = ["example.com", "*.example.com"]
    tenant = ["tenant.example.net", "*.tenant.example.net"]
  }
}

variable "sites" {
  type = map(object({ name = string, certificate = string }))
  default = {
    home   = { name = "www.example.com", certificate = "brand" }
    tenant = { name = "a.tenant.example.net", certificate = "tenant" }
    brand  = { name = "b.tenant.example.net", certificate = "brand" }
  }
}

variable "certificate_of_site" {
  type = map(string)
  default = {
    brand  = "tenant"
    tenant = "brand"
  }
}

resource "aws_acm_certificate" "family" {
  for_each                  = var.certificates
  domain_name               = each.value[0]
  subject_alternative_names = slice(each.value, 1, length(each.value))
  validation_method         = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate" "europe" {
  provider                  = aws.eu
  domain_name               = "example.com"
  subject_alternative_names = ["*.example.com"]
  validation_method         = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudfront_distribution" "site" {
  for_each = var.sites
  enabled  = true
  aliases  = [each.value.name]

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
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate.family[each.value.certificate].arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

# The index goes through a second map: the plan shows what the expression refers to, but not that each.key is no index.
resource "aws_cloudfront_distribution" "looked_up" {
  for_each = var.certificates
  enabled  = true
  aliases  = ["${each.key}.example.com"]

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
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate.family[lookup(var.certificate_of_site, each.key, "brand")].arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

# The same through a local, which is not in the plan at all.
locals {
  certificate_of_site = { brand = "tenant", tenant = "brand" }
}

resource "aws_cloudfront_distribution" "looked_up_local" {
  for_each = var.certificates
  enabled  = true
  aliases  = ["${each.key}.example.com"]

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
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate.family[local.certificate_of_site[each.key]].arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

# An object of certificates in two regions, indexed by a value.
resource "aws_cloudfront_distribution" "mixed" {
  for_each = var.sites
  enabled  = true
  aliases  = [each.value.name]

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
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = { brand = aws_acm_certificate.family["brand"].arn, tenant = aws_acm_certificate.europe.arn }[each.value.certificate]
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

# for_each goes through the certificates themselves.
resource "aws_acm_certificate_validation" "family" {
  for_each        = aws_acm_certificate.family
  certificate_arn = each.value.arn
}

resource "aws_cloudfront_distribution" "chained" {
  for_each = aws_acm_certificate.family
  enabled  = true
  aliases  = [each.value.domain_name]

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
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = each.value.arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

resource "aws_cloudfront_distribution" "validated" {
  for_each = aws_acm_certificate.family
  enabled  = true
  aliases  = [each.value.domain_name]

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
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate_validation.family[each.key].certificate_arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

# A written key beats whatever stands beside it.
resource "aws_cloudfront_distribution" "written" {
  for_each = var.certificates
  enabled  = true
  aliases  = ["www.example.com"]

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
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate.family["brand"].arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}


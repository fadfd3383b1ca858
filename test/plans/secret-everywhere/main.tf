# Secrets wherever the model looks: each is judged, and none may be printed.
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

variable "secret" {
  sensitive = true
  default = {
    alias           = "secret-alias.example.com"
    certificate_arn = "arn:aws:acm:eu-west-1:987654321098:certificate/5ec4e700-0000-0000-0000-000000000000"
    comment         = "secret-comment"
    floor           = "TLSv1.1_2016"
    header          = "max-age=7654321"
    http_version    = "http1.1"
    max_age         = 1234567
    origin          = "secret-origin.example.com"
    origin_id       = "secret-origin-id"
    origin_protocol = "match-viewer"
    path            = "/secret-path/*"
    plain_http      = "allow-all"
  }
}

variable "code" {
  sensitive = true
  default   = <<-CODE
    function handler(event) {
      var response = event.response;
      var age = 'secret-token';
      response.headers['strict-transport-security'] = { value: 'max-age=2468013' };
      return response;
    }
  CODE
}

variable "certificate" {
  sensitive = true
  default   = <<-PEM
    -----BEGIN CERTIFICATE-----
    MIICQTCCAaqgAwIBAgIUTR1GrsbztB9WJncStlawVsfoG7MwDQYJKoZIhvcNAQEL
    BQAwITEfMB0GA1UEAwwWc2VjcmV0LXNhbi5leGFtcGxlLmNvbTAeFw0yNjExMjIx
    ODI3NThaFw0zNjExMTkxODI3NThaMCExHzAdBgNVBAMMFnNlY3JldC1zYW4uZXhh
    bXBsZS5jb20wgZ8wDQYJKoZIhvcNAQEBBQADgY0AMIGJAoGBAMf//q1JFqGG087t
    QPk2A6Amc5FpNGS0QWChGG1iqcf17oQ6stvC+dVBslw1h77Fo5EfPRJVlXzo4D/4
    zma/ou02/d4k33+KTIqNIPZm5/8AMhM6JeXFZX0s+i9YQCcFvz8cFmWlB6aG/ug+
    M3N+90eaT5ZegM1ibfvrjPJCJwDVAgMBAAGjdjB0MB0GA1UdDgQWBBRTIz8BI/1x
    L1ApoMPrNOw33EoJmjAfBgNVHSMEGDAWgBRTIz8BI/1xL1ApoMPrNOw33EoJmjAP
    BgNVHRMBAf8EBTADAQH/MCEGA1UdEQQaMBiCFnNlY3JldC1zYW4uZXhhbXBsZS5j
    b20wDQYJKoZIhvcNAQELBQADgYEAG62/XRYw0Ii76mLjq3ohIocw6L7FqojRe4bv
    5Xo/Akh7LEgT9Hc8F+iexm6RyNojSuoUO71Gr35YP7Y7ftsDaC2V1KdnQByp1Hwl
    ch2nIfPVX2Gj56FPtq2yPpptbINzKnZ8M+oxesp7o4jdLzGbHm7HZrj1wJtaXMPJ
    /5QtTqY=
    -----END CERTIFICATE-----
  PEM
}

resource "aws_acm_certificate" "imported" {
  certificate_body = var.certificate
  private_key      = "secret-private-key"
}

resource "aws_cloudfront_response_headers_policy" "config" {
  name    = "config"
  comment = var.secret.comment

  security_headers_config {
    strict_transport_security {
      access_control_max_age_sec = var.secret.max_age
      override                   = true
    }
  }
}

resource "aws_cloudfront_response_headers_policy" "custom" {
  name = "custom"

  custom_headers_config {
    items {
      header   = "Strict-Transport-Security"
      override = true
      value    = var.secret.header
    }
  }
}

resource "aws_cloudfront_function" "header" {
  name    = "header"
  runtime = "cloudfront-js-2.0"
  code    = var.code
}

resource "aws_cloudfront_distribution" "imported" {
  enabled      = true
  comment      = var.secret.comment
  http_version = var.secret.http_version
  aliases      = [var.secret.alias, "www.example.com"]

  origin {
    domain_name = var.secret.origin
    origin_id   = var.secret.origin_id

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = var.secret.origin_protocol
      origin_ssl_protocols   = ["TLSv1", "TLSv1.2"]
    }
  }

  default_cache_behavior {
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    target_origin_id           = var.secret.origin_id
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    viewer_protocol_policy     = var.secret.plain_http
    response_headers_policy_id = aws_cloudfront_response_headers_policy.config.id
  }

  ordered_cache_behavior {
    path_pattern               = var.secret.path
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    target_origin_id           = var.secret.origin_id
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    viewer_protocol_policy     = var.secret.plain_http
    response_headers_policy_id = aws_cloudfront_response_headers_policy.custom.id
  }

  ordered_cache_behavior {
    path_pattern           = "/code/*"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = var.secret.origin_id
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    viewer_protocol_policy = "https-only"

    function_association {
      event_type   = "viewer-response"
      function_arn = aws_cloudfront_function.header.arn
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate.imported.arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = var.secret.floor
  }
}

resource "aws_cloudfront_distribution" "by_arn" {
  enabled = true
  aliases = [var.secret.alias]

  origin {
    domain_name = var.secret.origin
    origin_id   = var.secret.origin_id
  }

  default_cache_behavior {
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    target_origin_id           = var.secret.origin_id
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    viewer_protocol_policy     = "redirect-to-https"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = var.secret.certificate_arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

# What examples/redirect becomes; written by test/modules/examples.test.ts.

terraform {
  required_providers {
    aws = {
      source  = "aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

resource "aws_acm_certificate" "redirect_certificate_B04D4EF3" {
  provider                  = aws.us_east_1
  domain_name               = "example.net"
  key_algorithm             = "RSA_2048"
  subject_alternative_names = ["www.example.net", "example.org"]
  validation_method         = "DNS"

  lifecycle {
    create_before_destroy = true
  }

  options {
    certificate_transparency_logging_preference = "ENABLED"
  }
}

resource "aws_acm_certificate_validation" "redirect_certificate_validation_395C2432" {
  provider        = aws.us_east_1
  certificate_arn = aws_acm_certificate.redirect_certificate_B04D4EF3.arn
  validation_record_fqdns = [
    aws_route53_record.tlsgate-validation_examplenet_E1F8E0F8.fqdn,
    aws_route53_record.tlsgate-validation_wwwexamplenet_4103E413.fqdn,
    aws_route53_record.tlsgate-validation_exampleorg_2480184E.fqdn,
  ]

  timeouts {
    create = "20m"
  }
}

resource "aws_cloudfront_distribution" "redirect_cdn_distribution_692E0B71" {
  aliases         = ["example.net", "www.example.net", "example.org"]
  enabled         = true
  http_version    = "http2and3"
  is_ipv6_enabled = true
  price_class     = "PriceClass_All"

  default_cache_behavior {
    allowed_methods            = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    response_headers_policy_id = aws_cloudfront_response_headers_policy.redirect_cdn_headers_17D96414.id
    target_origin_id           = "target"
    viewer_protocol_policy     = "redirect-to-https"

    function_association {
      event_type   = "viewer-request"
      function_arn = aws_cloudfront_function.redirect_cdn_viewer-request_4C1C5D45.arn
    }
  }

  origin {
    domain_name = "www.example.com"
    origin_id   = "target"

    custom_origin_config {
      http_port                = 80
      https_port               = 443
      origin_keepalive_timeout = 5
      origin_protocol_policy   = "https-only"
      origin_read_timeout      = 30
      origin_ssl_protocols     = ["TLSv1.2"]
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate_validation.redirect_certificate_validation_395C2432.certificate_arn
    minimum_protocol_version = "TLSv1.2_2021"
    ssl_support_method       = "sni-only"
  }
}

resource "aws_cloudfront_function" "redirect_cdn_viewer-request_4C1C5D45" {
  code    = <<EOT
function queryOf(request, first) {
  var parts = [];
  for (var name in request.querystring) {
    var entry = request.querystring[name];
    var values = entry.multiValue || [entry];
    for (var i = 0; i < values.length; i++) parts.push(values[i].value === '' ? name : name + '=' + values[i].value);
  }
  return parts.length > 0 ? first + parts.join('&') : '';
}

function handler(event) {
  var request = event.request;
  return { statusCode: 308, headers: { location: { value: "https://www.example.com" + request.uri + queryOf(request, '?') }, 'strict-transport-security': { value: "max-age=63072000; includeSubDomains" } } };
}
EOT
  name    = "redirect-redirect-cdn-b00b373071"
  publish = true
  runtime = "cloudfront-js-2.0"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudfront_response_headers_policy" "redirect_cdn_headers_17D96414" {
  name = "redirect-redirect-cdn-6d800a1a8b"

  lifecycle {
    create_before_destroy = true
  }

  security_headers_config {
    content_security_policy {
      content_security_policy = "frame-ancestors 'none'; upgrade-insecure-requests"
      override                = true
    }

    content_type_options {
      override = true
    }

    frame_options {
      frame_option = "DENY"
      override     = true
    }

    referrer_policy {
      override        = true
      referrer_policy = "strict-origin-when-cross-origin"
    }

    strict_transport_security {
      access_control_max_age_sec = 63072000
      include_subdomains         = true
      override                   = true
      preload                    = false
    }
  }
}

resource "aws_route53_record" "redirect_cdn_A-examplenet_F7EBAEB7" {
  name    = "example.net"
  type    = "A"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.redirect_cdn_distribution_692E0B71.domain_name
    zone_id                = aws_cloudfront_distribution.redirect_cdn_distribution_692E0B71.hosted_zone_id
  }
}

resource "aws_route53_record" "redirect_cdn_A-exampleorg_E39E4A12" {
  name    = "example.org"
  type    = "A"
  zone_id = "Z9876543210JIHGFEDCBA"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.redirect_cdn_distribution_692E0B71.domain_name
    zone_id                = aws_cloudfront_distribution.redirect_cdn_distribution_692E0B71.hosted_zone_id
  }
}

resource "aws_route53_record" "redirect_cdn_A-wwwexamplenet_E26E15B5" {
  name    = "www.example.net"
  type    = "A"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.redirect_cdn_distribution_692E0B71.domain_name
    zone_id                = aws_cloudfront_distribution.redirect_cdn_distribution_692E0B71.hosted_zone_id
  }
}

resource "aws_route53_record" "redirect_cdn_AAAA-examplenet_199E1409" {
  name    = "example.net"
  type    = "AAAA"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.redirect_cdn_distribution_692E0B71.domain_name
    zone_id                = aws_cloudfront_distribution.redirect_cdn_distribution_692E0B71.hosted_zone_id
  }
}

resource "aws_route53_record" "redirect_cdn_AAAA-exampleorg_4FEF08EE" {
  name    = "example.org"
  type    = "AAAA"
  zone_id = "Z9876543210JIHGFEDCBA"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.redirect_cdn_distribution_692E0B71.domain_name
    zone_id                = aws_cloudfront_distribution.redirect_cdn_distribution_692E0B71.hosted_zone_id
  }
}

resource "aws_route53_record" "redirect_cdn_AAAA-wwwexamplenet_46B2C45D" {
  name    = "www.example.net"
  type    = "AAAA"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.redirect_cdn_distribution_692E0B71.domain_name
    zone_id                = aws_cloudfront_distribution.redirect_cdn_distribution_692E0B71.hosted_zone_id
  }
}

resource "aws_route53_record" "redirect_cdn_HTTPS-examplenet_CC3ACF94" {
  name    = "example.net"
  type    = "HTTPS"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.redirect_cdn_distribution_692E0B71.domain_name
    zone_id                = aws_cloudfront_distribution.redirect_cdn_distribution_692E0B71.hosted_zone_id
  }
}

resource "aws_route53_record" "redirect_cdn_HTTPS-exampleorg_64E6418C" {
  name    = "example.org"
  type    = "HTTPS"
  zone_id = "Z9876543210JIHGFEDCBA"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.redirect_cdn_distribution_692E0B71.domain_name
    zone_id                = aws_cloudfront_distribution.redirect_cdn_distribution_692E0B71.hosted_zone_id
  }
}

resource "aws_route53_record" "redirect_cdn_HTTPS-wwwexamplenet_24DC3453" {
  name    = "www.example.net"
  type    = "HTTPS"
  zone_id = "Z0123456789ABCDEFGHIJ"

  alias {
    evaluate_target_health = false
    name                   = aws_cloudfront_distribution.redirect_cdn_distribution_692E0B71.domain_name
    zone_id                = aws_cloudfront_distribution.redirect_cdn_distribution_692E0B71.hosted_zone_id
  }
}

resource "aws_route53_record" "tlsgate-validation_examplenet_E1F8E0F8" {
  allow_overwrite = true
  name            = [for o in aws_acm_certificate.redirect_certificate_B04D4EF3.domain_validation_options : o.resource_record_name if trimprefix(o.domain_name, "*.") == "example.net"][0]
  records = [
    [for o in aws_acm_certificate.redirect_certificate_B04D4EF3.domain_validation_options : o.resource_record_value if trimprefix(o.domain_name, "*.") == "example.net"][0],
  ]
  ttl     = 60
  type    = [for o in aws_acm_certificate.redirect_certificate_B04D4EF3.domain_validation_options : o.resource_record_type if trimprefix(o.domain_name, "*.") == "example.net"][0]
  zone_id = "Z0123456789ABCDEFGHIJ"
}

resource "aws_route53_record" "tlsgate-validation_exampleorg_2480184E" {
  allow_overwrite = true
  name            = [for o in aws_acm_certificate.redirect_certificate_B04D4EF3.domain_validation_options : o.resource_record_name if trimprefix(o.domain_name, "*.") == "example.org"][0]
  records = [
    [for o in aws_acm_certificate.redirect_certificate_B04D4EF3.domain_validation_options : o.resource_record_value if trimprefix(o.domain_name, "*.") == "example.org"][0],
  ]
  ttl     = 60
  type    = [for o in aws_acm_certificate.redirect_certificate_B04D4EF3.domain_validation_options : o.resource_record_type if trimprefix(o.domain_name, "*.") == "example.org"][0]
  zone_id = "Z9876543210JIHGFEDCBA"
}

resource "aws_route53_record" "tlsgate-validation_wwwexamplenet_4103E413" {
  allow_overwrite = true
  name            = [for o in aws_acm_certificate.redirect_certificate_B04D4EF3.domain_validation_options : o.resource_record_name if trimprefix(o.domain_name, "*.") == "www.example.net"][0]
  records = [
    [for o in aws_acm_certificate.redirect_certificate_B04D4EF3.domain_validation_options : o.resource_record_value if trimprefix(o.domain_name, "*.") == "www.example.net"][0],
  ]
  ttl     = 60
  type    = [for o in aws_acm_certificate.redirect_certificate_B04D4EF3.domain_validation_options : o.resource_record_type if trimprefix(o.domain_name, "*.") == "www.example.net"][0]
  zone_id = "Z0123456789ABCDEFGHIJ"
}

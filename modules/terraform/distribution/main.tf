# A CloudFront distribution that speaks HTTPS only, to its viewers and to its origins.

locals {
  # No two distributions can have one alias: the first domain tells what this one makes from what others make.
  name = var.name != null ? var.name : try(var.domains[0], "")

  # The shortest limit of all that is named by it is that of log deliveries: 60 characters.
  slug     = trim(replace(local.name, "/[^A-Za-z0-9]+/", "-"), "-")
  readable = trimprefix(substr(local.slug, max(0, length(local.slug) - 49), -1), "-")
  names = {
    for one in concat(["s3", "lambda", "origin-controlled", "logs"], keys(local.functions), keys(local.headers)) :
    one => "${local.readable}-${substr(sha256(jsonencode([local.name, one])), 0, 10)}"
  }

  default = local.behaviors[0]
}

resource "aws_cloudfront_distribution" "this" {
  enabled             = true
  aliases             = length(var.domains) > 0 ? var.domains : null
  comment             = var.comment
  http_version        = var.http
  is_ipv6_enabled     = var.ipv6
  price_class         = var.price_class
  default_root_object = var.root_object
  web_acl_id          = var.web_acl_arn
  tags                = length(var.tags) > 0 ? var.tags : null

  dynamic "origin" {
    for_each = var.origins
    content {
      origin_id = origin.key
      # A function has a URL, all others a host.
      domain_name              = trimsuffix(trimprefix(origin.value.domain, "https://"), "/")
      origin_path              = origin.value.path
      connection_attempts      = origin.value.attempts
      connection_timeout       = origin.value.connect_timeout
      origin_access_control_id = contains(["s3", "lambda"], origin.value.type) ? aws_cloudfront_origin_access_control.this[origin.value.type].id : null

      dynamic "custom_header" {
        for_each = origin.value.headers
        content {
          name  = custom_header.key
          value = custom_header.value
        }
      }

      dynamic "origin_shield" {
        for_each = origin.value.shield_region[*]
        content {
          enabled              = true
          origin_shield_region = origin_shield.value
        }
      }

      dynamic "custom_origin_config" {
        for_each = contains(["https", "http", "lambda"], origin.value.type) ? [origin.value] : []
        content {
          http_port                = 80
          https_port               = custom_origin_config.value.port
          origin_protocol_policy   = custom_origin_config.value.type == "http" ? "http-only" : "https-only"
          origin_ssl_protocols     = ["TLSv1.2"]
          origin_read_timeout      = custom_origin_config.value.read_timeout
          origin_keepalive_timeout = custom_origin_config.value.keepalive
        }
      }

      dynamic "vpc_origin_config" {
        for_each = origin.value.type == "vpc" ? [origin.value] : []
        content {
          vpc_origin_id            = aws_cloudfront_vpc_origin.this[origin.key].id
          origin_read_timeout      = vpc_origin_config.value.read_timeout
          origin_keepalive_timeout = vpc_origin_config.value.keepalive
        }
      }
    }
  }

  dynamic "origin_group" {
    for_each = var.failover
    content {
      origin_id = origin_group.key

      failover_criteria {
        status_codes = origin_group.value.status_codes
      }

      member {
        origin_id = origin_group.value.primary
      }

      member {
        origin_id = origin_group.value.secondary
      }
    }
  }

  default_cache_behavior {
    target_origin_id           = local.default.origin
    viewer_protocol_policy     = local.default.viewer_protocol
    allowed_methods            = local.methods[local.default.methods]
    cached_methods             = local.methods.read
    compress                   = local.default.compress
    cache_policy_id            = local.default.cache_policy_id
    origin_request_policy_id   = local.default.origin_request_policy_id
    response_headers_policy_id = local.headers_policy_ids[local.default.headers_key]
    trusted_key_groups         = length(local.default.key_groups) > 0 ? local.default.key_groups : null

    dynamic "function_association" {
      for_each = local.default.functions
      content {
        event_type   = function_association.key
        function_arn = aws_cloudfront_function.this[function_association.value].arn
      }
    }

    dynamic "lambda_function_association" {
      for_each = local.default.lambdas
      content {
        event_type   = lambda_function_association.key
        lambda_arn   = lambda_function_association.value.version_arn
        include_body = lambda_function_association.value.include_body
      }
    }
  }

  dynamic "ordered_cache_behavior" {
    for_each = slice(local.behaviors, 1, length(local.behaviors))
    content {
      path_pattern               = ordered_cache_behavior.value.path
      target_origin_id           = ordered_cache_behavior.value.origin
      viewer_protocol_policy     = ordered_cache_behavior.value.viewer_protocol
      allowed_methods            = local.methods[ordered_cache_behavior.value.methods]
      cached_methods             = local.methods.read
      compress                   = ordered_cache_behavior.value.compress
      cache_policy_id            = ordered_cache_behavior.value.cache_policy_id
      origin_request_policy_id   = ordered_cache_behavior.value.origin_request_policy_id
      response_headers_policy_id = local.headers_policy_ids[ordered_cache_behavior.value.headers_key]
      trusted_key_groups         = length(ordered_cache_behavior.value.key_groups) > 0 ? ordered_cache_behavior.value.key_groups : null

      dynamic "function_association" {
        for_each = ordered_cache_behavior.value.functions
        content {
          event_type   = function_association.key
          function_arn = aws_cloudfront_function.this[function_association.value].arn
        }
      }

      dynamic "lambda_function_association" {
        for_each = ordered_cache_behavior.value.lambdas
        content {
          event_type   = lambda_function_association.key
          lambda_arn   = lambda_function_association.value.version_arn
          include_body = lambda_function_association.value.include_body
        }
      }
    }
  }

  dynamic "custom_error_response" {
    for_each = var.errors
    content {
      error_code            = custom_error_response.value.status
      response_page_path    = custom_error_response.value.page
      response_code         = custom_error_response.value.page == null ? null : coalesce(custom_error_response.value.as, custom_error_response.value.status)
      error_caching_min_ttl = custom_error_response.value.ttl
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = var.geo.allow != null ? "whitelist" : var.geo.deny != null ? "blacklist" : "none"
      locations        = var.geo.allow != null ? var.geo.allow : var.geo.deny
    }
  }

  # CloudFront's own certificate, where there are no domains, accepts TLS 1.0 whatever else is written.
  viewer_certificate {
    cloudfront_default_certificate = length(var.domains) > 0 ? null : true
    acm_certificate_arn            = length(var.domains) > 0 ? var.certificate_arn : null
    ssl_support_method             = length(var.domains) > 0 ? "sni-only" : null
    minimum_protocol_version       = length(var.domains) > 0 ? var.minimum_tls : null
  }
}

locals {
  # The zone of a name is the one with the longest suffix of it.
  zone_ids = {
    for domain in var.domains : domain => [
      for entry in reverse(sort([for zone in keys(var.zones) : format("%03d %s", length(zone), zone)])) :
      var.zones[split(" ", entry)[1]] if endswith(".${domain}", ".${split(" ", entry)[1]}")
    ]
  }

  # HTTPS records tell browsers of HTTP/3 before their first request (RFC 9460).
  records = {
    for pair in setproduct(var.ipv6 ? ["A", "AAAA", "HTTPS"] : ["A", "HTTPS"], length(var.zones) > 0 ? var.domains : []) :
    "${pair[0]} ${pair[1]}" => { type = pair[0], domain = pair[1] }
  }
}

resource "aws_route53_record" "alias" {
  for_each = local.records

  zone_id = local.zone_ids[each.value.domain][0]
  name    = each.value.domain
  type    = each.value.type

  alias {
    name                   = aws_cloudfront_distribution.this.domain_name
    zone_id                = aws_cloudfront_distribution.this.hosted_zone_id
    evaluate_target_health = false
  }
}

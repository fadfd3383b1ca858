# How the requests of each path are treated, and what that needs: functions, response headers, a cache policy.

locals {
  methods = {
    read         = ["GET", "HEAD"]
    read-options = ["GET", "HEAD", "OPTIONS"]
    all          = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
  }

  # Managed policies, the same in every account (AWS, "Use managed cache policies", "Use managed origin request policies").
  managed_cache_policies = {
    optimized                                 = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    disabled                                  = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    CachingOptimizedForUncompressedObjects    = "b2884449-e4de-46a7-ac36-70bc7f1ddd6d"
    Elemental-MediaPackage                    = "08627262-05a9-4f76-9ded-b50ca2e3a84f"
    UseOriginCacheControlHeaders              = "83da9c7e-98b4-4e11-a168-04f0df8e2c65"
    UseOriginCacheControlHeaders-QueryStrings = "4cc15a8a-d715-48a4-82b8-cc0b614638fe"
  }
  cache_policies = merge(local.managed_cache_policies, { origin-controlled = one(aws_cloudfront_cache_policy.origin_controlled[*].id) })
  origin_request_policies = {
    none                                        = null
    all-except-host                             = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
    cors-s3                                     = "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf"
    AllViewer                                   = "216adef6-5c7f-47e4-b989-5492eafa07d3"
    AllViewerAndCloudFrontHeaders-2022-06       = "33f36d7e-f396-46d9-90e0-52428a34d9dc"
    CORS-CustomOrigin                           = "59781a5b-3903-41f3-afcb-af62929ccde1"
    Elemental-MediaTailor-PersonalizedManifests = "775133bc-15f2-49f9-abea-afb2e0bf67d2"
    HostHeaderOnly                              = "bf0718e1-ba1e-49d1-88b1-f726733018ae"
    UserAgentRefererHeaders                     = "acba4595-bd28-49b8-b9fe-13317c0390fa"
  }

  # As they are written: the default one first, then the others, which take from it what they do not state.
  written = concat(
    [{
      path                     = null
      slot                     = ""
      origin                   = var.default_origin
      viewer_protocol          = var.viewer_protocol
      headers                  = var.headers
      methods                  = var.methods
      cache                    = var.cache
      cache_policy_id          = var.cache_policy_id
      forward                  = var.forward
      origin_request_policy_id = var.origin_request_policy_id
      compress                 = var.compress
      viewer_request           = var.viewer_request
      viewer_response          = var.viewer_response
      origin_request           = var.origin_request
      origin_response          = var.origin_response
      key_groups               = var.key_groups
    }],
    [for one in var.behaviors : merge(one, { slot = "-${one.path}" })],
  )

  behaviors = [for one in local.written : {
    path            = one.path
    origin          = one.origin != null ? one.origin : var.default_origin != null ? var.default_origin : keys(var.origins)[0]
    viewer_protocol = one.viewer_protocol != null ? one.viewer_protocol : var.viewer_protocol
    headers_key     = one.headers != null ? "headers${one.slot}" : "headers"
    methods         = one.methods != null ? one.methods : var.methods
    compress        = one.compress != null ? one.compress : var.compress
    key_groups      = one.key_groups != null ? one.key_groups : var.key_groups

    cache_policy_id = (
      one.cache_policy_id != null ? one.cache_policy_id :
      one.cache != null && one.slot != "" ? local.cache_policies[one.cache] :
      var.cache_policy_id != null ? var.cache_policy_id : local.cache_policies[var.cache]
    )
    origin_request_policy_id = (
      one.origin_request_policy_id != null ? one.origin_request_policy_id :
      one.forward != null && one.slot != "" ? local.origin_request_policies[one.forward] :
      var.origin_request_policy_id != null ? var.origin_request_policy_id : local.origin_request_policies[var.forward]
    )

    answers_all = try(one.viewer_request.answers_all, false)

    # A function is called by where it runs, not by its code: an edit of the code then updates it in place.
    functions = { for event, function in { viewer-request = one.viewer_request, viewer-response = one.viewer_response } : event => "${event}${one.slot}" if function != null }
    lambdas   = { for event, lambda in { origin-request = one.origin_request, origin-response = one.origin_response } : event => lambda if lambda != null }
  }]

  functions = merge([for one in local.written : {
    for event, function in { viewer-request = one.viewer_request, viewer-response = one.viewer_response } : "${event}${one.slot}" => function if function != null
  }]...)

  headers = { for one in local.written : "headers${one.slot}" => one.headers if one.headers != null }

  managed_headers_policies = {
    SecurityHeadersPolicy                         = "67f7725c-6f97-4210-82d7-5512b31e9d03"
    CORS-and-SecurityHeadersPolicy                = "e61eb60c-9c35-4d20-a928-2b84e02af89c"
    CORS-with-preflight-and-SecurityHeadersPolicy = "eaab4381-ed33-4a86-88ca-d9558dc6cd63"
  }
  headers_policy_ids = {
    for key, headers in local.headers : key => (
      headers.policy != null ? headers.policy.id :
      headers.managed != null ? local.managed_headers_policies[headers.managed] : aws_cloudfront_response_headers_policy.this[key].id
    )
  }

  # No framing and plain HTTP upgraded for websites; nothing at all may load from an answer of an API.
  presets = {
    strict = "frame-ancestors 'none'; upgrade-insecure-requests"
    api    = "default-src 'none'; frame-ancestors 'none'"
  }
}

resource "aws_cloudfront_function" "this" {
  for_each = local.functions

  name                         = local.names[each.key]
  runtime                      = "cloudfront-js-2.0"
  code                         = each.value.code
  publish                      = true
  key_value_store_associations = each.value.key_value_store_arn == null ? null : [each.value.key_value_store_arn]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudfront_response_headers_policy" "this" {
  for_each = { for key, headers in local.headers : key => headers if headers.policy == null && headers.managed == null }

  name = local.names[each.key]

  security_headers_config {
    strict_transport_security {
      access_control_max_age_sec = each.value.hsts.max_age_days * 86400
      include_subdomains         = each.value.hsts.include_subdomains
      preload                    = each.value.hsts.preload
      override                   = true
    }

    content_type_options {
      override = true
    }

    frame_options {
      frame_option = each.value.frame
      override     = true
    }

    referrer_policy {
      referrer_policy = each.value.referrer
      override        = true
    }

    dynamic "content_security_policy" {
      for_each = [for csp in [each.value.csp == null ? local.presets[coalesce(each.value.preset, "strict")] : each.value.csp] : csp if csp != ""]
      content {
        content_security_policy = content_security_policy.value
        override                = true
      }
    }
  }

  dynamic "cors_config" {
    for_each = each.value.cors[*]
    content {
      access_control_allow_credentials = cors_config.value.credentials
      access_control_max_age_sec       = cors_config.value.max_age
      origin_override                  = true

      access_control_allow_origins {
        items = cors_config.value.origins
      }

      access_control_allow_methods {
        items = cors_config.value.methods
      }

      access_control_allow_headers {
        items = cors_config.value.headers
      }
    }
  }

  dynamic "custom_headers_config" {
    for_each = length(each.value.custom) > 0 ? [each.value.custom] : []
    content {
      dynamic "items" {
        for_each = custom_headers_config.value
        content {
          header   = items.key
          value    = items.value
          override = true
        }
      }
    }
  }

  dynamic "remove_headers_config" {
    for_each = length(each.value.remove) > 0 ? [each.value.remove] : []
    content {
      dynamic "items" {
        for_each = remove_headers_config.value
        content {
          header = items.value
        }
      }
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

# AWS's own policy for this has the viewer's Host in it, which a bucket, an API gateway or a function's URL refuses, and
# cookies, or no query at all. Authorization is not forwarded: an answer to one caller is not for another.
resource "aws_cloudfront_cache_policy" "origin_controlled" {
  count = contains(concat([var.cache], [for one in var.behaviors : one.cache if one.cache != null]), "origin-controlled") ? 1 : 0

  name        = local.names["origin-controlled"]
  min_ttl     = 0
  default_ttl = 0
  max_ttl     = 31536000

  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_brotli = true
    enable_accept_encoding_gzip   = true

    cookies_config {
      cookie_behavior = "none"
    }

    headers_config {
      header_behavior = "whitelist"

      headers {
        items = ["Origin"]
      }
    }

    query_strings_config {
      query_string_behavior = "all"
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

# What tlsgate reads the exceptions from: each excuses one value at one place.

locals {
  tls_rules = ["minimum-tls-1-2", "forward-secrecy", "strong-ciphers"]

  # Security policies of CloudFront that offer less than TLS 1.2 with authenticated encryption.
  legacy_tls = ["TLSv1_2016", "TLSv1.1_2016", "TLSv1.2_2018", "TLSv1.2_2019"]

  # All that the inputs ask for and the policies refuse.
  exceptions = concat(
    length(var.domains) == 0 ? [{ rules = local.tls_rules, attribute = "viewer_certificate[0].acm_certificate_arn", value = null }] : [],
    length(var.domains) > 0 && contains(local.legacy_tls, var.minimum_tls) ?
    [{ rules = local.tls_rules, attribute = "viewer_certificate[0].minimum_protocol_version", value = var.minimum_tls }] : [],
    [for index, one in local.behaviors : {
      rules     = ["https-only"]
      attribute = "${index == 0 ? "default_cache_behavior[0]" : "ordered_cache_behavior[${index - 1}]"}.viewer_protocol_policy"
      value     = one.viewer_protocol
    } if one.viewer_protocol == "allow-all"],
    # HSTS of a function that answers by itself is judged at the function, any other at the response headers policy.
    [for index, one in local.behaviors : {
      rules     = local.headers[one.headers_key].policy != null ? ["hsts-enabled", "hsts-include-subdomains"] : ["hsts-include-subdomains"]
      attribute = "${index == 0 ? "default_cache_behavior[0]" : "ordered_cache_behavior[${index - 1}]"}.${one.answers_all ? "function_association[*].function_arn" : "response_headers_policy_id"}"
      value     = one.answers_all ? aws_cloudfront_function.this[one.functions.viewer-request].arn : local.headers_policy_ids[one.headers_key]
    } if local.headers[one.headers_key].policy != null || local.headers[one.headers_key].managed != null || !local.headers[one.headers_key].hsts.include_subdomains],
    # Terraform sorts origins, a set, by its own rules.
    anytrue([for one in values(var.origins) : one.type == "http"]) ?
    [{ rules = ["origin-https-only"], attribute = "origin[*].custom_origin_config[0].origin_protocol_policy", value = "http-only" }] : [],
  )
}

resource "terraform_data" "tlsgate_waivers" {
  count = length(var.waivers) > 0 ? 1 : 0

  input = flatten([
    for waiver in var.waivers : [
      for one in local.exceptions : merge({ for key, value in waiver : key => value if value != null }, {
        resource    = "aws_cloudfront_distribution.this"
        attribute   = one.attribute
        fingerprint = sha256(jsonencode([waiver.rule, one.attribute, one.value]))
      }) if contains(one.rules, waiver.rule)
    ]
  ])

  lifecycle {
    precondition {
      condition     = alltrue([for waiver in var.waivers : anytrue([for one in local.exceptions : contains(one.rules, waiver.rule)])])
      error_message = "A waiver excuses nothing that the inputs ask for: remove it."
    }
  }
}

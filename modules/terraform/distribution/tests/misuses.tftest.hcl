# What the module refuses. Where inputs do not depend on each other, one run has several that are wrong: a plan takes its time.

mock_provider "aws" {}

mock_provider "aws" {
  alias = "us_east_1"
}

variables {
  domains         = ["cdn.example.com"]
  certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1"
  origins         = { backend = { domain = "backend.example.com" } }
}

run "plain_http" {
  command = plan
  variables {
    viewer_protocol = "allow-all"
    origins         = { backend = { type = "http", domain = "meter.example.com" } }
  }
  expect_failures = [var.viewer_protocol, var.origins]
}

run "plain_http_at_one_path" {
  command = plan
  variables {
    behaviors = [{ path = "/a", viewer_protocol = "allow-all" }]
  }
  expect_failures = [var.behaviors]
}

run "old_tls" {
  command = plan
  variables {
    minimum_tls     = "TLSv1"
    http            = "http1.1"
    certificate_arn = "arn:aws:iam::123456789012:server-certificate/old"
    headers         = { hsts = { max_age_days = 364 } }
  }
  expect_failures = [var.minimum_tls, var.http, var.certificate_arn, var.headers]
}

run "old_ciphers" {
  command = plan
  variables {
    minimum_tls = "TLSv1.2_2019"
    headers     = { hsts = { preload = true, include_subdomains = false } }
  }
  expect_failures = [var.minimum_tls, var.headers]
}

run "another_region" {
  command = plan
  variables {
    certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/1"
    web_acl_arn     = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/a/1"
    origin_request  = { version_arn = "arn:aws:lambda:eu-west-1:123456789012:function:f:1" }
  }
  expect_failures = [var.certificate_arn, var.web_acl_arn, var.origin_request]
}

run "no_certificate_and_no_origin" {
  command = plan
  variables {
    certificate_arn = null
    origins         = {}
    origin_request  = { version_arn = "arn:aws:lambda:us-east-1:123456789012:function:f" }
  }
  expect_failures = [var.certificate_arn, var.origins, var.origin_request]
}

run "a_name_in_upper_case" {
  command = plan
  variables {
    domains = ["Cdn.example.com"]
    headers = { frame = "ALLOWALL" }
    geo     = { allow = ["Germany"] }
  }
  expect_failures = [var.domains, var.headers, var.geo]
}

run "a_name_twice" {
  command = plan
  variables {
    domains = ["a.example.com", "a.example.com"]
    headers = { referrer = "unsafe-url" }
    logs    = { to = "logs.s3.amazonaws.com" }
  }
  expect_failures = [var.domains, var.headers, var.logs]
}

run "a_name_without_a_zone" {
  command = plan
  variables {
    zones   = { "example.org" = "Z1" }
    headers = { managed = "SimpleCORS" }
  }
  expect_failures = [var.zones, var.headers]
}

run "a_path_pattern_without_a_slash" {
  command = plan
  variables {
    behaviors = [{ path = "api" }]
  }
  expect_failures = [var.behaviors]
}

run "a_path_twice" {
  command = plan
  variables {
    behaviors = [{ path = "/a" }, { path = "/a" }]
  }
  expect_failures = [var.behaviors]
}

run "a_url_as_an_origin" {
  command = plan
  variables {
    origins = { backend = { domain = "https://backend.example.com" } }
  }
  expect_failures = [var.origins]
}

run "an_ip_address_as_an_origin" {
  command = plan
  variables {
    origins = { backend = { domain = "10.0.0.1" } }
  }
  expect_failures = [var.origins]
}

run "the_website_of_a_bucket" {
  command = plan
  variables {
    origins = { backend = { type = "s3", domain = "bucket.s3-website.eu-west-1.amazonaws.com" } }
  }
  expect_failures = [var.origins]
}

run "a_function_url_alone" {
  command = plan
  variables {
    origins = { backend = { type = "lambda", domain = "https://abc123.lambda-url.eu-west-1.on.aws/" } }
  }
  expect_failures = [var.origins]
}

run "a_function_url_that_lets_anybody_in" {
  command = plan
  variables {
    origins = { backend = { type = "lambda", domain = "https://abc123.lambda-url.eu-west-1.on.aws/", function_name = "orders", authorization_type = "NONE" } }
  }
  expect_failures = [var.origins]
}

run "the_protocol_of_the_viewer_to_the_origin" {
  command = plan
  variables {
    origins = { backend = { type = "match-viewer", domain = "backend.example.com" } }
  }
  expect_failures = [var.origins]
}

run "an_answer_awaited_too_long" {
  command = plan
  variables {
    origins = { backend = { domain = "backend.example.com", read_timeout = 900 } }
  }
  expect_failures = [var.origins]
}

run "a_port_that_cloudfront_does_not_take" {
  command = plan
  variables {
    origins = { backend = { domain = "backend.example.com", port = 22 } }
  }
  expect_failures = [var.origins]
}

run "a_path_of_an_origin_that_ends_in_a_slash" {
  command = plan
  variables {
    origins = { backend = { domain = "backend.example.com", path = "/v1/" } }
  }
  expect_failures = [var.origins]
}

run "a_pair_that_fails_with_200" {
  command = plan
  variables {
    origins        = { backend = { domain = "backend.example.com" }, backup = { domain = "backup.example.com" } }
    failover       = { pair = { primary = "backend", secondary = "backup", status_codes = [200] } }
    default_origin = "backend"
  }
  expect_failures = [var.failover]
}

run "a_pair_of_one_origin" {
  command = plan
  variables {
    failover = { pair = { primary = "backend", secondary = "backend" } }
  }
  expect_failures = [var.failover]
}

run "writing_methods_on_a_pair_of_origins" {
  command = plan
  variables {
    origins        = { backend = { domain = "a.example.com" }, backup = { domain = "b.example.com" } }
    failover       = { pair = { primary = "backend", secondary = "backup" } }
    default_origin = "pair"
    methods        = "all"
  }
  expect_failures = [var.default_origin]
}

run "hsts_removed" {
  command = plan
  variables {
    headers = { remove = ["Strict-Transport-Security"] }
  }
  expect_failures = [var.headers]
}

run "hsts_as_a_custom_header" {
  command = plan
  variables {
    headers = { custom = { strict-transport-security = "max-age=0" } }
  }
  expect_failures = [var.headers]
}

run "hsts_for_a_host_alone_without_a_waiver" {
  command = plan
  variables {
    headers = { hsts = { include_subdomains = false } }
  }
  expect_failures = [var.headers]
}

run "hsts_under_a_year_at_a_path" {
  command = plan
  variables {
    behaviors = [{ path = "/a", headers = { preset = "api", hsts = { max_age_days = 1 } } }]
  }
  expect_failures = [var.headers]
}

run "credentials_for_every_site" {
  command = plan
  variables {
    headers = { cors = { origins = ["*"], credentials = true } }
  }
  expect_failures = [var.headers]
}

run "every_site_beside_named_ones" {
  command = plan
  variables {
    headers = { cors = { origins = ["https://example.com", "*"] } }
  }
  expect_failures = [var.headers]
}

run "a_cache_policy_that_aws_does_not_have" {
  command = plan
  variables {
    cache   = "CachingForever"
    forward = "Everything"
  }
  expect_failures = [var.cache, var.forward]
}

run "cors_for_plain_http" {
  command = plan
  variables {
    headers = { cors = { origins = ["http://example.com"] } }
  }
  expect_failures = [var.headers]
}

run "a_managed_policy_without_a_waiver" {
  command = plan
  variables {
    headers = { managed = "SecurityHeadersPolicy" }
  }
  expect_failures = [var.headers]
}

run "headers_of_unknown_content" {
  command = plan
  variables {
    headers = { policy = { id = "67f7725c-6f97-4210-82d7-5512b31e9d03" } }
  }
  expect_failures = [var.headers]
}

run "no_domain_without_a_waiver" {
  command = plan
  variables {
    domains = []
    name    = "cdn"
  }
  expect_failures = [var.domains]
}

run "no_domain_and_no_name" {
  command = plan
  variables {
    domains = []
    waivers = [for rule in ["minimum-tls-1-2"] : { rule = rule, reason = "Meters in the field cannot be updated.", until = formatdate("YYYY-MM-DD", timeadd(timestamp(), "720h")), owner = "web@example.com" }]
  }
  expect_failures = [var.name]
}

run "a_security_policy_that_was_never_safe" {
  command = plan
  variables {
    minimum_tls = "SSLv3"
    waivers     = [for rule in ["minimum-tls-1-2"] : { rule = rule, reason = "Meters in the field cannot be updated.", until = formatdate("YYYY-MM-DD", timeadd(timestamp(), "720h")), owner = "web@example.com" }]
  }
  expect_failures = [var.minimum_tls]
}

run "a_waiver_of_a_rule_that_the_module_keeps" {
  command = plan
  variables {
    viewer_protocol = "allow-all"
    waivers         = [for rule in ["certificate-region"] : { rule = rule, reason = "Meters in the field cannot be updated.", until = formatdate("YYYY-MM-DD", timeadd(timestamp(), "720h")), owner = "web@example.com" }]
  }
  expect_failures = [var.waivers]
}

run "a_waiver_that_excuses_nothing" {
  command = plan
  variables {
    waivers = [for rule in ["https-only"] : { rule = rule, reason = "Meters in the field cannot be updated.", until = formatdate("YYYY-MM-DD", timeadd(timestamp(), "720h")), owner = "web@example.com" }]
  }
  expect_failures = [terraform_data.tlsgate_waivers]
}

# What the module makes, without an account: the provider is a mock.

mock_provider "aws" {
  mock_resource "aws_s3_bucket" {
    defaults = {
      arn = "arn:aws:s3:::logs"
    }
  }
  mock_resource "aws_cloudfront_distribution" {
    defaults = {
      arn = "arn:aws:cloudfront::123456789012:distribution/E1"
    }
  }
}

mock_provider "aws" {
  alias = "us_east_1"
  mock_resource "aws_cloudwatch_log_delivery_source" {
    defaults = {
      arn = "arn:aws:logs:us-east-1:123456789012:delivery-source:cdn"
    }
  }
  mock_resource "aws_cloudwatch_log_delivery_destination" {
    defaults = {
      arn = "arn:aws:logs:us-east-1:123456789012:delivery-destination:cdn"
    }
  }
}

variables {
  domains         = ["cdn.example.com"]
  certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1"
  origins         = { backend = { domain = "backend.example.com" } }
}

run "by_default" {
  command = plan

  assert {
    condition     = aws_cloudfront_distribution.this.default_cache_behavior[0].viewer_protocol_policy == "redirect-to-https"
    error_message = "Plain HTTP is not redirected."
  }

  assert {
    condition     = aws_cloudfront_distribution.this.viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021"
    error_message = "Viewers may use less than TLS 1.2."
  }

  assert {
    condition     = aws_cloudfront_response_headers_policy.this["headers"].security_headers_config[0].strict_transport_security[0].access_control_max_age_sec == 63072000
    error_message = "HSTS is not sent for two years."
  }

  assert {
    condition     = length(aws_cloudwatch_log_delivery.this) + length(module.log_bucket) + length(terraform_data.tlsgate_waivers) == 0
    error_message = "It logs, or records waivers, unasked."
  }
}

run "behaviors_take_what_they_do_not_state" {
  command = plan

  variables {
    origins        = { backend = { domain = "backend.example.com" }, api = { domain = "api.example.com" } }
    default_origin = "backend"
    methods        = "read-options"
    viewer_request = { code = "function handler(event) { return event.request; }" }
    behaviors = [
      { path = "/api/*", origin = "api", cache = "disabled", headers = { preset = "api" } },
      { path = "/assets/*" },
    ]
  }

  assert {
    condition     = [for one in aws_cloudfront_distribution.this.ordered_cache_behavior : [one.path_pattern, one.target_origin_id, length(one.allowed_methods), length(one.function_association)]] == [["/api/*", "api", 3, 0], ["/assets/*", "backend", 3, 0]]
    error_message = "The behaviors do not take origin and methods from the default one, or take its function."
  }

  assert {
    condition     = keys(aws_cloudfront_response_headers_policy.this) == ["headers", "headers-/api/*"]
    error_message = "Not each behavior that states headers has a policy, or another one has."
  }
}

run "records_in_the_zone_of_each_name" {
  command = plan

  variables {
    domains = ["cdn.example.com", "a.deep.example.com"]
    zones   = { "example.com" = "Z1", "deep.example.com" = "Z2" }
    ipv6    = false
  }

  assert {
    condition = { for key, one in aws_route53_record.alias : key => one.zone_id } == {
      "A cdn.example.com" = "Z1", "HTTPS cdn.example.com" = "Z1", "A a.deep.example.com" = "Z2", "HTTPS a.deep.example.com" = "Z2"
    }
    error_message = "The records are not A and HTTPS in the zone with the longest suffix of each name."
  }
}

run "names_are_short_and_end_with_a_hash" {
  command = plan

  variables {
    name    = "a name of its own / ${join("-", [for index in range(20) : "part"])}"
    origins = { files = { type = "s3", domain = "files.s3.eu-west-1.amazonaws.com" } }
  }

  assert {
    condition     = can(regex("^part-[a-z-]+-[0-9a-f]{10}$", aws_cloudfront_origin_access_control.this["s3"].name)) && length(aws_cloudfront_origin_access_control.this["s3"].name) <= 60
    error_message = "The name of the access control is too long, or does not end with a hash."
  }
}

run "logs_into_a_bucket_of_their_own" {
  variables {
    logs = {}
  }

  assert {
    condition     = aws_cloudwatch_log_delivery_destination.this[0].delivery_destination_configuration[0].destination_resource_arn == "arn:aws:s3:::logs" && output.log_source_arn == "arn:aws:logs:us-east-1:123456789012:delivery-source:cdn"
    error_message = "The logs do not go to the bucket that was made for them."
  }
}

run "a_waiver_excuses_each_value_of_its_kind" {
  command = plan

  variables {
    viewer_protocol = "allow-all"
    behaviors       = [{ path = "/a" }, { path = "/b", viewer_protocol = "https-only" }]
    waivers = [{
      rule   = "https-only"
      reason = "Kiosks in the field cannot follow redirects."
      until  = formatdate("YYYY-MM-DD", timeadd(timestamp(), "720h"))
      owner  = "web@example.com"
    }]
  }

  assert {
    condition     = terraform_data.tlsgate_waivers[0].input[*].attribute == ["default_cache_behavior[0].viewer_protocol_policy", "ordered_cache_behavior[0].viewer_protocol_policy"]
    error_message = "The waiver does not excuse the two behaviors that serve plain HTTP, or excuses the third."
  }
}

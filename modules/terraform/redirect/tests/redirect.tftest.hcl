# What the module makes, without an account: the provider is a mock.

mock_provider "aws" {}

mock_provider "aws" {
  alias = "us_east_1"
}

variables {
  from  = ["example.org", "www.example.org"]
  to    = "https://example.com/"
  zones = { "example.org" = "Z1" }
}

run "by_default" {
  command = plan

  assert {
    condition     = length(module.certificate) == 1
    error_message = "No certificate is made for the domains."
  }

  assert {
    condition     = strcontains(local.handler, "statusCode: 301, headers: { location: { value: \"https://example.com\" + request.uri + queryOf(request, '?') }, 'strict-transport-security': { value: \"max-age=63072000; includeSubDomains\" } }")
    error_message = "The function does not redirect for good, with path, query and HSTS."
  }
}

run "with_a_certificate_that_exists" {
  command = plan

  variables {
    certificate = { arn = "arn:aws:acm:us-east-1:123456789012:certificate/1" }
    keep_path   = false
    keep_query  = false
  }

  assert {
    condition     = length(module.certificate) == 0 && output.certificate_arn == "arn:aws:acm:us-east-1:123456789012:certificate/1"
    error_message = "Another certificate is made."
  }

  assert {
    condition     = strcontains(local.handler, "value: \"https://example.com/\" }")
    error_message = "The function does not redirect to exactly this URL."
  }
}

run "hsts_for_a_host_alone_with_a_waiver" {
  command = plan

  variables {
    hsts    = { include_subdomains = false }
    waivers = [for rule in ["hsts-include-subdomains"] : { rule = rule, reason = "Meters in the field cannot be updated.", until = formatdate("YYYY-MM-DD", timeadd(timestamp(), "720h")), owner = "web@example.com" }]
  }

  assert {
    condition     = local.hsts == "max-age=63072000"
    error_message = "HSTS holds for the subdomains too."
  }
}

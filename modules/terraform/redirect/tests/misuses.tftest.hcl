# What the module refuses.

mock_provider "aws" {}

mock_provider "aws" {
  alias = "us_east_1"
}

variables {
  from  = ["example.org"]
  to    = "https://example.com"
  zones = { "example.org" = "Z1" }
}

run "plain_http" {
  command = plan
  variables {
    to   = "http://example.com"
    hsts = { max_age_days = 30 }
  }
  expect_failures = [var.to, var.hsts]
}

run "a_status_that_is_no_redirect_of_pages" {
  command = plan
  variables {
    status = 303
    hsts   = { preload = true, include_subdomains = false }
  }
  expect_failures = [var.status, var.hsts]
}

run "no_name_and_hsts_for_a_host_alone" {
  command = plan
  variables {
    from = []
    hsts = { include_subdomains = false }
  }
  expect_failures = [var.from, var.hsts]
}

run "a_name_without_a_zone" {
  command = plan
  variables {
    from = ["example.net"]
    to   = "https:///old"
  }
  expect_failures = [var.zones, var.to]
}

run "a_name_twice" {
  command = plan
  variables {
    from = ["example.org", "example.org"]
  }
  expect_failures = [var.from]
}

run "a_waiver_of_another_rule" {
  command = plan
  variables {
    waivers = [for rule in ["https-only"] : { rule = rule, reason = "Meters in the field cannot be updated.", until = formatdate("YYYY-MM-DD", timeadd(timestamp(), "720h")), owner = "web@example.com" }]
  }
  expect_failures = [var.waivers]
}

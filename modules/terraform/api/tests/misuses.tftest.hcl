# What the module refuses.

mock_provider "aws" {}

mock_provider "aws" {
  alias = "us_east_1"
}

variables {
  domains = ["api.example.com"]
  zones   = { "example.com" = "Z1" }
  origin  = { domain = "backend.example.com" }
}

run "no_name_and_cors_for_plain_http" {
  command = plan
  variables {
    domains = []
    cors    = { origins = ["http://localhost:3000"] }
  }
  expect_failures = [var.domains, var.cors]
}

run "a_name_without_a_zone_and_credentials_for_every_site" {
  command = plan
  variables {
    domains     = ["example.org"]
    cors        = { origins = ["*"], credentials = true }
    cache_paths = ["public"]
  }
  expect_failures = [var.zones, var.cors, var.cache_paths]
}

run "a_waiver_of_another_rule" {
  command = plan
  variables {
    waivers = [for rule in ["https-only"] : { rule = rule, reason = "Meters in the field cannot be updated.", until = formatdate("YYYY-MM-DD", timeadd(timestamp(), "720h")), owner = "web@example.com" }]
  }
  expect_failures = [var.waivers]
}

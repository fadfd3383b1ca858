# What the module refuses.

mock_provider "aws" {}

mock_provider "aws" {
  alias = "us_east_1"
}

variables {
  domains = ["example.com", "www.example.com"]
  zones   = { "example.com" = "Z1" }
}

run "no_name_and_a_page_that_is_no_path" {
  command = plan
  variables {
    domains        = []
    not_found_page = "404.html"
  }
  expect_failures = [var.domains, var.not_found_page]
}

run "a_name_in_upper_case" {
  command = plan
  variables {
    domains = ["Example.com"]
  }
  expect_failures = [var.domains]
}

run "eleven_names" {
  command = plan
  variables {
    domains = [for index in range(11) : "n${index}.example.com"]
  }
  expect_failures = [var.domains]
}

run "a_name_without_a_zone" {
  command = plan
  variables {
    domains   = ["example.org"]
    behaviors = [{ path = "/api/*", methods = "all" }]
  }
  expect_failures = [var.zones, var.behaviors]
}

run "a_canonical_host_that_nothing_serves" {
  command = plan
  variables {
    canonical   = "blog.example.com"
    bucket_name = "files"
    bucket      = { arn = "arn:aws:s3:::files", bucket_name = "files", bucket_regional_domain_name = "files.s3.eu-west-1.amazonaws.com" }
  }
  expect_failures = [var.canonical, var.bucket_name]
}

run "an_origin_called_like_the_bucket" {
  command = plan
  variables {
    origins = { s3-files = { domain = "backend.example.com" } }
  }
  expect_failures = [var.origins]
}

run "a_waiver_of_another_rule" {
  command = plan
  variables {
    waivers = [for rule in ["certificate-region"] : { rule = rule, reason = "Meters in the field cannot be updated.", until = formatdate("YYYY-MM-DD", timeadd(timestamp(), "720h")), owner = "web@example.com" }]
  }
  expect_failures = [var.waivers]
}

# What the module refuses.

mock_provider "aws" {}

mock_provider "aws" {
  alias = "us_east_1"
}

variables {
  domains = ["example.com"]
  zones   = { "example.com" = "Z1" }
}

run "no_domain" {
  command = plan
  variables {
    domains = []
  }
  expect_failures = [var.domains]
}

run "eleven_domains" {
  command = plan
  variables {
    domains = [for index in range(11) : "n${index}.example.com"]
  }
  expect_failures = [var.domains]
}

run "a_name_in_upper_case" {
  command = plan
  variables {
    domains = ["Example.com"]
    zones   = { "Example.com" = "Z1" }
  }
  expect_failures = [var.domains]
}

run "a_name_without_a_dot" {
  command = plan
  variables {
    domains = ["localhost"]
    zones   = { "localhost" = "Z1" }
  }
  expect_failures = [var.domains]
}

run "a_name_twice" {
  command = plan
  variables {
    domains = ["example.com", "example.com"]
  }
  expect_failures = [var.domains]
}

run "a_name_without_a_zone" {
  command = plan
  variables {
    domains = ["notexample.com"]
  }
  expect_failures = [var.zones]
}

run "a_key_that_cloudfront_does_not_take" {
  command = plan
  variables {
    key_algorithm = "EC_secp384r1"
  }
  expect_failures = [var.key_algorithm]
}

run "a_weak_key" {
  command = plan
  variables {
    key_algorithm = "RSA_1024"
  }
  expect_failures = [var.key_algorithm]
}

run "an_unknown_use" {
  command = plan
  variables {
    use = "edge"
  }
  expect_failures = [var.use]
}

run "a_time_without_a_unit" {
  command = plan
  variables {
    validation_timeout = "20"
  }
  expect_failures = [var.validation_timeout]
}

run "validation_by_mail_without_a_waiver" {
  command = plan
  variables {
    validation = "email"
  }
  expect_failures = [var.validation]
}

run "not_waiting_for_its_own_records" {
  command = plan
  variables {
    wait = false
  }
  expect_failures = [var.wait]
}

run "a_waiver_of_a_rule_that_the_module_keeps" {
  command = plan
  variables {
    waivers = [{ rule = "https-only", reason = "Kiosks in the field cannot follow redirects.", until = "2026-12-31", owner = "web@example.com" }]
  }
  expect_failures = [var.waivers]
}

run "a_waiver_that_has_expired" {
  command = plan
  variables {
    waivers = [{ rule = "certificate-auto-renewal", reason = "The zone belongs to a partner.", until = "2025-12-31", owner = "web@example.com" }]
  }
  expect_failures = [var.waivers]
}

run "a_waiver_without_a_reason" {
  command = plan
  variables {
    waivers = [{ rule = "certificate-auto-renewal", reason = "legacy", until = "2099-12-31", owner = "web@example.com" }]
  }
  expect_failures = [var.waivers]
}

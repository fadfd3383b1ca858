# What the module refuses.

mock_provider "aws" {}

mock_provider "aws" {
  alias = "us_east_1"
}

variables {
  certificate_body = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
  private_key      = "stands in for a private key"
  key_in_state     = true
  waivers = [{
    rule   = "certificate-auto-renewal"
    reason = "The contract names another authority."
    until  = formatdate("YYYY-MM-DD", timeadd(timestamp(), "720h"))
    owner  = "web@example.com"
  }]
}

run "no_certificate" {
  command = plan
  variables {
    certificate_body = "no certificate"
  }
  expect_failures = [var.certificate_body]
}

run "a_private_key_in_the_certificate" {
  command = plan
  variables {
    certificate_body = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n"
  }
  expect_failures = [var.certificate_body]
}

run "a_chain_of_no_certificates" {
  command = plan
  variables {
    certificate_chain = "no certificate"
  }
  expect_failures = [var.certificate_chain]
}

run "a_key_in_the_state_unasked" {
  command = plan
  variables {
    key_in_state = false
  }
  expect_failures = [var.key_in_state]
}

run "an_unknown_use" {
  command = plan
  variables {
    use = "edge"
  }
  expect_failures = [var.use]
}

run "renewal_by_nobody" {
  command = plan
  variables {
    waivers = []
  }
  expect_failures = [var.waivers]
}

run "a_waiver_of_another_rule" {
  command = plan
  variables {
    waivers = [{ rule = "https-only", reason = "Kiosks in the field cannot follow redirects.", until = "2099-12-31", owner = "web@example.com" }]
  }
  expect_failures = [var.waivers]
}

# What the module refuses.

mock_provider "aws" {}

variables {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/front/0123456789abcdef"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/1"
  action            = { forward = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/app/0123456789abcdef" }
}

run "a_certificate_of_another_region" {
  command = plan
  variables {
    certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1"
  }
  expect_failures = [var.certificate_arn]
}

run "a_server_certificate_of_iam" {
  command = plan
  variables {
    certificate_arn = "arn:aws:iam::123456789012:server-certificate/old"
  }
  expect_failures = [var.certificate_arn]
}

run "tls_1_0" {
  command = plan
  variables {
    tls = "ELBSecurityPolicy-2016-08"
  }
  expect_failures = [var.tls]
}

run "hsts_under_a_year" {
  command = plan
  variables {
    hsts = { max_age_days = 364 }
  }
  expect_failures = [var.hsts]
}

run "hsts_for_a_host_alone_without_a_waiver" {
  command = plan
  variables {
    hsts = { include_subdomains = false }
  }
  expect_failures = [var.hsts]
}

run "preload_without_subdomains" {
  command = plan
  variables {
    hsts = { preload = true, include_subdomains = false }
  }
  expect_failures = [var.hsts]
}

run "a_redirect_to_plain_http" {
  command = plan
  variables {
    action = { redirect = "http://example.com" }
  }
  expect_failures = [var.action]
}

run "two_actions" {
  command = plan
  variables {
    action = { redirect = "https://example.com", fixed = { status = 404 } }
  }
  expect_failures = [var.action]
}

run "https_on_port_80_beside_its_redirect" {
  command = plan
  variables {
    port = 80
  }
  expect_failures = [var.port]
}

run "a_name_that_is_no_security_policy" {
  command = plan
  variables {
    tls     = "TLSv1"
    waivers = [{ rule = "minimum-tls-1-2", reason = "Meters in the field speak TLS 1.0.", until = formatdate("YYYY-MM-DD", timeadd(timestamp(), "720h")), owner = "grid@example.com" }]
  }
  expect_failures = [var.tls]
}

run "a_waiver_of_another_rule" {
  command = plan
  variables {
    tls     = "ELBSecurityPolicy-2016-08"
    waivers = [{ rule = "https-only", reason = "Meters in the field speak TLS 1.0.", until = "2099-12-31", owner = "grid@example.com" }]
  }
  expect_failures = [var.waivers]
}

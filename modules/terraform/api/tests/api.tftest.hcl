# What the module makes, without an account: the provider is a mock.

mock_provider "aws" {}

mock_provider "aws" {
  alias = "us_east_1"
}

variables {
  domains = ["api.example.com"]
  zones   = { "example.com" = "Z1" }
  origin  = { domain = "backend.example.com" }
}

run "by_default" {
  command = plan

  assert {
    condition     = length(module.certificate) == 1 && output.url == "https://api.example.com"
    error_message = "No certificate is made, or the URL is not that of the domain."
  }
}

run "with_a_certificate_that_exists" {
  command = plan

  variables {
    certificate = { arn = "arn:aws:acm:us-east-1:123456789012:certificate/1" }
    cache_paths = ["/public/*"]
    cors        = { origins = ["https://app.example.com"] }
    logs        = null
  }

  assert {
    condition     = length(module.certificate) == 0 && output.log_bucket_name == null
    error_message = "Another certificate is made, or logs are written."
  }
}

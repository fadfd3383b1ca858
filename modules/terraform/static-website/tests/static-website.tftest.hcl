# What the module makes, without an account: the provider is a mock.

mock_provider "aws" {}

mock_provider "aws" {
  alias = "us_east_1"
}

variables {
  domains = ["example.com", "www.example.com"]
  zones   = { "example.com" = "Z1" }
}

run "by_default" {
  command = plan

  assert {
    condition     = length(module.certificate) == 1 && length(module.files) == 1 && output.url == "https://example.com"
    error_message = "Certificate or bucket is not made."
  }

  assert {
    condition     = strcontains(local.code, "if (request.headers.host.value !== \"example.com\")") && strcontains(local.code, "+ \"index.html\";")
    error_message = "The function does not redirect to the first domain, or does not find the index of a directory."
  }
}

run "a_single_page_for_a_wildcard" {
  command = plan

  variables {
    domains = ["app.example.com", "*.app.example.com"]
    spa     = true
  }

  assert {
    condition     = !strcontains(local.code, "host.value") && strcontains(local.code, "request.uri = \"/index.html\";")
    error_message = "The function redirects the names of a wildcard, or does not serve the single page."
  }
}

run "with_a_bucket_and_a_certificate_that_exist" {
  command = plan

  variables {
    bucket            = { arn = "arn:aws:s3:::files", bucket_name = "files", bucket_regional_domain_name = "files.s3.eu-west-1.amazonaws.com" }
    certificate       = { arn = "arn:aws:acm:us-east-1:123456789012:certificate/1" }
    directory_indexes = false
    logs              = null
  }

  assert {
    condition     = length(module.certificate) + length(module.files) == 0 && output.bucket_name == "files" && output.log_bucket_name == null
    error_message = "Another certificate or bucket is made."
  }

  assert {
    condition     = !strcontains(local.code, "isPage")
    error_message = "The function looks for the index of a directory."
  }
}

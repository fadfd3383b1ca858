# What the module makes, without an account: the provider is a mock.

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

run "for_cloudfront" {
  command = plan

  assert {
    condition     = length(aws_acm_certificate.cloudfront) == 1 && length(aws_acm_certificate.regional) == 0
    error_message = "The certificate for CloudFront is not imported into us-east-1."
  }

  assert {
    condition     = terraform_data.tlsgate_waivers.input[0].fingerprint == sha256(jsonencode(["certificate-auto-renewal", "certificate_body", var.certificate_body]))
    error_message = "The waiver does not excuse this certificate."
  }
}

run "for_a_load_balancer" {
  command = plan

  variables {
    use = "regional"
  }

  assert {
    condition     = length(aws_acm_certificate.regional) == 1 && length(aws_acm_certificate.cloudfront) == 0
    error_message = "The certificate for a load balancer is not imported into the region of the default provider."
  }
}

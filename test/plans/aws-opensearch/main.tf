# Search domains: their HTTPS, their TLS policy, names of their owner's.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "mock_access_key"
  secret_key                  = "mock_secret_key"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

resource "aws_acm_certificate" "search" {
  domain_name       = "search.example.com"
  validation_method = "DNS"
}

resource "aws_acm_certificate_validation" "search" {
  certificate_arn = aws_acm_certificate.search.arn
}

resource "terraform_data" "late" {
  input = "Policy-Min-TLS-1-2-PFS-2023-10"
}

resource "aws_opensearch_domain" "unset" {
  domain_name = "unset"
}

resource "aws_opensearch_domain" "policy" {
  for_each = toset([
    "Policy-Min-TLS-1-0-2019-07",
    "Policy-Min-TLS-1-2-2019-07",
    "Policy-Min-TLS-1-2-PFS-2023-10",
  ])
  domain_name = "policy"
  domain_endpoint_options {
    tls_security_policy = each.key
  }
}

resource "aws_opensearch_domain" "plain" {
  domain_name = "plain"
  domain_endpoint_options {
    enforce_https       = false
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }
}

resource "aws_opensearch_domain" "late" {
  domain_name = "late"
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = terraform_data.late.output
  }
}

resource "aws_opensearch_domain" "named" {
  domain_name = "named"
  domain_endpoint_options {
    enforce_https                   = true
    tls_security_policy             = "Policy-Min-TLS-1-2-PFS-2023-10"
    custom_endpoint_enabled         = true
    custom_endpoint                 = "search.example.com"
    custom_endpoint_certificate_arn = aws_acm_certificate_validation.search.certificate_arn
  }
}

resource "aws_opensearch_domain" "nameless" {
  domain_name = "nameless"
  domain_endpoint_options {
    enforce_https           = true
    tls_security_policy     = "Policy-Min-TLS-1-2-PFS-2023-10"
    custom_endpoint_enabled = true
    custom_endpoint         = "search.example.com"
  }
}

resource "aws_elasticsearch_domain" "weak" {
  domain_name = "weak"
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-0-2019-07"
  }
}

resource "aws_elasticsearch_domain" "unset" {
  domain_name = "unset-too"
}

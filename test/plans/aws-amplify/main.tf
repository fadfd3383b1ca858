# Amplify: HSTS by custom headers, and names with a certificate of Amplify's or of the owner's.
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

resource "aws_acm_certificate" "site" {
  domain_name       = "*.example.com"
  validation_method = "DNS"
}

resource "aws_acm_certificate_validation" "site" {
  certificate_arn = aws_acm_certificate.site.arn
}

resource "aws_amplify_app" "hsts" {
  name = "hsts"

  custom_headers = <<-EOT
    customHeaders:
      - pattern: '**'
        headers:
          - key: 'Strict-Transport-Security'
            value: 'max-age=31536000; includeSubDomains'
          - key: 'X-Frame-Options'
            value: 'SAMEORIGIN'
  EOT
}

resource "aws_amplify_app" "encoded" {
  name = "encoded"

  custom_headers = yamlencode({
    customHeaders = [{
      pattern = "**/*"
      headers = [{ key = "Strict-Transport-Security", value = "max-age=300" }]
    }]
  })
}

resource "aws_amplify_app" "other_headers" {
  name = "other-headers"

  custom_headers = <<-EOT
    customHeaders:
      - pattern: '**'
        headers:
          - key: 'X-Frame-Options'
            value: 'SAMEORIGIN'
  EOT
}

resource "aws_amplify_app" "silent" {
  name = "silent"
}

resource "aws_amplify_domain_association" "managed" {
  app_id      = aws_amplify_app.hsts.id
  domain_name = "example.com"

  sub_domain {
    branch_name = "main"
    prefix      = ""
  }

  sub_domain {
    branch_name = "main"
    prefix      = "www"
  }
}

resource "aws_amplify_domain_association" "own" {
  app_id      = aws_amplify_app.silent.id
  domain_name = "example.com"

  certificate_settings {
    type                   = "CUSTOM"
    custom_certificate_arn = aws_acm_certificate_validation.site.certificate_arn
  }

  sub_domain {
    branch_name = "main"
    prefix      = "shop"
  }
}

resource "aws_amplify_domain_association" "elsewhere" {
  app_id      = "d1a2b3c4d5e6f7"
  domain_name = "example.org"

  sub_domain {
    branch_name = "main"
    prefix      = ""
  }
}

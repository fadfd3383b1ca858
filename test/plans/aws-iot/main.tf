# IoT domain configurations: each security policy, none written, a policy known after apply, names of the owner's.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "mock_access_key"
  secret_key                  = "mock_secret_key"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

resource "aws_acm_certificate" "devices" {
  domain_name       = "devices.example.com"
  validation_method = "DNS"
}

resource "aws_acm_certificate_validation" "devices" {
  certificate_arn = aws_acm_certificate.devices.arn
}

resource "terraform_data" "policy" {
  input = "IoTSecurityPolicy_TLS13_1_3_2022_10"
}

resource "aws_iot_domain_configuration" "policy" {
  for_each = toset([
    "IoTSecurityPolicy_TLS13_1_3_2022_10",
    "IoTSecurityPolicy_TLS13_1_2_2022_10",
    "IoTSecurityPolicy_TLS12_1_2_2022_10",
    "IoTSecurityPolicy_TLS12_1_0_2016_01",
    "IoTSecurityPolicy_TLS12_1_0_2015_01",
  ])
  name = each.key

  tls_config {
    security_policy = each.key
  }
}

resource "aws_iot_domain_configuration" "late" {
  name = "late"

  tls_config {
    security_policy = terraform_data.policy.output
  }
}

resource "aws_iot_domain_configuration" "own_name" {
  name                    = "own-name"
  domain_name             = "devices.example.com"
  service_type            = "DATA"
  server_certificate_arns = [aws_acm_certificate_validation.devices.certificate_arn]
}

resource "aws_iot_domain_configuration" "wrong_region" {
  name                    = "wrong-region"
  domain_name             = "devices.example.com"
  server_certificate_arns = ["arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"]
}

resource "aws_iot_domain_configuration" "no_certificate" {
  name        = "no-certificate"
  domain_name = "devices.example.com"
}

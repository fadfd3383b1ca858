# Transfer servers: SFTP, FTPS, FTP and AS2, with and without security policy and certificate.
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

resource "aws_acm_certificate" "files" {
  domain_name       = "files.example.com"
  validation_method = "DNS"
}

resource "aws_acm_certificate_validation" "files" {
  certificate_arn = aws_acm_certificate.files.arn
}

resource "aws_transfer_server" "sftp" {
  protocols = ["SFTP"]
}

resource "aws_transfer_server" "unset" {}

resource "aws_transfer_server" "ftps" {
  protocols              = ["SFTP", "FTPS"]
  endpoint_type          = "VPC"
  identity_provider_type = "AWS_LAMBDA"
  function               = "arn:aws:lambda:eu-west-1:123456789012:function:sign-in"
  certificate            = aws_acm_certificate_validation.files.certificate_arn
  security_policy_name   = "TransferSecurityPolicy-2022-03"

  endpoint_details {
    subnet_ids = ["subnet-0123456789abcdef0"]
    vpc_id     = "vpc-0123456789abcdef0"
  }
}

resource "aws_transfer_server" "ftps_default_policy" {
  protocols              = ["FTPS"]
  endpoint_type          = "VPC"
  identity_provider_type = "AWS_LAMBDA"
  function               = "arn:aws:lambda:eu-west-1:123456789012:function:sign-in"
  certificate            = aws_acm_certificate.files.arn

  endpoint_details {
    subnet_ids = ["subnet-0123456789abcdef0"]
    vpc_id     = "vpc-0123456789abcdef0"
  }
}

resource "aws_transfer_server" "ftp" {
  protocols              = ["FTP", "FTPS"]
  endpoint_type          = "VPC"
  identity_provider_type = "AWS_LAMBDA"
  function               = "arn:aws:lambda:eu-west-1:123456789012:function:sign-in"
  security_policy_name   = "TransferSecurityPolicy-2025-03"

  endpoint_details {
    subnet_ids = ["subnet-0123456789abcdef0"]
    vpc_id     = "vpc-0123456789abcdef0"
  }
}

resource "aws_transfer_server" "as2" {
  protocols     = ["AS2"]
  endpoint_type = "VPC"

  endpoint_details {
    subnet_ids = ["subnet-0123456789abcdef0"]
    vpc_id     = "vpc-0123456789abcdef0"
  }
}

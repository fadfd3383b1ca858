# Endpoints that AWS runs: function URLs, AppSync, Cognito and App Runner domains.
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

provider "aws" {
  alias                       = "virginia"
  region                      = "us-east-1"
  access_key                  = "mock_access_key"
  secret_key                  = "mock_secret_key"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

resource "terraform_data" "late" {
  input = "late"
}

resource "aws_acm_certificate" "regional" {
  domain_name       = "*.example.com"
  validation_method = "DNS"
}

resource "aws_acm_certificate_validation" "regional" {
  certificate_arn = aws_acm_certificate.regional.arn
}

resource "aws_acm_certificate" "virginia" {
  provider          = aws.virginia
  domain_name       = "*.example.com"
  validation_method = "DNS"
}

resource "aws_acm_certificate_validation" "virginia" {
  provider        = aws.virginia
  certificate_arn = aws_acm_certificate.virginia.arn
}

resource "aws_lambda_function_url" "site" {
  function_name      = "site"
  authorization_type = "NONE"
}

resource "aws_appsync_graphql_api" "site" {
  name                = "site"
  authentication_type = "API_KEY"
}

resource "aws_appsync_domain_name" "good" {
  domain_name     = "graph.example.com"
  certificate_arn = aws_acm_certificate_validation.virginia.certificate_arn
}

resource "aws_appsync_domain_name" "elsewhere" {
  domain_name     = "graph.example.org"
  certificate_arn = aws_acm_certificate_validation.regional.certificate_arn
}

resource "aws_cognito_user_pool" "people" {
  name = "people"
}

resource "aws_cognito_user_pool_domain" "prefix" {
  domain       = "people"
  user_pool_id = aws_cognito_user_pool.people.id
}

resource "aws_cognito_user_pool_domain" "own" {
  domain          = "login.example.com"
  certificate_arn = aws_acm_certificate_validation.virginia.certificate_arn
  user_pool_id    = aws_cognito_user_pool.people.id
}

resource "aws_cognito_user_pool_domain" "elsewhere" {
  domain          = "login.example.com"
  certificate_arn = aws_acm_certificate_validation.regional.certificate_arn
  user_pool_id    = aws_cognito_user_pool.people.id
}

resource "aws_cognito_user_pool_domain" "bare" {
  domain       = "login.example.com"
  user_pool_id = aws_cognito_user_pool.people.id
}

resource "aws_cognito_user_pool_domain" "late" {
  domain       = terraform_data.late.output
  user_pool_id = aws_cognito_user_pool.people.id
}

resource "aws_apprunner_custom_domain_association" "with_www" {
  domain_name = "example.com"
  service_arn = "arn:aws:apprunner:eu-west-1:123456789012:service/site/11111111111111111111111111111111"
}

resource "aws_apprunner_custom_domain_association" "alone" {
  domain_name          = "app.example.com"
  enable_www_subdomain = false
  service_arn          = "arn:aws:apprunner:eu-west-1:123456789012:service/site/11111111111111111111111111111111"
}

# Lightsail load balancers: redirected, not redirected, plain HTTP alone; distributions with and without a certificate.
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

resource "aws_lightsail_lb" "redirected" {
  name          = "redirected"
  instance_port = 80
}

resource "aws_lightsail_lb_certificate" "redirected" {
  name                      = "redirected"
  lb_name                   = aws_lightsail_lb.redirected.id
  domain_name               = "www.example.com"
  subject_alternative_names = ["www.example.com", "shop.example.com"]
}

resource "aws_lightsail_lb_certificate_attachment" "redirected" {
  lb_name          = aws_lightsail_lb.redirected.name
  certificate_name = aws_lightsail_lb_certificate.redirected.name
}

resource "aws_lightsail_lb_https_redirection_policy" "redirected" {
  lb_name = aws_lightsail_lb.redirected.name
  enabled = true
}

resource "aws_lightsail_lb" "both" {
  name          = "both"
  instance_port = 80
}

resource "aws_lightsail_lb_certificate_attachment" "both" {
  lb_name          = aws_lightsail_lb.both.id
  certificate_name = "made-elsewhere"
}

resource "aws_lightsail_lb_https_redirection_policy" "both" {
  lb_name = aws_lightsail_lb.both.id
  enabled = false
}

resource "aws_lightsail_lb" "plain" {
  name          = "plain"
  instance_port = 80
}

resource "aws_lightsail_certificate" "site" {
  name                      = "site"
  domain_name               = "example.com"
  subject_alternative_names = ["www.example.com"]
}

resource "aws_lightsail_distribution" "secure" {
  name             = "secure"
  bundle_id        = "small_1_0"
  certificate_name = aws_lightsail_certificate.site.name

  origin {
    name            = aws_lightsail_lb.redirected.name
    region_name     = "us-east-1"
    protocol_policy = "https-only"
  }

  default_cache_behavior {
    behavior = "cache"
  }
}

resource "aws_lightsail_distribution" "plain_origin" {
  name      = "plain-origin"
  bundle_id = "small_1_0"

  origin {
    name        = "made-elsewhere"
    region_name = "us-east-1"
  }

  default_cache_behavior {
    behavior = "cache"
  }
}

# VPC Lattice: HTTP, HTTPS and TLS passthrough listeners, rules in plain HTTP, target groups of each protocol.
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

resource "aws_acm_certificate" "service" {
  domain_name       = "service.example.com"
  validation_method = "DNS"
}

resource "aws_acm_certificate_validation" "service" {
  certificate_arn = aws_acm_certificate.service.arn
}

resource "aws_vpclattice_service" "own_name" {
  name               = "own-name"
  custom_domain_name = "service.example.com"
  certificate_arn    = aws_acm_certificate_validation.service.certificate_arn
}

resource "aws_vpclattice_service" "no_certificate" {
  name               = "no-certificate"
  custom_domain_name = "other.example.com"
}

resource "aws_vpclattice_service" "provider_name" {
  name = "provider-name"
}

resource "aws_vpclattice_target_group" "secure" {
  name = "secure"
  type = "INSTANCE"

  config {
    port           = 443
    protocol       = "HTTPS"
    vpc_identifier = "vpc-0123456789abcdef0"
  }
}

resource "aws_vpclattice_target_group" "plain" {
  name = "plain"
  type = "IP"

  config {
    port           = 80
    protocol       = "HTTP"
    vpc_identifier = "vpc-0123456789abcdef0"
  }
}

resource "aws_vpclattice_target_group" "function" {
  name = "function"
  type = "LAMBDA"
}

resource "aws_vpclattice_listener" "secure" {
  name               = "secure"
  protocol           = "HTTPS"
  port               = 443
  service_identifier = aws_vpclattice_service.own_name.id

  default_action {
    forward {
      target_groups {
        target_group_identifier = aws_vpclattice_target_group.secure.id
        weight                  = 90
      }

      target_groups {
        target_group_identifier = aws_vpclattice_target_group.plain.id
        weight                  = 10
      }
    }
  }
}

resource "aws_vpclattice_listener_rule" "function" {
  name                = "function"
  priority            = 10
  service_identifier  = aws_vpclattice_service.own_name.id
  listener_identifier = aws_vpclattice_listener.secure.listener_id

  match {
    http_match {
      path_match {
        match {
          prefix = "/function"
        }
      }
    }
  }

  action {
    forward {
      target_groups {
        target_group_identifier = aws_vpclattice_target_group.function.id
      }
    }
  }
}

resource "aws_vpclattice_listener" "no_certificate" {
  name               = "no-certificate"
  protocol           = "HTTPS"
  service_identifier = aws_vpclattice_service.no_certificate.id

  default_action {
    fixed_response {
      status_code = 404
    }
  }
}

resource "aws_vpclattice_listener" "plain" {
  name               = "plain"
  protocol           = "HTTP"
  service_identifier = aws_vpclattice_service.provider_name.id

  default_action {
    forward {
      target_groups {
        target_group_identifier = aws_vpclattice_target_group.plain.id
      }
    }
  }
}

resource "aws_vpclattice_listener" "refusing" {
  name        = "refusing"
  protocol    = "HTTP"
  port        = 8080
  service_arn = aws_vpclattice_service.provider_name.arn

  default_action {
    fixed_response {
      status_code = 404
    }
  }
}

resource "aws_vpclattice_listener_rule" "open" {
  name                = "open"
  priority            = 10
  service_identifier  = aws_vpclattice_service.provider_name.id
  listener_identifier = aws_vpclattice_listener.refusing.listener_id

  match {
    http_match {
      path_match {
        match {
          prefix = "/open"
        }
      }
    }
  }

  action {
    forward {
      target_groups {
        target_group_identifier = aws_vpclattice_target_group.plain.id
      }
    }
  }
}

resource "aws_vpclattice_listener" "secure_provider_name" {
  name               = "secure-provider-name"
  protocol           = "HTTPS"
  port               = 8443
  service_identifier = aws_vpclattice_service.provider_name.id

  default_action {
    forward {
      target_groups {
        target_group_identifier = "tg-0123456789abcdef0"
      }
    }
  }
}

resource "aws_vpclattice_listener" "passthrough" {
  name               = "passthrough"
  protocol           = "TLS_PASSTHROUGH"
  port               = 9443
  service_identifier = aws_vpclattice_service.own_name.id

  default_action {
    forward {
      target_groups {
        target_group_identifier = "tg-0123456789abcdef1"
      }
    }
  }
}

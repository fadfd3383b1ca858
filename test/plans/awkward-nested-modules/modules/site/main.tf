# A site: its certificate and its distribution, each a module of its own.
terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.certificates]
    }
  }
}

variable "domain" {
  type = string
}

variable "minimum_tls" {
  type = string
}

variable "headers_policy_id" {
  type = string
}

module "certificate" {
  source = "../certificate"
  providers = {
    aws = aws.certificates
  }

  domain = var.domain
}

module "cdn" {
  source = "../cdn"

  domain            = var.domain
  certificate_arn   = module.certificate.arn
  minimum_tls       = var.minimum_tls
  headers_policy_id = var.headers_policy_id
}

output "certificate_arn" {
  value = module.certificate.arn
}

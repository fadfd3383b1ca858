# A certificate and the wait for its validation.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "domain" {
  type = string
}

resource "aws_acm_certificate" "site" {
  domain_name       = var.domain
  validation_method = "DNS"
}

resource "aws_acm_certificate_validation" "site" {
  certificate_arn = aws_acm_certificate.site.arn
}

output "pending_arn" {
  value = aws_acm_certificate.site.arn
}

output "validated_arn" {
  value = aws_acm_certificate_validation.site.certificate_arn
}

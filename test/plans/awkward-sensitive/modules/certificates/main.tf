# Certificates whose ARNs are handed out as secrets.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

resource "aws_acm_certificate" "made" {
  domain_name       = "*.example.com"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

variable "bought_arn" {
  type      = string
  default   = "arn:aws:acm:ap-south-1:123456789012:certificate/99999999-8888-7777-6666-555555555555"
  sensitive = true
}

output "made_arn" {
  value     = sensitive(aws_acm_certificate.made.arn)
  sensitive = true
}

output "bought_arn" {
  value     = var.bought_arn
  sensitive = true
}

# A certificate, an alarm on the distribution that uses it, and what was handed in.
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

variable "distribution" {
  type = string
}

resource "aws_acm_certificate" "this" {
  domain_name       = var.domain
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate_validation" "this" {
  certificate_arn = aws_acm_certificate.this.arn
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "distribution-errors"
  namespace           = "AWS/CloudFront"
  metric_name         = "5xxErrorRate"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  period              = 300
  statistic           = "Average"
  threshold           = 5

  dimensions = {
    DistributionId = var.distribution
    Region         = "Global"
  }
}

output "domain" {
  value = var.domain
}

output "certificate" {
  value = aws_acm_certificate_validation.this
}

output "echo" {
  value = var.distribution
}

output "distribution_id" {
  description = "E1A2B3C4D5E6F7, for invalidations."
  value       = aws_cloudfront_distribution.this.id
}

output "distribution_arn" {
  description = "For policies of what it may read."
  value       = aws_cloudfront_distribution.this.arn
}

output "domain_name" {
  description = "d111111abcdef8.cloudfront.net"
  value       = aws_cloudfront_distribution.this.domain_name
}

output "hosted_zone_id" {
  description = "Zone of CloudFront's own names, for alias records."
  value       = aws_cloudfront_distribution.this.hosted_zone_id
}

output "url" {
  description = "https:// and the first domain."
  value       = "https://${length(var.domains) > 0 ? var.domains[0] : aws_cloudfront_distribution.this.domain_name}"
}

output "log_source_arn" {
  description = "Delivery source of its logs, for the policy of a bucket of yours; null without logs."
  value       = one(aws_cloudwatch_log_delivery_source.this[*].arn)
}

output "log_bucket_name" {
  description = "Name of the bucket that was made for its logs; null without one."
  value       = one(module.log_bucket[*].bucket_name)
}

output "url" {
  description = "https:// and the first domain."
  value       = module.distribution.url
}

output "distribution_id" {
  description = "E1A2B3C4D5E6F7, for invalidations."
  value       = module.distribution.distribution_id
}

output "distribution_arn" {
  description = "For policies of what it may read."
  value       = module.distribution.distribution_arn
}

output "domain_name" {
  description = "d111111abcdef8.cloudfront.net"
  value       = module.distribution.domain_name
}

output "certificate_arn" {
  description = "Of the certificate that it is served with."
  value       = var.certificate != null ? var.certificate.arn : module.certificate[0].certificate_arn
}

output "log_bucket_name" {
  description = "Name of the bucket that was made for its logs; null without one."
  value       = module.distribution.log_bucket_name
}

output "certificate_arn" {
  description = "Of the imported certificate."
  value       = one(concat(aws_acm_certificate.cloudfront[*].arn, aws_acm_certificate.regional[*].arn))
}

output "domains" {
  description = "Names that it is valid for, known after the import."
  value       = one(concat(aws_acm_certificate.cloudfront[*].subject_alternative_names, aws_acm_certificate.regional[*].subject_alternative_names))
}

output "not_after" {
  description = "When it expires, as ACM writes it."
  value       = one(concat(aws_acm_certificate.cloudfront[*].not_after, aws_acm_certificate.regional[*].not_after))
}

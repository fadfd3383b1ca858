output "certificate_arn" {
  description = "Of the issued certificate: it is known only once the validation is done."
  value = one(
    var.wait
    ? concat(aws_acm_certificate_validation.cloudfront[*].certificate_arn, aws_acm_certificate_validation.regional[*].certificate_arn)
    : concat(aws_acm_certificate.cloudfront[*].arn, aws_acm_certificate.regional[*].arn)
  )
}

output "domains" {
  description = "Names that it is valid for."
  value       = var.domains
}

output "validation_records" {
  description = "What shows ACM that a domain is yours, by domain without its wildcard."
  value       = local.validation_records
}

output "not_after" {
  description = "When it expires, as ACM writes it."
  value       = one(concat(aws_acm_certificate.cloudfront[*].not_after, aws_acm_certificate.regional[*].not_after))
}

output "arn" {
  description = "For policies of who may put objects there."
  value       = aws_s3_bucket.this.arn
}

output "bucket_name" {
  description = "Name of the bucket."
  value       = aws_s3_bucket.this.id
}

output "bucket_regional_domain_name" {
  description = "Where CloudFront reads it."
  value       = aws_s3_bucket.this.bucket_regional_domain_name
}

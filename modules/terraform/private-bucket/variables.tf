variable "name" {
  description = "Name of the bucket, unique in all of AWS. By default made up by Terraform: two stacks never ask for the same one."
  type        = string
  default     = null

  validation {
    condition     = var.name == null || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.name))
    error_message = "name is no name of a bucket: 3 to 63 lower case letters, digits, hyphens and dots."
  }
}

variable "distribution_arns" {
  description = "ARNs of the distributions that may read the bucket, each by a name of yours. By default none: nobody gets in."
  type        = map(string)
  nullable    = false
  default     = {}

  validation {
    condition     = alltrue([for arn in values(var.distribution_arns) : can(regex("^arn:[^:]+:cloudfront::[0-9]{12}:distribution/", arn))])
    error_message = "distribution_arns holds something else than ARNs of distributions."
  }
}

variable "reader_account" {
  description = "Account, of 12 digits, whose distributions may read the bucket, for those of another configuration. By default none: only distribution_arns may."
  type        = string
  default     = null

  validation {
    condition     = var.reader_account == null || can(regex("^[0-9]{12}$", var.reader_account))
    error_message = "reader_account is the 12 digits of an account of AWS."
  }
}

variable "log_source_arns" {
  description = "ARNs of the delivery sources that may log into the bucket, each by a name of yours. By default none: nobody writes logs."
  type        = map(string)
  nullable    = false
  default     = {}

  validation {
    condition     = alltrue([for arn in values(var.log_source_arns) : can(regex("^arn:[^:]+:logs:us-east-1:[0-9]{12}:delivery-source:", arn))])
    error_message = "log_source_arns holds something else than ARNs of delivery sources in us-east-1."
  }
}

variable "log_account" {
  description = "Account, of 12 digits, whose delivery sources may log into the bucket, for those of another configuration. By default none: only log_source_arns may."
  type        = string
  default     = null

  validation {
    condition     = var.log_account == null || can(regex("^[0-9]{12}$", var.log_account))
    error_message = "log_account is the 12 digits of an account of AWS."
  }
}

variable "versioning" {
  description = "Whether overwritten and deleted objects are kept as older versions. By default true: a bad deployment can be taken back."
  type        = bool
  nullable    = false
  default     = true
}

variable "expire_days" {
  description = "Days after which objects are deleted. By default never: only you know what may go."
  type        = number
  default     = null

  validation {
    condition     = var.expire_days == null || try(floor(var.expire_days) == var.expire_days && var.expire_days >= 1, false)
    error_message = "expire_days is a number of days, at least 1."
  }
}

variable "kms_key_arn" {
  description = "ARN of a key of KMS that encrypts the objects. Its policy has to let `cloudfront.amazonaws.com` decrypt for the distribution (AWS, \"SSE-KMS\" with an origin access control), and `delivery.logs.amazonaws.com` generate data keys for logs. By default S3's own key: it costs nothing, and nobody can lose it."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[^:]+:kms:", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a key of AWS KMS."
  }
}

variable "tags" {
  description = "Tags of the bucket. By default none: the provider's default tags are there anyway."
  type        = map(string)
  nullable    = false
  default     = {}
}

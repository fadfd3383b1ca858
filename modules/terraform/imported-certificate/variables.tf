variable "certificate_body" {
  description = "The certificate."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^\\s*-----BEGIN CERTIFICATE-----", var.certificate_body))
    error_message = "certificate_body is no certificate in PEM: it begins with -----BEGIN CERTIFICATE-----."
  }

  validation {
    condition     = !strcontains(var.certificate_body, "PRIVATE KEY-----")
    error_message = "certificate_body holds a private key, which everybody who sees the plan could read: give it as private_key."
  }
}

variable "certificate_chain" {
  description = "What leads from the certificate to a root that clients know. By default none: right for a certificate that a root has signed itself."
  type        = string
  default     = null

  validation {
    condition     = var.certificate_chain == null || can(regex("^\\s*-----BEGIN CERTIFICATE-----", var.certificate_chain))
    error_message = "certificate_chain is no list of certificates in PEM: it begins with -----BEGIN CERTIFICATE-----."
  }
}

variable "private_key" {
  description = "Its private key."
  type        = string
  nullable    = false
  sensitive   = true
}

variable "key_in_state" {
  description = "Whether the private key may stand in Terraform's state: encrypt it, and mind who reads it. It has to be true: the arguments that would keep the key out of the state need a newer provider."
  type        = bool
  nullable    = false
  default     = false

  validation {
    condition     = var.key_in_state
    error_message = "With this module the private key lands in Terraform's state: encrypt the state, mind who reads it, and set key_in_state to true."
  }
}

variable "use" {
  description = "Where it is used, which decides where it is imported. By default cloudfront: imported into us-east-1, the only region that CloudFront takes certificates from."
  type        = string
  nullable    = false
  default     = "cloudfront"

  validation {
    condition     = contains(["cloudfront", "regional"], var.use)
    error_message = "use must be cloudfront or regional."
  }
}

variable "tags" {
  description = "Tags of the certificate. By default none: the provider's default tags are there anyway."
  type        = map(string)
  nullable    = false
  default     = {}
}

variable "waivers" {
  description = "Explicit exceptions: the policy that is not met, why, the last day on which the exception holds, and who answers for it. The module writes them into the plan, where the gate reads them."
  type = list(object({
    rule   = string
    reason = string
    until  = string
    owner  = string
    ticket = optional(string)
  }))
  nullable = false

  validation {
    condition     = contains(var.waivers[*].rule, "certificate-auto-renewal")
    error_message = "ACM renews no imported certificate: say in a waiver for certificate-auto-renewal who does."
  }

  validation {
    condition     = alltrue([for waiver in var.waivers : contains(["certificate-auto-renewal"], waiver.rule)])
    error_message = "This module can be waived certificate-auto-renewal alone."
  }

  validation {
    condition     = alltrue([for waiver in var.waivers : length(trimspace(waiver.reason)) >= 20])
    error_message = "The reason of a waiver has fewer than 20 characters: say why."
  }

  validation {
    condition     = alltrue([for waiver in var.waivers : trimspace(waiver.owner) != ""])
    error_message = "A waiver has no owner: say who answers for it."
  }

  validation {
    condition = alltrue([
      for waiver in var.waivers : can(timecmp(plantimestamp(), "${waiver.until}T23:59:59Z")) &&
      timecmp(plantimestamp(), "${waiver.until}T23:59:59Z") <= 0 &&
      timecmp("${waiver.until}T23:59:59Z", timeadd(plantimestamp(), "8808h")) <= 0
    ])
    error_message = "A waiver's last day (until, such as 2027-03-31) is no day of the calendar, past, or more than 366 days ahead."
  }
}

variable "domains" {
  description = "Names on the certificate, the first its subject; at most 10, ACM's default quota."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.domains) > 0
    error_message = "No domain is given: name at least one."
  }

  validation {
    condition     = length(var.domains) <= 10
    error_message = "${length(var.domains)} names are more than the 10 that ACM allows: ask for two certificates."
  }

  validation {
    condition = alltrue([
      for domain in var.domains :
      length(domain) <= 253 && can(regex("^(\\*\\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)+[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$", domain))
    ])
    error_message = "Not every name of domains is a domain name: write it in lower case and, if it is international, in Punycode."
  }

  validation {
    condition     = length(distinct(var.domains)) == length(var.domains)
    error_message = "A name of domains is given twice: name it once."
  }
}

variable "validation" {
  description = "How ACM is shown that the domains are yours: by records that this module writes into zones (dns), by records that you write elsewhere from the output validation_records (external), or by e-mail (email), which needs a waiver for certificate-auto-renewal."
  type        = string
  nullable    = false
  default     = "dns"

  validation {
    condition     = contains(["dns", "external", "email"], var.validation)
    error_message = "validation is dns, external or email."
  }

  validation {
    condition     = var.validation != "email" || contains(var.waivers[*].rule, "certificate-auto-renewal")
    error_message = "ACM renews no certificate by e-mail on its own: validate by dns, or give a waiver for certificate-auto-renewal."
  }
}

variable "zones" {
  description = "Hosted zones of Route 53: zone name → zone id. A name belongs to the zone with the longest suffix of it."
  type        = map(string)
  nullable    = false
  default     = {}

  validation {
    condition = var.validation != "dns" || alltrue([
      for domain in var.domains : anytrue([for zone in keys(var.zones) : endswith(".${trimprefix(domain, "*.")}", ".${zone}")])
    ])
    error_message = "No hosted zone holds one of the domains: add its zone to zones (given: ${join(", ", keys(var.zones))})."
  }
}

variable "ttl" {
  description = "Seconds for which the validation records may be cached. By default 60: nobody but ACM reads them."
  type        = number
  nullable    = false
  default     = 60
}

variable "wait" {
  description = "Whether the apply waits until ACM has seen the records. By default true: the ARN can be used at once."
  type        = bool
  nullable    = false
  default     = true

  validation {
    condition     = var.wait || var.validation == "external"
    error_message = "Only a certificate that is validated by external records need not be waited for: set validation to external."
  }
}

variable "mail_domains" {
  description = "Which domain's mailboxes are asked, by domain of the certificate."
  type        = map(string)
  nullable    = false
  default     = {}
}

variable "use" {
  description = "Where it is used, which decides where it is made. By default cloudfront: made in us-east-1, the only region that CloudFront takes certificates from."
  type        = string
  nullable    = false
  default     = "cloudfront"

  validation {
    condition     = contains(["cloudfront", "regional"], var.use)
    error_message = "use must be cloudfront or regional."
  }
}

variable "key_algorithm" {
  description = "Algorithm of its key. By default RSA_2048: every client takes it."
  type        = string
  nullable    = false
  default     = "RSA_2048"

  validation {
    condition     = contains(["RSA_2048", "EC_prime256v1", "EC_secp384r1"], var.key_algorithm)
    error_message = "key_algorithm must be RSA_2048, EC_prime256v1 or EC_secp384r1."
  }

  validation {
    condition     = var.use != "cloudfront" || var.key_algorithm != "EC_secp384r1"
    error_message = "CloudFront takes no P-384 keys: choose EC_prime256v1 or RSA_2048."
  }
}

variable "validation_timeout" {
  description = "How long the apply waits for the issue. By default 20m: with the right records it takes minutes, and the provider's 75 hide a wrong delegation."
  type        = string
  nullable    = false
  default     = "20m"

  validation {
    condition     = can(regex("^[0-9]+m$", var.validation_timeout))
    error_message = "validation_timeout is a number of minutes, such as 20m."
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
  default  = []

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

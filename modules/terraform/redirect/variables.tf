variable "from" {
  description = "Names that redirect."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.from) > 0
    error_message = "No domain is given: name at least one."
  }

  validation {
    condition     = var.certificate != null || length(var.from) <= 10
    error_message = "${length(var.from)} names are more than the 10 that ACM allows: give a certificate of your own, or split them."
  }

  validation {
    condition = alltrue([
      for domain in var.from :
      length(domain) <= 253 && can(regex("^(\\*\\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)+[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$", domain))
    ])
    error_message = "Not every name of from is a domain name: write it in lower case and, if it is international, in Punycode."
  }

  validation {
    condition     = length(distinct(var.from)) == length(var.from)
    error_message = "A name of from is given twice: name it once."
  }
}

variable "to" {
  description = "Where to: a host, or a URL to put paths behind."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^https://([A-Za-z0-9-]+\\.)+[A-Za-z][A-Za-z0-9-]*(:[0-9]+)?([/?][^#\\s]*)?$", var.to))
    error_message = "to is https:// and a host, and after it at most a path to put paths behind."
  }
}

variable "zones" {
  description = "Hosted zones that hold the domains of `from`."
  type        = map(string)
  nullable    = false

  validation {
    condition = alltrue([
      for domain in var.from : anytrue([for zone in keys(var.zones) : endswith(".${trimprefix(domain, "*.")}", ".${zone}")])
    ])
    error_message = "No hosted zone holds one of the domains: add its zone to zones (given: ${join(", ", keys(var.zones))})."
  }
}

variable "status" {
  description = "Status of the answer: 301 and 308 are for good, 307 and 308 keep the method. By default 301: search engines follow it."
  type        = number
  nullable    = false
  default     = 301

  validation {
    condition     = contains([301, 302, 307, 308], var.status)
    error_message = "status must be 301, 302, 307 or 308."
  }
}

variable "keep_path" {
  description = "Whether the path is put behind `to`. By default true: old links lead to the same page."
  type        = bool
  nullable    = false
  default     = true
}

variable "keep_query" {
  description = "Whether the query string is put behind it. By default true: old links lead to the same page."
  type        = bool
  nullable    = false
  default     = true
}

variable "hsts" {
  description = "Strict-Transport-Security. By default two years, with subdomains: the next visit is HTTPS from the start."
  type = object({
    # Days for which a browser remembers to use HTTPS alone; at least 365. By default 730: two years, what the preload list recommends.
    max_age_days = optional(number, 730)
    # Whether it holds for all subdomains. By default true: a subdomain over plain HTTP can plant cookies for the whole domain.
    include_subdomains = optional(bool, true)
    # Whether the domain asks to be built into browsers. By default false: it takes months to get out of the list again.
    preload = optional(bool, false)
  })
  nullable = false
  default  = {}

  validation {
    condition     = var.hsts.max_age_days >= 365
    error_message = "HSTS for ${var.hsts.max_age_days} days: give it 365 or more, browsers and tlsgate ask for a year."
  }

  validation {
    condition     = var.hsts.include_subdomains || contains(var.waivers[*].rule, "hsts-include-subdomains")
    error_message = "HSTS for a host alone leaves its subdomains to plain HTTP: set hsts.include_subdomains to true, or give a waiver for hsts-include-subdomains."
  }

  validation {
    condition     = !var.hsts.preload || var.hsts.include_subdomains
    error_message = "HSTS preload needs include_subdomains: the list takes whole domains."
  }
}

variable "certificate" {
  description = "A certificate of the domains that exists, from us-east-1. By default a new one: for the domains, validated in the zones."
  type = object({
    # Its ARN.
    arn = string
  })
  default = null
}

variable "price_class" {
  description = "Which edge locations serve it. By default PriceClass_All: all of them, the nearest to every viewer."
  type        = string
  nullable    = false
  default     = "PriceClass_All"

  validation {
    condition     = contains(["PriceClass_All", "PriceClass_200", "PriceClass_100"], var.price_class)
    error_message = "price_class must be PriceClass_All, PriceClass_200 or PriceClass_100."
  }
}

variable "geo" {
  description = "Countries that are let in, or kept out, as ISO 3166-1 alpha-2. By default none: everybody gets in."
  type = object({
    # Countries that are let in.
    allow = optional(list(string))
    # Countries that are kept out.
    deny = optional(list(string))
  })
  nullable = false
  default  = {}
}

variable "logs" {
  description = "Access logs. By default none: what only redirects has little to tell."
  type = object({
    # Where they go: s3, a bucket; cloudwatch, a new log group; firehose, a delivery stream.
    to = optional(string, "s3")
    # A bucket that exists and gets the logs: its policy lets the delivery in, as that of the module private-bucket does by log_source_arns. By default a new one without old versions: nobody overwrites logs.
    bucket = optional(object({
      arn = string
    }))
    # Days for which the files of a new bucket are kept. By default 365: a year, which most audits ask for; addresses of viewers are personal data.
    retention_days = optional(number, 365)
    # Format of the files. By default json: every tool reads it, and only parquet is billed.
    format = optional(string, "json")
    # Path of the files below AWS's own prefix, with CloudFront's variables: "{DistributionId}/{yyyy}/{MM}/{dd}". By default none: AWS drops its prefix when a path is changed later, and the files move (hashicorp/terraform-provider-aws#46328).
    path = optional(string)
    # ARN of the delivery stream, for firehose.
    stream_arn = optional(string)
  })
  default = null
}

variable "web_acl_arn" {
  description = "ARN of a web ACL of AWS WAF, a global one in us-east-1. By default none: its rules are yours to choose."
  type        = string
  default     = null
}

variable "name" {
  description = "Begins the names of what it makes, which have to be unique in the account. By default the first of the domains: no two distributions can have the same one."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of all that can have them. By default none: the provider's default tags are there anyway."
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
    condition     = alltrue([for waiver in var.waivers : contains(["hsts-include-subdomains"], waiver.rule)])
    error_message = "This module can be waived hsts-include-subdomains alone."
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

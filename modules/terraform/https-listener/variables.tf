variable "load_balancer_arn" {
  description = "The application load balancer."
  type        = string
  nullable    = false
}

variable "certificate_arn" {
  description = "Certificate of ACM, from the load balancer's region."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[^:]+:acm:", var.certificate_arn))
    error_message = "A load balancer's certificate is one of ACM: use its ARN."
  }

  validation {
    condition     = try(split(":", var.certificate_arn)[3] == split(":", var.load_balancer_arn)[3], true)
    error_message = "The certificate is in another region than the load balancer: use one from the load balancer's region."
  }
}

variable "action" {
  description = "What it does with requests: `forward` takes a target group's ARN."
  type = object({
    # ARN of a target group.
    forward = optional(string)
    # Where to. What the URL does not state stays as in the request, its path and its query; #{host}, #{path} and #{query} stand for those of the request.
    redirect = optional(string)
    # The answer.
    fixed = optional(object({
      # Status of HTTP, e.g. 404.
      status = number
      # Text of the answer. By default none: the status says enough.
      body = optional(string)
      # What kind of text it is. By default text/plain: nothing that a browser could run.
      content_type = optional(string, "text/plain")
    }))
  })
  nullable = false

  validation {
    condition     = length([for one in [var.action.forward != null, var.action.redirect != null, var.action.fixed != null] : one if one]) == 1
    error_message = "action takes exactly one of forward, redirect and fixed."
  }

  validation {
    condition     = var.action.redirect == null || can(regex(local.target, var.action.redirect))
    error_message = "action.redirect is https:// and a host, and after it at most a port, a path and a query."
  }

  validation {
    condition     = var.action.fixed == null || try(floor(var.action.fixed.status) == var.action.fixed.status && var.action.fixed.status >= 200 && var.action.fixed.status <= 599, false)
    error_message = "action.fixed.status is a status of HTTP, such as 404."
  }
}

variable "more_certificate_arns" {
  description = "ARNs of further certificates, chosen by the name that the client asks for (SNI), each by a name of yours. By default none: one certificate has room for ten names."
  type        = map(string)
  nullable    = false
  default     = {}

  validation {
    condition     = alltrue([for arn in values(var.more_certificate_arns) : can(regex("^arn:[^:]+:acm:", arn))])
    error_message = "A load balancer's certificate is one of ACM: use its ARN."
  }
}

variable "tls" {
  description = "Security policy. By default ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09: the console's own choice; left out, AWS would take TLS 1.0."
  type        = string
  nullable    = false
  default     = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"

  validation {
    condition     = contains(["ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", "ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04", "ELBSecurityPolicy-TLS13-1-3-2021-06", "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09", "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04"], var.tls) || length(setintersection(var.waivers[*].rule, local.tls_rules)) > 0 && startswith(var.tls, "ELBSecurityPolicy-")
    error_message = "tls must be ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09, ELBSecurityPolicy-TLS13-1-2-Res-2021-06, ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04, ELBSecurityPolicy-TLS13-1-3-2021-06, ELBSecurityPolicy-TLS13-1-3-PQ-2025-09 or ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04. Any other ELBSecurityPolicy takes waivers for minimum-tls-1-2, forward-secrecy or strong-ciphers."
  }
}

variable "hsts" {
  description = "Strict-Transport-Security, added to every answer. By default two years, with subdomains: browsers then never try plain HTTP again."
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

variable "http_redirect" {
  description = "Whether port 80 redirects here; without it nothing listens there. By default true: a link or an address typed without a scheme still works."
  type        = bool
  nullable    = false
  default     = true
}

variable "port" {
  description = "Port of the listener. By default 443: the port of HTTPS."
  type        = number
  nullable    = false
  default     = 443

  validation {
    condition     = floor(var.port) == var.port && var.port >= 1 && var.port <= 65535
    error_message = "port is a number from 1 to 65535."
  }

  validation {
    condition     = var.port != 80 || !var.http_redirect
    error_message = "Port 80 is where http_redirect listens: choose another port, or set http_redirect to false."
  }
}

variable "tags" {
  description = "Tags of the listeners. By default none: the provider's default tags are there anyway."
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
    condition     = alltrue([for waiver in var.waivers : contains(["minimum-tls-1-2", "forward-secrecy", "strong-ciphers", "hsts-include-subdomains"], waiver.rule)])
    error_message = "This module can be waived minimum-tls-1-2, forward-secrecy, strong-ciphers and hsts-include-subdomains."
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

variable "domains" {
  description = "Names that it serves."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.domains) > 0
    error_message = "No domain is given: name at least one."
  }

  validation {
    condition     = var.certificate != null || length(var.domains) <= 10
    error_message = "${length(var.domains)} names are more than the 10 that ACM allows: give a certificate of your own, or split them."
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

variable "zones" {
  description = "Hosted zones that hold the domains: for validation, and for A, AAAA and HTTPS records."
  type        = map(string)
  nullable    = false

  validation {
    condition = alltrue([
      for domain in var.domains : anytrue([for zone in keys(var.zones) : endswith(".${trimprefix(domain, "*.")}", ".${zone}")])
    ])
    error_message = "No hosted zone holds one of the domains: add its zone to zones (given: ${join(", ", keys(var.zones))})."
  }
}

variable "canonical" {
  description = "The host that the others redirect to. By default the first domain: search engines and cookies want one; a wildcard among the domains switches it off."
  type        = string
  default     = null

  validation {
    condition     = var.canonical == null || contains(var.domains, coalesce(var.canonical, "-"))
    error_message = "canonical is not among the domains: add it, or it would redirect to a host that nothing serves."
  }
}

variable "spa" {
  description = "Whether every path without an extension gets the index document, for an application that routes in the browser. By default false: what is not there stays a 404."
  type        = bool
  nullable    = false
  default     = false
}

variable "index" {
  description = "The document that a directory stands for. By default index.html: what every generator of websites writes."
  type        = string
  nullable    = false
  default     = "index.html"
}

variable "directory_indexes" {
  description = "Whether /docs and /docs/ get /docs/index.html. By default true: a private bucket does not do it by itself."
  type        = bool
  nullable    = false
  default     = true
}

variable "not_found_page" {
  description = "The page for what is not there, with status 404. CloudFront knows error pages of a whole distribution only: it also replaces each 403 and 404 of `behaviors`. By default none: the bucket's own answer."
  type        = string
  default     = null

  validation {
    condition     = var.not_found_page == null || try(startswith(var.not_found_page, "/"), false)
    error_message = "not_found_page is a path: it begins with a slash."
  }
}

variable "origins" {
  description = "Where the answers of behaviors come from, each origin by a name of yours. By default none."
  type = map(object({
    # What it is: https, any server with a certificate for its name; s3, a private bucket; lambda, the URL of a function with AWS_IAM authorization; vpc, a load balancer or an instance in a private subnet; http, a server that speaks no HTTPS, which takes a waiver for origin-https-only.
    type = optional(string, "https")
    # Its host; of a bucket its bucket_regional_domain_name, of a function its function_url.
    domain = string
    # Name or ARN of the function, for lambda.
    function_name = optional(string)
    # authorization_type of the function's URL, for lambda: anything else than AWS_IAM is refused. By default unknown: nothing checks it.
    authorization_type = optional(string)
    # ARN of the load balancer or the instance, for vpc.
    resource_arn = optional(string)
    # Put before each path. By default none: the origin sees the viewer's path.
    path = optional(string)
    # Headers that CloudFront adds to each request, by name. By default none: there is nothing to guess.
    headers = optional(map(string), {})
    # Region of an origin shield, one more cache in front of the origin. By default none: it is billed by request.
    shield_region = optional(string)
    # Attempts to connect. By default 3: CloudFront's own.
    attempts = optional(number)
    # Seconds for one attempt, 1 to 10. By default 10: CloudFront's own.
    connect_timeout = optional(number)
    # Port of the server. By default 443: the port of HTTPS.
    port = optional(number, 443)
    # Seconds to wait for an answer, 1 to 180; more than 60 needs a higher quota of the account. By default 30: CloudFront's own.
    read_timeout = optional(number, 30)
    # Seconds that an idle connection is kept, 1 to 180; more than 60 needs a higher quota of the account. By default 5: CloudFront's own.
    keepalive = optional(number, 5)
  }))
  nullable = false
  default  = {}

  validation {
    condition     = !contains(keys(var.origins), "s3-files")
    error_message = "The origin s3-files is the website's bucket: call yours by another name."
  }
}

variable "behaviors" {
  description = "Behaviors beside the website, by path pattern, such as an API under /api/*; each with an origin of origins. By default none: all paths are the website's."
  type = list(object({
    # Path, or one with wildcards: /api/* or *.png.
    path = string
    # Where the answers come from. By default that of the distribution: most paths share it.
    origin = optional(string)
    # What plain HTTP gets: a redirect, or a refusal. By default redirect-to-https: a link or an address typed without a scheme still works.
    viewer_protocol = optional(string)
    # Response headers of its own, HSTS always among them. By default those of the variable headers.
    headers = optional(object({
      # Which csp is there by default: that of strict, for websites, or of api, under which an answer shown as a page can do nothing. By default strict.
      preset = optional(string)
      # Strict-Transport-Security. By default two years, with subdomains: browsers then never try plain HTTP again.
      hsts = optional(object({
        # Days for which a browser remembers to use HTTPS alone; at least 365. By default 730: two years, what the preload list recommends.
        max_age_days = optional(number, 730)
        # Whether it holds for all subdomains. By default true: a subdomain over plain HTTP can plant cookies for the whole domain.
        include_subdomains = optional(bool, true)
        # Whether the domain asks to be built into browsers. By default false: it takes months to get out of the list again.
        preload = optional(bool, false)
      }), {})
      # Content-Security-Policy. By default `strict`: no framing, plain HTTP upgraded; `api`: nothing at all may load.
      csp = optional(string)
      # X-Frame-Options. By default DENY: a page in another site's frame can be clicked by trickery.
      frame = optional(string, "DENY")
      # Referrer-Policy. By default strict-origin-when-cross-origin: other sites see the host, never the path.
      referrer = optional(string, "strict-origin-when-cross-origin")
      # Which other sites' scripts may read the answers. By default none: browsers keep answers to their own site.
      cors = optional(object({
        # Sites whose scripts may read the answers, over HTTPS alone.
        origins = list(string)
        # Methods that they may use. By default GET, HEAD and OPTIONS: those that change nothing.
        methods = optional(list(string), ["GET", "HEAD", "OPTIONS"])
        # Headers that they may send. By default Content-Type and Authorization: what most APIs read.
        headers = optional(list(string), ["Content-Type", "Authorization"])
        # Whether cookies and credentials go along. By default false: an answer for everybody is no secret.
        credentials = optional(bool, false)
        # Seconds for which a browser remembers the answer. By default 600: a change is seen within ten minutes.
        max_age = optional(number, 600)
      }))
      # Further headers, by name. By default none: there is nothing to guess.
      custom = optional(map(string), {})
      # Names of headers of the origin that viewers shall not see. By default none: only you know what your origin tells.
      remove = optional(list(string), [])
      # One of AWS's policies in the place of all others: SecurityHeadersPolicy, CORS-and-SecurityHeadersPolicy or CORS-with-preflight-and-SecurityHeadersPolicy. They send HSTS for a year without includeSubDomains, which takes a waiver for hsts-include-subdomains, and leave the origin's own header in place where it sends one.
      managed = optional(string)
      # A response headers policy of your own by its id, whose HSTS nobody checks here: it takes a waiver for hsts-enabled or hsts-include-subdomains.
      policy = optional(object({
        id = string
      }))
    }))
    # Methods that are let through: GET and HEAD; these and OPTIONS; or all. By default read: what an origin does not expect, it cannot mishandle.
    methods = optional(string)
    # Cache policy: one of AWS's, by its name; "origin-controlled", as the origin's Cache-Control says, by path and query; or your own by its id. By default optimized: by path alone, as long as the origin says.
    cache = optional(string)
    # A cache policy of your own, in the place of cache.
    cache_policy_id = optional(string)
    # What of the request goes to the origin beside the cache key: one of AWS's policies, by its name, or your own by its id. By default none: what the answer does not depend on stays here.
    forward = optional(string)
    # An origin request policy of your own, in the place of forward.
    origin_request_policy_id = optional(string)
    # Whether answers are compressed. By default true: with gzip or Brotli, as the viewer asks.
    compress = optional(bool)
    # Function of CloudFront that sees each request first. By default none: what rewrites pages would break an API beside them, so a path has none of the distribution's either.
    viewer_request = optional(object({
      # Its source.
      code = string
      # Key value store that it may read. By default none: the code is all there is.
      key_value_store_arn = optional(string)
      # Whether it answers every request by itself, without the origin: a waiver for its HSTS then stands at the function. By default false: most functions pass requests on.
      answers_all = optional(bool, false)
    }))
    # Function of CloudFront that sees each answer last. By default none: a path has none of the distribution's either.
    viewer_response = optional(object({
      # Its source.
      code = string
      # Key value store that it may read. By default none: the code is all there is.
      key_value_store_arn = optional(string)
    }))
    # Lambda function before the origin is asked. By default none: a path has none of the distribution's either.
    origin_request = optional(object({
      # ARN with the number of the version.
      version_arn = string
      # Whether the function sees the body of the request. By default false: bodies are long, and often secret.
      include_body = optional(bool, false)
    }))
    # Lambda function after the origin has answered. By default none: a path has none of the distribution's either.
    origin_response = optional(object({
      # ARN with the number of the version.
      version_arn = string
      # Whether the function sees the body of the request. By default false: bodies are long, and often secret.
      include_body = optional(bool, false)
    }))
    # Ids of key groups: only signed URLs and cookies get in. By default none: everybody gets in.
    key_groups = optional(list(string))
  }))
  nullable = false
  default  = []

  validation {
    condition     = alltrue([for one in var.behaviors : contains(keys(var.origins), coalesce(one.origin, "-"))])
    error_message = "A behavior beside the website has an origin of its own: name one of origins."
  }
}

variable "bucket" {
  description = "Where the files are: a bucket that exists and lets the distribution in, such as the module private-bucket. By default a new one: it goes with the website."
  type = object({
    # Its ARN.
    arn = string
    # Its name.
    bucket_name = string
    # Its host in its region.
    bucket_regional_domain_name = string
  })
  default = null
}

variable "bucket_name" {
  description = "Name of the bucket, unique in all of AWS. By default made up by Terraform: two stacks never ask for the same one."
  type        = string
  default     = null

  validation {
    condition     = var.bucket_name == null || var.bucket == null
    error_message = "bucket_name is the name of a new bucket: leave it out beside bucket."
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

variable "minimum_tls" {
  description = "Oldest TLS that viewers may use. By default TLSv1.2_2021: version 5 of the AWS provider refuses the newer names."
  type        = string
  nullable    = false
  default     = "TLSv1.2_2021"
}

variable "headers" {
  description = "Response headers, HSTS always among them. By default those for websites: HSTS for two years, and browsers kept from sniffing and framing."
  type = object({
    # Which csp is there by default: that of strict, for websites, or of api, under which an answer shown as a page can do nothing. By default strict.
    preset = optional(string)
    # Strict-Transport-Security. By default two years, with subdomains: browsers then never try plain HTTP again.
    hsts = optional(object({
      # Days for which a browser remembers to use HTTPS alone; at least 365. By default 730: two years, what the preload list recommends.
      max_age_days = optional(number, 730)
      # Whether it holds for all subdomains. By default true: a subdomain over plain HTTP can plant cookies for the whole domain.
      include_subdomains = optional(bool, true)
      # Whether the domain asks to be built into browsers. By default false: it takes months to get out of the list again.
      preload = optional(bool, false)
    }), {})
    # Content-Security-Policy. By default `strict`: no framing, plain HTTP upgraded; `api`: nothing at all may load.
    csp = optional(string)
    # X-Frame-Options. By default DENY: a page in another site's frame can be clicked by trickery.
    frame = optional(string, "DENY")
    # Referrer-Policy. By default strict-origin-when-cross-origin: other sites see the host, never the path.
    referrer = optional(string, "strict-origin-when-cross-origin")
    # Which other sites' scripts may read the answers. By default none: browsers keep answers to their own site.
    cors = optional(object({
      # Sites whose scripts may read the answers, over HTTPS alone.
      origins = list(string)
      # Methods that they may use. By default GET, HEAD and OPTIONS: those that change nothing.
      methods = optional(list(string), ["GET", "HEAD", "OPTIONS"])
      # Headers that they may send. By default Content-Type and Authorization: what most APIs read.
      headers = optional(list(string), ["Content-Type", "Authorization"])
      # Whether cookies and credentials go along. By default false: an answer for everybody is no secret.
      credentials = optional(bool, false)
      # Seconds for which a browser remembers the answer. By default 600: a change is seen within ten minutes.
      max_age = optional(number, 600)
    }))
    # Further headers, by name. By default none: there is nothing to guess.
    custom = optional(map(string), {})
    # Names of headers of the origin that viewers shall not see. By default none: only you know what your origin tells.
    remove = optional(list(string), [])
    # One of AWS's policies in the place of all others: SecurityHeadersPolicy, CORS-and-SecurityHeadersPolicy or CORS-with-preflight-and-SecurityHeadersPolicy. They send HSTS for a year without includeSubDomains, which takes a waiver for hsts-include-subdomains, and leave the origin's own header in place where it sends one.
    managed = optional(string)
    # A response headers policy of your own by its id, whose HSTS nobody checks here: it takes a waiver for hsts-enabled or hsts-include-subdomains.
    policy = optional(object({
      id = string
    }))
  })
  nullable = false
  default  = {}
}

variable "logs" {
  description = "Access logs. By default into a private bucket, as who asked for what is asked after an incident; null: nowhere."
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
  default = {}
}

variable "web_acl_arn" {
  description = "ARN of a web ACL of AWS WAF, a global one in us-east-1. By default none: its rules are yours to choose."
  type        = string
  default     = null
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
    condition     = alltrue([for waiver in var.waivers : contains(["https-only", "minimum-tls-1-2", "forward-secrecy", "strong-ciphers", "hsts-enabled", "hsts-include-subdomains", "origin-https-only"], waiver.rule)])
    error_message = "This module can be waived https-only, minimum-tls-1-2, forward-secrecy, strong-ciphers, hsts-enabled, hsts-include-subdomains and origin-https-only."
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

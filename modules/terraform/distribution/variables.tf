variable "domains" {
  description = "Names that it serves. By default none, which takes waivers: CloudFront's own certificate accepts TLS 1.0."
  type        = list(string)
  nullable    = false
  default     = []

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

  validation {
    condition     = length(var.domains) > 0 || length(setintersection(var.waivers[*].rule, local.tls_rules)) > 0
    error_message = "Without domains CloudFront's own certificate accepts TLS 1.0: name a domain, or give waivers for minimum-tls-1-2, forward-secrecy and strong-ciphers."
  }
}

variable "certificate_arn" {
  description = "ARN of a certificate that covers the domains, from us-east-1."
  type        = string
  default     = null

  validation {
    condition     = length(var.domains) == 0 || var.certificate_arn != null
    error_message = "Domains need a certificate: give the ARN of one from us-east-1, such as the certificate_arn of the module certificate."
  }

  validation {
    condition     = var.certificate_arn == null || can(regex("^arn:[^:]+:acm:us-east-1:", var.certificate_arn))
    error_message = "CloudFront takes certificates of ACM from us-east-1 only: use one from there."
  }
}

variable "zones" {
  description = "Zones for A, AAAA and HTTPS records of the domains. By default none: you write the records elsewhere."
  type        = map(string)
  nullable    = false
  default     = {}

  validation {
    condition = length(var.zones) == 0 || alltrue([
      for domain in var.domains : anytrue([for zone in keys(var.zones) : endswith(".${trimprefix(domain, "*.")}", ".${zone}")])
    ])
    error_message = "No hosted zone holds one of the domains: add its zone to zones (given: ${join(", ", keys(var.zones))})."
  }
}

variable "minimum_tls" {
  description = "Oldest TLS that viewers may use. By default TLSv1.2_2021: version 5 of the AWS provider refuses the newer names."
  type        = string
  nullable    = false
  default     = "TLSv1.2_2021"

  validation {
    condition     = contains(["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"], var.minimum_tls) || contains(local.legacy_tls, var.minimum_tls) && length(setintersection(var.waivers[*].rule, local.tls_rules)) > 0
    error_message = "minimum_tls must be TLSv1.2_2021, TLSv1.2_2025 or TLSv1.3_2025. Any other one, such as TLSv1.2_2019, takes waivers for minimum-tls-1-2, forward-secrecy or strong-ciphers."
  }
}

variable "name" {
  description = "Begins the names of what it makes, which have to be unique in the account. By default the first of the domains: no two distributions can have the same one."
  type        = string
  default     = null

  validation {
    condition     = var.name != null || length(var.domains) > 0
    error_message = "Without domains the distribution needs a name."
  }
}

variable "origins" {
  description = "Where the answers come from, each origin by a name of yours."
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

  validation {
    condition     = length(var.origins) > 0
    error_message = "A distribution has an origin: say in origins where the answers come from."
  }

  validation {
    condition     = alltrue([for one in values(var.origins) : contains(["https", "s3", "lambda", "vpc", "http"], one.type)])
    error_message = "The type of an origin must be https, s3, lambda, vpc or http."
  }

  validation {
    condition     = alltrue([for one in values(var.origins) : one.type != "http" || contains(var.waivers[*].rule, "origin-https-only")])
    error_message = "An origin of type http is reached in plain text: let it speak HTTPS, or give a waiver for origin-https-only."
  }

  validation {
    condition     = alltrue([for one in values(var.origins) : one.type == "lambda" || can(regex("^([A-Za-z0-9_-]+\\.)+[A-Za-z][A-Za-z0-9-]*$", one.domain))])
    error_message = "The domain of an origin is a host name, such as backend.example.com: no URL, no IP address."
  }

  validation {
    condition     = alltrue([for one in values(var.origins) : !can(regex("\\.s3-website[.-]", one.domain))])
    error_message = "The website of a bucket is plain HTTP: use type s3 with the bucket's bucket_regional_domain_name."
  }

  validation {
    condition     = alltrue([for one in values(var.origins) : one.type != "lambda" || (one.function_name != null && can(regex("^https://[^/]+/?$", one.domain)))])
    error_message = "An origin of type lambda takes the function's URL as domain and its function_name: CloudFront has to be let in."
  }

  validation {
    condition     = alltrue([for one in values(var.origins) : one.type != "vpc" || one.resource_arn != null])
    error_message = "An origin of type vpc takes the resource_arn of a load balancer or an instance."
  }

  validation {
    condition     = alltrue([for one in values(var.origins) : one.path == null || can(regex("^/[^?#\\s]*[^/?#\\s]$", one.path))])
    error_message = "The path of an origin begins with a slash, and ends without one and without a query."
  }

  validation {
    condition = alltrue(flatten([for one in values(var.origins) : [
      for value in [one.read_timeout, one.keepalive] : floor(value) == value && value >= 1 && value <= 180
    ]]))
    error_message = "An origin has a read_timeout and a keepalive of whole seconds from 1 to 180."
  }

  validation {
    condition     = alltrue([for one in values(var.origins) : try(floor(one.connect_timeout) == one.connect_timeout && one.connect_timeout >= 1 && one.connect_timeout <= 10, true) && try(contains([1, 2, 3], one.attempts), true)])
    error_message = "An origin has a connect_timeout of whole seconds from 1 to 10, and 1 to 3 attempts."
  }

  validation {
    condition     = alltrue([for one in values(var.origins) : contains([80, 443], one.port) || one.port >= 1024 && one.port <= 65535])
    error_message = "CloudFront takes the ports 80, 443, and 1024 to 65535 of an origin."
  }

  validation {
    condition     = alltrue([for one in values(var.origins) : one.authorization_type == null || one.authorization_type == "AWS_IAM"])
    error_message = "The function's URL lets anybody in, past CloudFront: set its authorization_type to AWS_IAM, CloudFront signs its requests."
  }
}

variable "failover" {
  description = "Pairs of origins, each by a name of yours: the second one answers when the first one fails, to GET, HEAD and OPTIONS alone, as CloudFront asks. By default none."
  type = map(object({
    # Origin that is asked first.
    primary = string
    # Origin that answers when the first one fails.
    secondary = string
    # Answers of the first origin that are failures.
    status_codes = optional(list(number), [500, 502, 503, 504])
  }))
  nullable = false
  default  = {}

  validation {
    condition     = alltrue(flatten([for one in values(var.failover) : [for key in [one.primary, one.secondary] : contains(keys(var.origins), key)]]))
    error_message = "primary and secondary of failover are names of origins."
  }

  validation {
    condition     = alltrue([for one in values(var.failover) : one.primary != one.secondary])
    error_message = "A pair of failover is two origins."
  }

  validation {
    condition     = alltrue(flatten([for one in values(var.failover) : [for code in one.status_codes : floor(code) == code && code >= 400 && code <= 599]]))
    error_message = "An origin of failover fails with status_codes from 400 to 599."
  }

  validation {
    condition     = length(setintersection(keys(var.failover), keys(var.origins))) == 0
    error_message = "A pair of failover is called like an origin: give it another name."
  }
}

variable "default_origin" {
  description = "Which of origins or failover answers where no behavior says another. By default the only one there is."
  type        = string
  default     = null

  validation {
    condition     = var.default_origin != null || length(var.origins) == 1
    error_message = "There are several origins: say in default_origin which one answers where no behavior says another."
  }

  validation {
    condition     = var.default_origin == null || contains(concat(keys(var.origins), keys(var.failover)), coalesce(var.default_origin, "-"))
    error_message = "default_origin is a name of origins or of failover."
  }

  validation {
    condition     = var.methods != "all" || !contains(keys(var.failover), coalesce(var.default_origin, "-"))
    error_message = "methods all and failover: CloudFront fails over for GET, HEAD and OPTIONS only, and refuses the rest. Give paths that write an origin of their own."
  }
}

variable "behaviors" {
  description = "What differs by path pattern, tried in this order. What a behavior does not state, it takes from the variables of the same name, but for functions: each path states its own. By default none: all paths are alike."
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
    condition     = alltrue([for one in var.behaviors : can(regex("^[/*]|/\\*$", one.path))])
    error_message = "The path of a behavior begins with a slash or an asterisk, or ends with both."
  }

  validation {
    condition     = length(distinct([for one in var.behaviors : trimprefix(one.path, "/")])) == length(var.behaviors)
    error_message = "A path of behaviors is given twice: CloudFront takes the first one alone."
  }

  validation {
    condition     = alltrue([for one in var.behaviors : one.origin == null || contains(concat(keys(var.origins), keys(var.failover)), coalesce(one.origin, "-"))])
    error_message = "The origin of a behavior is a name of origins or of failover."
  }

  validation {
    condition = alltrue([for one in var.behaviors : contains(
      concat(["redirect-to-https", "https-only"], [for waiver in var.waivers : "allow-all" if waiver.rule == "https-only"]),
      coalesce(one.viewer_protocol, "https-only")
    )])
    error_message = "The viewer_protocol of a behavior must be redirect-to-https or https-only; allow-all takes a waiver for https-only."
  }

  validation {
    condition     = alltrue([for one in var.behaviors : contains(keys(local.methods), coalesce(one.methods, "read"))])
    error_message = "The methods of a behavior must be read, read-options or all."
  }

  validation {
    condition     = alltrue([for one in var.behaviors : coalesce(one.methods, var.methods) != "all" || !contains(keys(var.failover), try(coalesce(one.origin, var.default_origin), "-"))])
    error_message = "methods all and failover: CloudFront fails over for GET, HEAD and OPTIONS only, and refuses the rest. Give paths that write an origin of their own."
  }

  validation {
    condition     = alltrue([for one in var.behaviors : contains(concat(keys(local.managed_cache_policies), ["origin-controlled"]), coalesce(one.cache, "optimized"))])
    error_message = "The cache of a behavior must be optimized, disabled, origin-controlled or the name of a managed policy of AWS; a policy of your own is cache_policy_id."
  }

  validation {
    condition     = alltrue([for one in var.behaviors : contains(keys(local.origin_request_policies), coalesce(one.forward, "none"))])
    error_message = "The forward of a behavior must be none, all-except-host, cors-s3 or the name of a managed policy of AWS; a policy of your own is origin_request_policy_id."
  }

  validation {
    condition = alltrue(flatten([for one in var.behaviors : [
      for lambda in concat(one.origin_request[*], one.origin_response[*]) : can(regex("^arn:[^:]+:lambda:us-east-1:[0-9]+:function:[^:]+:[0-9]+$", lambda.version_arn))
    ]]))
    error_message = "The version_arn of a Lambda function is one of us-east-1, with the number of its version."
  }
}

variable "viewer_protocol" {
  description = "What plain HTTP gets: a redirect, or a refusal. By default redirect-to-https: a link or an address typed without a scheme still works."
  type        = string
  nullable    = false
  default     = "redirect-to-https"

  validation {
    condition     = contains(["redirect-to-https", "https-only"], var.viewer_protocol) || var.viewer_protocol == "allow-all" && contains(var.waivers[*].rule, "https-only")
    error_message = "viewer_protocol must be redirect-to-https or https-only. Any other one, which is allow-all, takes a waiver for https-only."
  }
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

  validation {
    condition     = alltrue([for one in concat([var.headers], [for one in var.behaviors : one.headers if one.headers != null]) : contains(["strict", "api"], coalesce(one.preset, "strict"))])
    error_message = "headers.preset must be strict or api."
  }

  validation {
    condition     = alltrue([for one in concat([var.headers], [for one in var.behaviors : one.headers if one.headers != null]) : one.hsts.max_age_days >= 365])
    error_message = "HSTS for less than 365 days: browsers and tlsgate ask for a year."
  }

  validation {
    condition     = alltrue([for one in concat([var.headers], [for one in var.behaviors : one.headers if one.headers != null]) : !one.hsts.preload || one.hsts.include_subdomains])
    error_message = "HSTS preload needs include_subdomains: the list takes whole domains."
  }

  validation {
    condition     = alltrue([for one in concat([var.headers], [for one in var.behaviors : one.headers if one.headers != null]) : contains(["DENY", "SAMEORIGIN"], one.frame)])
    error_message = "headers.frame must be DENY or SAMEORIGIN."
  }

  validation {
    condition     = alltrue([for one in concat([var.headers], [for one in var.behaviors : one.headers if one.headers != null]) : contains(["no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin", "origin-when-cross-origin"], one.referrer)])
    error_message = "headers.referrer must be no-referrer, same-origin, strict-origin, strict-origin-when-cross-origin or origin-when-cross-origin."
  }

  validation {
    condition     = alltrue([for one in concat([var.headers], [for one in var.behaviors : one.headers if one.headers != null]) : one.cors == null || try(length(one.cors.origins) > 0 && alltrue([for origin in one.cors.origins : startswith(origin, "https://") || origin == "*" && length(one.cors.origins) == 1 && !one.cors.credentials]), false)])
    error_message = "headers.cors.origins names the sites whose scripts may read the answers, each with https://, or * alone and without credentials."
  }

  validation {
    condition     = alltrue(flatten([for one in concat([var.headers], [for one in var.behaviors : one.headers if one.headers != null]) : [for name in concat(keys(one.custom), one.remove) : !contains(["strict-transport-security", "content-security-policy", "x-frame-options", "referrer-policy"], lower(name))]]))
    error_message = "headers.custom and headers.remove leave out what has a setting of its own: hsts, csp, frame and referrer."
  }

  validation {
    condition     = alltrue([for one in concat([var.headers], [for one in var.behaviors : one.headers if one.headers != null]) : contains(["SecurityHeadersPolicy", "CORS-and-SecurityHeadersPolicy", "CORS-with-preflight-and-SecurityHeadersPolicy"], coalesce(one.managed, "SecurityHeadersPolicy"))])
    error_message = "headers.managed must be SecurityHeadersPolicy, CORS-and-SecurityHeadersPolicy or CORS-with-preflight-and-SecurityHeadersPolicy."
  }

  validation {
    condition     = alltrue([for one in concat([var.headers], [for one in var.behaviors : one.headers if one.headers != null]) : one.hsts.include_subdomains && one.managed == null || contains(var.waivers[*].rule, "hsts-include-subdomains")])
    error_message = "HSTS for a host alone, as AWS's own policies send it, leaves its subdomains to plain HTTP: set headers.hsts.include_subdomains to true, or give a waiver for hsts-include-subdomains."
  }

  validation {
    condition     = alltrue([for one in concat([var.headers], [for one in var.behaviors : one.headers if one.headers != null]) : one.policy == null || length(setintersection(var.waivers[*].rule, ["hsts-enabled", "hsts-include-subdomains"])) > 0])
    error_message = "The HSTS of a response headers policy of yours is not known here: use headers.hsts, or give a waiver for hsts-enabled or hsts-include-subdomains."
  }
}

variable "methods" {
  description = "Methods that are let through: GET and HEAD; these and OPTIONS; or all. By default read: what an origin does not expect, it cannot mishandle."
  type        = string
  nullable    = false
  default     = "read"

  validation {
    condition     = contains(["read", "read-options", "all"], var.methods)
    error_message = "methods must be read, read-options or all."
  }
}

variable "cache" {
  description = "Cache policy: one of AWS's, by its name; \"origin-controlled\", as the origin's Cache-Control says, by path and query; or your own by its id. By default optimized: by path alone, as long as the origin says."
  type        = string
  nullable    = false
  default     = "optimized"

  validation {
    condition     = contains(["optimized", "disabled", "CachingOptimizedForUncompressedObjects", "Elemental-MediaPackage", "UseOriginCacheControlHeaders", "UseOriginCacheControlHeaders-QueryStrings", "origin-controlled"], var.cache)
    error_message = "cache must be optimized, disabled, CachingOptimizedForUncompressedObjects, Elemental-MediaPackage, UseOriginCacheControlHeaders, UseOriginCacheControlHeaders-QueryStrings or origin-controlled. Any other policy is given as cache_policy_id."
  }
}

variable "cache_policy_id" {
  description = "A cache policy of your own, in the place of cache."
  type        = string
  default     = null
}

variable "forward" {
  description = "What of the request goes to the origin beside the cache key: one of AWS's policies, by its name, or your own by its id. By default none: what the answer does not depend on stays here."
  type        = string
  nullable    = false
  default     = "none"

  validation {
    condition     = contains(["none", "all-except-host", "cors-s3", "AllViewer", "AllViewerAndCloudFrontHeaders-2022-06", "CORS-CustomOrigin", "Elemental-MediaTailor-PersonalizedManifests", "HostHeaderOnly", "UserAgentRefererHeaders"], var.forward)
    error_message = "forward must be none, all-except-host, cors-s3, AllViewer, AllViewerAndCloudFrontHeaders-2022-06, CORS-CustomOrigin, Elemental-MediaTailor-PersonalizedManifests, HostHeaderOnly or UserAgentRefererHeaders. Any other policy is given as origin_request_policy_id."
  }
}

variable "origin_request_policy_id" {
  description = "An origin request policy of your own, in the place of forward."
  type        = string
  default     = null
}

variable "compress" {
  description = "Whether answers are compressed. By default true: with gzip or Brotli, as the viewer asks."
  type        = bool
  nullable    = false
  default     = true
}

variable "viewer_request" {
  description = "Function of CloudFront that sees each request first. By default none: what rewrites pages would break an API beside them, so a path has none of the distribution's either."
  type = object({
    # Its source.
    code = string
    # Key value store that it may read. By default none: the code is all there is.
    key_value_store_arn = optional(string)
    # Whether it answers every request by itself, without the origin: a waiver for its HSTS then stands at the function. By default false: most functions pass requests on.
    answers_all = optional(bool, false)
  })
  default = null
}

variable "viewer_response" {
  description = "Function of CloudFront that sees each answer last. By default none: a path has none of the distribution's either."
  type = object({
    # Its source.
    code = string
    # Key value store that it may read. By default none: the code is all there is.
    key_value_store_arn = optional(string)
  })
  default = null
}

variable "origin_request" {
  description = "Lambda function before the origin is asked. By default none: a path has none of the distribution's either."
  type = object({
    # ARN with the number of the version.
    version_arn = string
    # Whether the function sees the body of the request. By default false: bodies are long, and often secret.
    include_body = optional(bool, false)
  })
  default = null

  validation {
    condition     = alltrue([for lambda in var.origin_request[*] : can(regex("^arn:[^:]+:lambda:us-east-1:[0-9]+:function:[^:]+:[0-9]+$", lambda.version_arn))])
    error_message = "The version_arn of a Lambda function is one of us-east-1, with the number of its version."
  }
}

variable "origin_response" {
  description = "Lambda function after the origin has answered. By default none: a path has none of the distribution's either."
  type = object({
    # ARN with the number of the version.
    version_arn = string
    # Whether the function sees the body of the request. By default false: bodies are long, and often secret.
    include_body = optional(bool, false)
  })
  default = null

  validation {
    condition     = alltrue([for lambda in var.origin_response[*] : can(regex("^arn:[^:]+:lambda:us-east-1:[0-9]+:function:[^:]+:[0-9]+$", lambda.version_arn))])
    error_message = "The version_arn of a Lambda function is one of us-east-1, with the number of its version."
  }
}

variable "key_groups" {
  description = "Ids of key groups: only signed URLs and cookies get in. By default none: everybody gets in."
  type        = list(string)
  nullable    = false
  default     = []
}

variable "http" {
  description = "Newest version of HTTP. By default http2and3: HTTP/3 needs one round trip less, and has TLS 1.3 built in."
  type        = string
  nullable    = false
  default     = "http2and3"

  validation {
    condition     = contains(["http2and3", "http2"], var.http)
    error_message = "http must be http2and3 or http2."
  }
}

variable "ipv6" {
  description = "Whether it is reached over IPv6, with AAAA records. By default true: more and more viewers have nothing else."
  type        = bool
  nullable    = false
  default     = true
}

variable "root_object" {
  description = "Object that \"/\" stands for. By default none: the origin knows."
  type        = string
  default     = null
}

variable "errors" {
  description = "Pages for errors of the origin, on all paths. By default none: the origin's own answers."
  type = list(object({
    # What the origin answered.
    status = number
    # Path of the page that the viewer gets. By default none: the origin's own answer.
    page = optional(string)
    # Status that the viewer gets with the page. By default what the origin answered: a 200 would hide the error.
    as = optional(number)
    # Seconds for which the error is cached. By default 10: CloudFront's own.
    ttl = optional(number, 10)
  }))
  nullable = false
  default  = []

  validation {
    condition     = alltrue([for one in var.errors : one.page == null || try(startswith(one.page, "/"), false)])
    error_message = "The page of an error is a path: it begins with a slash."
  }
}

variable "logs" {
  description = "Access logs. By default none: only the modules for websites and APIs log unasked."
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

  validation {
    condition     = var.logs == null || contains(["s3", "cloudwatch", "firehose"], try(var.logs.to, ""))
    error_message = "logs.to must be s3, cloudwatch or firehose."
  }

  validation {
    condition     = var.logs == null || contains(["json", "parquet", "w3c", "plain"], try(var.logs.format, ""))
    error_message = "logs.format must be json, parquet, w3c or plain."
  }

  validation {
    condition     = try(var.logs.to, "") != "firehose" || try(var.logs.stream_arn != null, false)
    error_message = "Logs to firehose take the stream_arn of a delivery stream."
  }
}

variable "web_acl_arn" {
  description = "ARN of a web ACL of AWS WAF, a global one in us-east-1. By default none: its rules are yours to choose."
  type        = string
  default     = null

  validation {
    condition     = var.web_acl_arn == null || can(regex("^arn:[^:]+:wafv2:us-east-1:[0-9]+:global/", var.web_acl_arn))
    error_message = "CloudFront takes global web ACLs from us-east-1 only: make it there, with scope CLOUDFRONT."
  }
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

  validation {
    condition     = var.geo.allow == null || var.geo.deny == null
    error_message = "geo takes allow or deny, not both."
  }

  validation {
    condition     = alltrue([for country in concat(coalesce(var.geo.allow, []), coalesce(var.geo.deny, [])) : can(regex("^[A-Z]{2}$", country))])
    error_message = "Countries of geo are codes of two capital letters (ISO 3166-1 alpha-2), such as DE."
  }
}

variable "comment" {
  description = "A note for whoever looks at the console. By default none: the tags say enough."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of the distribution. By default none: the provider's default tags are there anyway."
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

# An HTTPS listener of an application load balancer: a modern security policy, HSTS, and port 80 that only redirects.

locals {
  hsts = join("; ", compact([
    "max-age=${var.hsts.max_age_days * 86400}",
    var.hsts.include_subdomains ? "includeSubDomains" : "",
    var.hsts.preload ? "preload" : "",
  ]))

  # A URL over HTTPS, each part of which may hold placeholders of the request.
  placeholder = "#\\{(?:host|path|query|port)\\}"
  target = join("", [
    "^https://(?P<host>(?:${local.placeholder}|[A-Za-z0-9.-])+)(?::(?P<port>\\d+))?",
    "(?P<path>/(?:${local.placeholder}|[^?#\\s])*)?(?:\\?(?P<query>(?:${local.placeholder}|[^#\\s])*))?$",
  ])
  redirect = var.action.redirect == null ? [] : [
    try(regex(local.target, var.action.redirect), { host = null, port = null, path = null, query = null })
  ]
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = var.load_balancer_arn
  port              = var.port
  protocol          = "HTTPS"
  ssl_policy        = var.tls
  certificate_arn   = var.certificate_arn
  tags              = length(var.tags) > 0 ? var.tags : null

  routing_http_response_strict_transport_security_header_value = local.hsts

  default_action {
    # The ARN of a target group may be known after the apply only, which kind of action it is may not.
    type             = var.action.redirect != null ? "redirect" : var.action.fixed != null ? "fixed-response" : "forward"
    target_group_arn = var.action.forward

    dynamic "redirect" {
      for_each = local.redirect
      content {
        protocol    = "HTTPS"
        host        = redirect.value.host
        status_code = "HTTP_301"
        # What the URL does not state stays as in the request.
        port  = redirect.value.port == null ? "443" : redirect.value.port
        path  = redirect.value.path == null || redirect.value.path == "/" ? "/#{path}" : redirect.value.path
        query = redirect.value.query == null ? "#{query}" : redirect.value.query
      }
    }

    dynamic "fixed_response" {
      for_each = var.action.fixed[*]
      content {
        status_code  = fixed_response.value.status
        message_body = fixed_response.value.body
        content_type = fixed_response.value.content_type
      }
    }
  }
}

resource "aws_lb_listener_certificate" "more" {
  for_each = var.more_certificate_arns

  listener_arn    = aws_lb_listener.https.arn
  certificate_arn = each.value
}

resource "aws_lb_listener" "http" {
  count = var.http_redirect ? 1 : 0

  load_balancer_arn = var.load_balancer_arn
  port              = 80
  protocol          = "HTTP"
  tags              = length(var.tags) > 0 ? var.tags : null

  default_action {
    type = "redirect"

    redirect {
      port        = var.port
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

locals {
  tls_rules = ["minimum-tls-1-2", "forward-secrecy", "strong-ciphers"]

  exceptions = concat(
    [{ rules = local.tls_rules, attribute = "ssl_policy", value = var.tls }],
    [for hsts in [local.hsts] : {
      rules     = ["hsts-include-subdomains"]
      attribute = "routing_http_response_strict_transport_security_header_value"
      value     = hsts
    } if !var.hsts.include_subdomains],
  )
}

# What tlsgate reads the exceptions from: each excuses one value at one place.
resource "terraform_data" "tlsgate_waivers" {
  count = length(var.waivers) > 0 ? 1 : 0

  input = flatten([
    for waiver in var.waivers : [
      for one in local.exceptions : merge({ for key, value in waiver : key => value if value != null }, {
        resource    = "aws_lb_listener.https"
        attribute   = one.attribute
        fingerprint = sha256(jsonencode([waiver.rule, one.attribute, one.value]))
      }) if contains(one.rules, waiver.rule)
    ]
  ])

  lifecycle {
    precondition {
      condition     = alltrue([for waiver in var.waivers : anytrue([for one in local.exceptions : contains(one.rules, waiver.rule)])])
      error_message = "A waiver excuses nothing that the inputs ask for: remove it."
    }
  }
}

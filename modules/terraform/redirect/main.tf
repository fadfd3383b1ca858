# Domains that only redirect: over HTTPS, with HSTS, and without an S3 website, which would be plain HTTP.

locals {
  # What jsonencode escapes beyond JSON itself.
  to = replace(replace(replace(jsonencode(var.keep_path ? trimsuffix(var.to, "/") : var.to), "\\u0026", "&"), "\\u003c", "<"), "\\u003e", ">")

  hsts = join("; ", compact([
    "max-age=${var.hsts.max_age_days * 86400}",
    var.hsts.include_subdomains ? "includeSubDomains" : "",
    var.hsts.preload ? "preload" : "",
  ]))

  query_of = <<-EOT
    function queryOf(request, first) {
      var parts = [];
      for (var name in request.querystring) {
        var entry = request.querystring[name];
        var values = entry.multiValue || [entry];
        for (var i = 0; i < values.length; i++) parts.push(values[i].value === '' ? name : name + '=' + values[i].value);
      }
      return parts.length > 0 ? first + parts.join('&') : '';
    }

  EOT

  location = join(" + ", compact([
    local.to,
    var.keep_path ? "request.uri" : "",
    var.keep_query ? "queryOf(request, '${strcontains(var.to, "?") ? "&" : "?"}')" : "",
  ]))

  handler = <<-EOT
    function handler(event) {
      var request = event.request;
      return { statusCode: ${var.status}, headers: { location: { value: ${local.location} }, 'strict-transport-security': { value: "${local.hsts}" } } };
    }
  EOT
}

module "certificate" {
  source = "../certificate"
  count  = var.certificate == null ? 1 : 0

  domains = var.from
  zones   = var.zones
  tags    = var.tags

  providers = {
    aws.us_east_1 = aws.us_east_1
  }
}

module "distribution" {
  source = "../distribution"

  name            = var.name
  domains         = var.from
  zones           = var.zones
  certificate_arn = var.certificate != null ? var.certificate.arn : module.certificate[0].certificate_arn

  # The function answers every request: nothing ever reaches the origin that CloudFront asks for.
  origins        = { target = { domain = try(regex("^https://([^/?#:]+)", var.to)[0], "") } }
  viewer_request = { code = "${var.keep_query ? local.query_of : ""}${local.handler}", answers_all = true }

  # 307 and 308 keep the method: it must get as far as the function.
  methods     = "all"
  headers     = { hsts = var.hsts }
  price_class = var.price_class
  geo         = var.geo
  logs        = var.logs
  web_acl_arn = var.web_acl_arn
  tags        = var.tags
  waivers     = var.waivers

  providers = {
    aws.us_east_1 = aws.us_east_1
  }
}

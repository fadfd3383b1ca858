# A website from a private bucket: certificate, distribution, records and bucket.

locals {
  several   = length(var.domains) > 1 && !anytrue([for domain in var.domains : startswith(domain, "*.")])
  canonical = var.canonical != null ? var.canonical : local.several ? var.domains[0] : null

  # The same HSTS for the answers that the function gives by itself; nobody knows that of another response headers policy.
  hsts = var.headers.policy != null || var.headers.managed != null ? "" : join("; ", compact([
    "max-age=${var.headers.hsts.max_age_days * 86400}",
    var.headers.hsts.include_subdomains ? "includeSubDomains" : "",
    var.headers.hsts.preload ? "preload" : "",
  ]))
  hsts_header = local.hsts == "" ? "" : ", 'strict-transport-security': { value: \"${local.hsts}\" }"

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

  # Files under /.well-known/ (RFC 8615) often have no extension, and are files all the same.
  is_page = <<-EOT
    function isPage(uri) {
      return uri.indexOf('/.well-known/') !== 0 && uri.split('/').pop().indexOf('.') < 0;
    }

  EOT

  to_canonical_host = local.canonical == null ? "" : join("\n", [
    "if (request.headers.host.value !== \"${local.canonical}\") {",
    "    return { statusCode: 301, headers: { location: { value: \"https://${local.canonical}\" + request.uri + queryOf(request, '?') }${local.hsts_header} } };",
    "  }",
  ])

  # One page for an application that routes in the browser, or the index of a directory.
  to_page = (
    var.spa ? "if (isPage(request.uri)) request.uri = ${jsonencode("/${var.index}")};" :
    var.directory_indexes ? "if (isPage(request.uri)) request.uri = request.uri.replace(/\\/?$/, '/') + ${jsonencode(var.index)};" : ""
  )

  steps = join("\n  ", compact([local.to_canonical_host, local.to_page, "return request;"]))
  code = join("", compact([
    local.canonical == null ? "" : local.query_of,
    local.to_page == "" ? "" : local.is_page,
    "function handler(event) {\n  var request = event.request;\n  ${local.steps}\n}\n",
  ]))
}

module "certificate" {
  source = "../certificate"
  count  = var.certificate == null ? 1 : 0

  domains = var.domains
  zones   = var.zones
  tags    = var.tags

  providers = {
    aws.us_east_1 = aws.us_east_1
  }
}

module "files" {
  source = "../private-bucket"
  count  = var.bucket == null ? 1 : 0

  name              = var.bucket_name
  distribution_arns = { website = module.distribution.distribution_arn }
  tags              = var.tags
}

module "distribution" {
  source = "../distribution"

  name            = var.name
  domains         = var.domains
  zones           = var.zones
  certificate_arn = var.certificate != null ? var.certificate.arn : module.certificate[0].certificate_arn
  minimum_tls     = var.minimum_tls

  origins = merge(var.origins, {
    s3-files = {
      type   = "s3"
      domain = var.bucket != null ? var.bucket.bucket_regional_domain_name : module.files[0].bucket_regional_domain_name
    }
  })
  default_origin = "s3-files"
  behaviors      = var.behaviors
  viewer_request = { code = local.code }

  root_object = var.index
  # A private bucket answers 403 for what is not there, as it may not tell.
  errors      = var.not_found_page == null ? [] : [for status in [403, 404] : { status = status, page = var.not_found_page, as = 404 }]
  headers     = var.headers
  logs        = var.logs
  web_acl_arn = var.web_acl_arn
  price_class = var.price_class
  geo         = var.geo
  tags        = var.tags
  waivers     = var.waivers

  providers = {
    aws.us_east_1 = aws.us_east_1
  }
}

# An API behind CloudFront: HTTPS only, nothing cached unless asked for, every method, headers for machines.

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

module "distribution" {
  source = "../distribution"

  name            = var.name
  domains         = var.domains
  zones           = var.zones
  certificate_arn = var.certificate != null ? var.certificate.arn : module.certificate[0].certificate_arn
  minimum_tls     = var.minimum_tls
  origins         = { origin = var.origin }

  # A redirected POST has already sent its body in the clear: plain HTTP is refused, not redirected.
  viewer_protocol = "https-only"
  methods         = "all"
  cache           = "disabled"
  forward         = "all-except-host"
  behaviors       = [for path in var.cache_paths : { path = path, cache = "origin-controlled", forward = "none" }]

  headers = merge(var.headers, {
    preset = coalesce(var.headers.preset, "api")
    cors   = var.headers.cors != null ? var.headers.cors : var.cors
  })
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

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

module "certificate" {
  source = "../../../certificate"

  domains = ["cdn.example.com", "files.example.org"]
  zones = {
    "example.com" = "Z0EXAMPLECOM"
    "example.org" = "Z0EXAMPLEORG"
  }

  providers = {
    aws.us_east_1 = aws.us_east_1
  }
}

module "files" {
  source = "../../../private-bucket"

  distribution_arns = { cdn = module.cdn.distribution_arn }
}

module "cdn" {
  source = "../.."

  domains = ["cdn.example.com", "files.example.org"]
  zones = {
    "example.com" = "Z0EXAMPLECOM"
    "example.org" = "Z0EXAMPLEORG"
  }
  certificate_arn = module.certificate.certificate_arn

  # Where the bucket fails, a server answers in its place.
  origins = {
    files  = { type = "s3", domain = module.files.bucket_regional_domain_name }
    backup = { domain = "backup.example.com", headers = { x-tenant = "files" }, read_timeout = 45 }
    api    = { domain = "api.example.net", path = "/v1" }
  }
  failover       = { files-or-backup = { primary = "files", secondary = "backup" } }
  default_origin = "files-or-backup"

  behaviors = [
    {
      path    = "/api/*"
      origin  = "api"
      methods = "all"
      cache   = "disabled"
      forward = "all-except-host"
      headers = { preset = "api", cors = { origins = ["https://example.com"] } }
    },
    {
      path = "/old/*"
      viewer_request = {
        code = <<-EOT
          function handler(event) {
            var request = event.request;
            request.uri = request.uri.replace(/^\/old\//, "/");
            return request;
          }
        EOT
      }
    },
    { path = "*.png", cache = "origin-controlled" },
  ]

  headers = {
    hsts   = { preload = true }
    csp    = "default-src 'self'"
    custom = { x-robots-tag = "noindex" }
    remove = ["server"]
  }

  errors      = [{ status = 404, page = "/404.html", ttl = 60 }]
  logs        = { retention_days = 90 }
  price_class = "PriceClass_100"
  geo         = { deny = ["AQ"] }
  tags        = { team = "web" }

  providers = {
    aws.us_east_1 = aws.us_east_1
  }
}

output "url" {
  value = module.cdn.url
}

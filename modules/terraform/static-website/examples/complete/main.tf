provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

# An application that routes in the browser, with an API beside it.
module "app" {
  source = "../.."

  domains        = ["app.example.com", "app.example.org"]
  zones          = { "example.com" = "Z0EXAMPLECOM", "example.org" = "Z0EXAMPLEORG" }
  canonical      = "app.example.com"
  spa            = true
  not_found_page = "/404.html"
  bucket_name    = "app-of-example-com"

  origins = { api = { domain = "abc123.execute-api.eu-west-1.amazonaws.com", path = "/prod" } }
  behaviors = [{
    path    = "/api/*"
    origin  = "api"
    methods = "all"
    cache   = "disabled"
    forward = "all-except-host"
    headers = { preset = "api" }
  }]

  headers = {
    hsts = { preload = true }
    csp  = "default-src 'self'; frame-ancestors 'none'"
  }
  logs        = { to = "cloudwatch", retention_days = 90 }
  web_acl_arn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/edge/0b1c2d3e-0b1c-2d3e-4f50-61728394a5b6"
  tags        = { team = "web" }

  providers = {
    aws.us_east_1 = aws.us_east_1
  }
}

output "files_go_to" {
  value = module.app.bucket_name
}

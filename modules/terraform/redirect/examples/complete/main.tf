provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

# Every path leads to one page, for good and with its method.
module "shop" {
  source = "../.."

  name       = "old-shop"
  from       = ["shop.example.org"]
  to         = "https://example.com/shop/moved"
  zones      = { "example.org" = "Z0EXAMPLEORG" }
  status     = 308
  keep_path  = false
  keep_query = false
  hsts       = { max_age_days = 365, include_subdomains = false }
  tags       = { team = "web" }

  waivers = [{
    rule   = "hsts-include-subdomains"
    reason = "A subdomain of a partner still serves plain HTTP."
    # Write a fixed day, such as 2027-03-31: the exception ends with it.
    until = formatdate("YYYY-MM-DD", timeadd(plantimestamp(), "2160h"))
    owner = "web@example.com"
  }]

  providers = {
    aws.us_east_1 = aws.us_east_1
  }
}

output "certificate" {
  value = module.shop.certificate_arn
}

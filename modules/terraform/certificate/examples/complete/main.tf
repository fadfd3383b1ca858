provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

# For CloudFront, with names of two zones.
module "website" {
  source = "../.."

  domains = ["example.com", "*.example.com", "www.example.org"]
  zones = {
    "example.com" = "Z0EXAMPLECOM"
    "example.org" = "Z0EXAMPLEORG"
  }
  ttl                = 300
  key_algorithm      = "EC_prime256v1"
  validation_timeout = "45m"
  tags               = { team = "web" }

  providers = {
    aws.us_east_1 = aws.us_east_1
  }
}

# For a load balancer, in its region.
module "application" {
  source = "../.."

  domains       = ["app.example.com"]
  zones         = { "example.com" = "Z0EXAMPLECOM" }
  use           = "regional"
  key_algorithm = "EC_secp384r1"

  providers = {
    aws.us_east_1 = aws.us_east_1
  }
}

# With records that are written at another DNS provider.
module "elsewhere" {
  source = "../.."

  domains    = ["shop.example.net"]
  validation = "external"
  wait       = false

  providers = {
    aws.us_east_1 = aws.us_east_1
  }
}

output "records_to_write" {
  value = module.elsewhere.validation_records
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

module "api" {
  source = "../.."

  domains = ["api.example.com"]
  zones   = { "example.com" = "Z0EXAMPLECOM" }
  origin  = { domain = "abc123.execute-api.eu-west-1.amazonaws.com", path = "/prod" }

  providers = {
    aws.us_east_1 = aws.us_east_1
  }
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

module "site" {
  source = "../.."

  domains = ["example.com", "www.example.com"]
  zones   = { "example.com" = "Z0EXAMPLECOM" }

  providers = {
    aws.us_east_1 = aws.us_east_1
  }
}

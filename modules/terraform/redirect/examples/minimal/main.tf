provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

module "old" {
  source = "../.."

  from  = ["example.org", "www.example.org"]
  to    = "https://example.com"
  zones = { "example.org" = "Z0EXAMPLEORG" }

  providers = {
    aws.us_east_1 = aws.us_east_1
  }
}

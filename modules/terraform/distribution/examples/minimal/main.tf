provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

module "cdn" {
  source = "../.."

  domains         = ["cdn.example.com"]
  certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/0b1c2d3e-0b1c-2d3e-4f50-61728394a5b6"
  origins         = { backend = { domain = "backend.example.com" } }

  providers = {
    aws.us_east_1 = aws.us_east_1
  }
}

# Modules that refer to each other: legal, as no two resources do. Following the references must still come to an end.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "mock_access_key"
  secret_key                  = "mock_secret_key"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

module "certificate" {
  source = "./modules/certificate"

  domain       = "www.example.com"
  distribution = module.cdn.distribution
}

module "cdn" {
  source = "./modules/cdn"

  domain      = module.certificate.domain
  certificate = module.certificate.certificate
  minimum_tls = terraform_data.floor.output
}

# An output that is handed in and out again before it says what it is.
module "again" {
  source = "./modules/cdn"

  domain      = "again.example.com"
  certificate = { arn = module.certificate.echo }
  minimum_tls = terraform_data.history.triggers_replace
}

resource "terraform_data" "floor" {
  input = "TLSv1.2_2021"
}

# Carries the distribution's id into the next replacement.
resource "terraform_data" "history" {
  input            = module.cdn.distribution
  triggers_replace = terraform_data.floor.output
}

# A company's account: teams with much that serves nothing, and sites of which one exists already and one is new.
# bench/big-plan.ts multiplies it.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "mock_access_key"
  secret_key                  = "mock_secret_key"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

provider "aws" {
  alias                       = "global"
  region                      = "us-east-1"
  access_key                  = "mock_access_key"
  secret_key                  = "mock_secret_key"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

variable "environment" {
  type    = string
  default = "production"
}

variable "zone_id" {
  type    = string
  default = "Z0123456789ABCDEFGHIJ"
}

module "team_unit" {
  source   = "./modules/team"
  for_each = toset(["team-existing", "team-new"])

  name        = each.key
  environment = var.environment
}

module "site_unit" {
  source = "./modules/site"
  for_each = {
    site-existing = { minimum_tls = "TLSv1.1_2016" }
    site-new      = { minimum_tls = "TLSv1.2_2021" }
  }

  name        = each.key
  minimum_tls = each.value.minimum_tls
  environment = var.environment
  zone_id     = var.zone_id

  providers = {
    aws        = aws
    aws.global = aws.global
  }
}

provider "aws" {
  region = "eu-west-1"
}

# Files that the distributions of another configuration read.
module "files" {
  source = "../.."

  name           = "files-of-example-com"
  reader_account = "123456789012"
  tags           = { team = "web" }
}

# Logs of distributions, for a year.
module "logs" {
  source = "../.."

  log_source_arns = { site = "arn:aws:logs:us-east-1:123456789012:delivery-source:site" }
  versioning      = false
  expire_days     = 365
}

output "files" {
  value = module.files.bucket_regional_domain_name
}

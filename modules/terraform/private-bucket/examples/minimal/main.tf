provider "aws" {
  region = "eu-west-1"
}

module "files" {
  source = "../.."
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

# Its value is put there by hand: it stands in no file.
resource "aws_secretsmanager_secret" "key" {
  name = "private-key-of-www.example.com"
}

data "aws_secretsmanager_secret_version" "key" {
  secret_id = aws_secretsmanager_secret.key.arn
}

module "certificate" {
  source = "../.."

  certificate_body = file("${path.module}/certificate.pem")
  private_key      = data.aws_secretsmanager_secret_version.key.secret_string
  key_in_state     = true

  waivers = [{
    rule   = "certificate-auto-renewal"
    reason = "The contract names another authority; renewal is in the team's calendar."
    # Write a fixed day, such as 2027-03-31: the exception ends with it.
    until = formatdate("YYYY-MM-DD", timeadd(plantimestamp(), "2160h"))
    owner = "web@example.com"
  }]

  providers = {
    aws.us_east_1 = aws.us_east_1
  }
}

# Classic load balancers: their listeners, and the security policies of their ports.
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

resource "aws_elb" "front" {
  name    = "front"
  subnets = ["subnet-0123456789abcdef0"]

  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 8080
    instance_protocol = "http"
  }
  listener {
    lb_port            = 443
    lb_protocol        = "https"
    instance_port      = 8443
    instance_protocol  = "https"
    ssl_certificate_id = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
  }
  listener {
    lb_port            = 8443
    lb_protocol        = "HTTPS"
    instance_port      = 8080
    instance_protocol  = "HTTP"
    ssl_certificate_id = "arn:aws:iam::123456789012:server-certificate/site"
  }
  listener {
    lb_port           = 9000
    lb_protocol       = "tcp"
    instance_port     = 9000
    instance_protocol = "tcp"
  }
}

resource "aws_load_balancer_policy" "modern" {
  load_balancer_name = aws_elb.front.name
  policy_name        = "modern"
  policy_type_name   = "SSLNegotiationPolicyType"
  policy_attribute {
    name  = "Reference-Security-Policy"
    value = "ELBSecurityPolicy-TLS-1-2-2017-01"
  }
}

resource "aws_load_balancer_listener_policy" "modern" {
  load_balancer_name = aws_elb.front.name
  load_balancer_port = 443
  policy_names       = [aws_load_balancer_policy.modern.policy_name]
}

# Named by AWS, so that its id is known only after the apply.
resource "aws_elb" "custom" {
  subnets = ["subnet-0123456789abcdef0"]

  listener {
    lb_port            = 443
    lb_protocol        = "ssl"
    instance_port      = 8080
    instance_protocol  = "tcp"
    ssl_certificate_id = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
  }
}

resource "aws_lb_ssl_negotiation_policy" "custom" {
  name          = "custom"
  load_balancer = aws_elb.custom.id
  lb_port       = 443

  attribute {
    name  = "Protocol-TLSv1"
    value = "false"
  }
  attribute {
    name  = "Protocol-TLSv1.1"
    value = "false"
  }
  attribute {
    name  = "Protocol-TLSv1.2"
    value = "true"
  }
  attribute {
    name  = "ECDHE-RSA-AES128-GCM-SHA256"
    value = "true"
  }
  attribute {
    name  = "AES128-SHA"
    value = "true"
  }
}

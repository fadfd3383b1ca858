# Elastic Beanstalk: application and classic load balancers by settings, a single instance, a worker, a saved configuration.
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

resource "aws_acm_certificate" "site" {
  domain_name       = "www.example.com"
  validation_method = "DNS"
}

resource "aws_acm_certificate_validation" "site" {
  certificate_arn = aws_acm_certificate.site.arn
}

locals {
  stack = "64bit Amazon Linux 2023 v4.3.0 running Docker"
}

resource "aws_elastic_beanstalk_application" "site" {
  name = "site"
}

resource "aws_elastic_beanstalk_environment" "secure" {
  name                = "secure"
  application         = aws_elastic_beanstalk_application.site.name
  solution_stack_name = local.stack

  setting {
    namespace = "aws:elasticbeanstalk:environment"
    name      = "LoadBalancerType"
    value     = "application"
  }

  setting {
    namespace = "aws:elbv2:listener:default"
    name      = "ListenerEnabled"
    value     = "false"
  }

  setting {
    namespace = "aws:elbv2:listener:443"
    name      = "Protocol"
    value     = "HTTPS"
  }

  setting {
    namespace = "aws:elbv2:listener:443"
    name      = "SSLCertificateArns"
    value     = aws_acm_certificate_validation.site.certificate_arn
  }

  setting {
    namespace = "aws:elbv2:listener:443"
    name      = "SSLPolicy"
    value     = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
  }

  setting {
    namespace = "aws:elasticbeanstalk:environment:process:default"
    name      = "Protocol"
    value     = "HTTPS"
  }
}

resource "aws_elastic_beanstalk_environment" "both" {
  name                = "both"
  application         = aws_elastic_beanstalk_application.site.name
  solution_stack_name = local.stack

  dynamic "setting" {
    for_each = {
      "aws:elasticbeanstalk:environment" = ["LoadBalancerType", "application"]
      "aws:elbv2:listener:443"           = ["Protocol", "HTTPS"]
    }

    content {
      namespace = setting.key
      name      = setting.value[0]
      value     = setting.value[1]
    }
  }
}

resource "aws_elastic_beanstalk_environment" "classic" {
  name                = "classic"
  application         = aws_elastic_beanstalk_application.site.name
  solution_stack_name = local.stack

  setting {
    namespace = "aws:elb:listener:443"
    name      = "ListenerProtocol"
    value     = "HTTPS"
  }

  setting {
    namespace = "aws:elb:listener:443"
    name      = "SSLCertificateId"
    value     = aws_acm_certificate.site.arn
  }

  setting {
    namespace = "aws:elb:policies:modern"
    name      = "SSLReferencePolicy"
    value     = "ELBSecurityPolicy-TLS-1-2-2017-01"
  }

  setting {
    namespace = "aws:elb:policies:modern"
    name      = "LoadBalancerPorts"
    value     = "443"
  }
}

resource "aws_elastic_beanstalk_environment" "single" {
  name                = "single"
  application         = aws_elastic_beanstalk_application.site.name
  solution_stack_name = local.stack

  setting {
    namespace = "aws:elasticbeanstalk:environment"
    name      = "EnvironmentType"
    value     = "SingleInstance"
  }
}

resource "aws_elastic_beanstalk_environment" "worker" {
  name                = "worker"
  application         = aws_elastic_beanstalk_application.site.name
  solution_stack_name = local.stack
  tier                = "Worker"
}

resource "aws_elastic_beanstalk_configuration_template" "saved" {
  name                = "saved"
  application         = aws_elastic_beanstalk_application.site.name
  solution_stack_name = local.stack

  setting {
    namespace = "aws:elasticbeanstalk:environment"
    name      = "LoadBalancerType"
    value     = "application"
  }

  setting {
    namespace = "aws:elbv2:listener:443"
    name      = "Protocol"
    value     = "HTTPS"
  }

  setting {
    namespace = "aws:elbv2:listener:443"
    name      = "SSLPolicy"
    value     = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  }
}

resource "aws_elastic_beanstalk_environment" "from_saved" {
  name          = "from-saved"
  application   = aws_elastic_beanstalk_application.site.name
  template_name = aws_elastic_beanstalk_configuration_template.saved.name

  setting {
    namespace = "aws:elbv2:listener:443"
    name      = "SSLPolicy"
    value     = "ELBSecurityPolicy-2016-08"
  }
}

resource "aws_elastic_beanstalk_environment" "from_elsewhere" {
  name          = "from-elsewhere"
  application   = aws_elastic_beanstalk_application.site.name
  template_name = "saved-elsewhere"
}

# Resources that may serve HTTPS and that no adapter reads, beside one that is judged.
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

# It exists, and stays as it is.
resource "aws_lightsail_container_service" "site" {
  name  = "site"
  power = "nano"
  scale = 1
}

# A template whose text the plan does not show.
resource "aws_cloudformation_stack" "remote" {
  name         = "remote"
  template_url = "https://templates.example.com/site.yaml"
}

# A template that serves nothing.
resource "aws_cloudformation_stack" "roles" {
  name = "roles"
  template_body = jsonencode({
    Resources = {
      Role = { Type = "AWS::IAM::Role", Properties = { AssumeRolePolicyDocument = {} } }
    }
  })
}

resource "aws_cloudformation_stack_set" "regions" {
  name                    = "regions"
  administration_role_arn = "arn:aws:iam::123456789012:role/administration"
  template_url            = "https://templates.example.com/region.yaml"
}

# The schema is given, as it is asked of AWS otherwise.
resource "aws_cloudcontrolapi_resource" "portal" {
  type_name     = "AWS::WorkSpacesWeb::Portal"
  schema        = jsonencode({ typeName = "AWS::WorkSpacesWeb::Portal", properties = {} })
  desired_state = jsonencode({ DisplayName = "portal" })
}

# Cloud Control manages what serves nothing, too.
resource "aws_cloudcontrolapi_resource" "cluster" {
  type_name     = "AWS::ECS::Cluster"
  schema        = jsonencode({ typeName = "AWS::ECS::Cluster", properties = {} })
  desired_state = jsonencode({ ClusterName = "cluster" })
}

resource "aws_apprunner_service" "app" {
  for_each = toset(["api", "web"])

  service_name = each.key

  source_configuration {
    auto_deployments_enabled = false

    image_repository {
      image_identifier      = "public.ecr.aws/aws-containers/hello-app-runner:latest"
      image_repository_type = "ECR_PUBLIC"
    }
  }
}

module "access" {
  source = "./modules/access"
}

# An adapter reads it.
resource "aws_lb_listener" "judged" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/app/1111111111111111"
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

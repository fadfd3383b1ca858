# Templates of CloudFormation and a resource of Cloud Control, some of which say literally what they serve.
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

# A distribution that serves plain HTTP, with CloudFront's own certificate.
resource "aws_cloudformation_stack" "bad" {
  name = "bad"
  template_body = jsonencode({
    Resources = {
      Site = {
        Type = "AWS::CloudFront::Distribution"
        Properties = {
          DistributionConfig = {
            Enabled = true
            Origins = [
              {
                Id                 = "app"
                DomainName         = "app.example.com"
                CustomOriginConfig = { OriginProtocolPolicy = "http-only" }
              },
            ]
            DefaultCacheBehavior = {
              TargetOriginId       = "app"
              ViewerProtocolPolicy = "redirect-to-https"
              CachePolicyId        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
            }
            CacheBehaviors = [
              {
                PathPattern          = "/downloads/*"
                TargetOriginId       = "app"
                ViewerProtocolPolicy = "allow-all"
                CachePolicyId        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
              },
            ]
          }
        }
      }
    }
  })
}

# Listeners in YAML: one redirects, one has a policy with TLS 1.0, one has what a parameter decides.
resource "aws_cloudformation_stack" "yaml" {
  name          = "yaml"
  template_body = <<-YAML
    AWSTemplateFormatVersion: "2010-09-09"
    Parameters:
      Policy:
        Type: String
      Balancer:
        Type: String
    Resources:
      Redirecting:
        Type: AWS::ElasticLoadBalancingV2::Listener
        Properties:
          LoadBalancerArn: !Ref Balancer
          Port: 80
          Protocol: HTTP
          DefaultActions:
            - Type: redirect
              RedirectConfig: { Protocol: HTTPS, StatusCode: HTTP_301 }
      Old:
        Type: AWS::ElasticLoadBalancingV2::Listener
        Properties:
          LoadBalancerArn: !Ref Balancer
          Port: 443
          Protocol: HTTPS
          SslPolicy: ELBSecurityPolicy-TLS13-1-0-2021-06
          Certificates:
            - CertificateArn: !ImportValue certificate
          DefaultActions:
            - { Type: forward, TargetGroupArn: !ImportValue targets }
      Chosen:
        Type: AWS::ElasticLoadBalancingV2::Listener
        Properties:
          LoadBalancerArn: !Ref Balancer
          Port: 8443
          Protocol: HTTPS
          SslPolicy: !Ref Policy
          Certificates:
            - CertificateArn: !ImportValue certificate
          DefaultActions:
            - { Type: forward, TargetGroupArn: !ImportValue targets }
  YAML
}

# The schema is given, as it is asked of AWS otherwise.
resource "aws_cloudcontrolapi_resource" "search" {
  type_name = "AWS::OpenSearchService::Domain"
  schema    = jsonencode({ typeName = "AWS::OpenSearchService::Domain", properties = {} })
  desired_state = jsonencode({
    DomainEndpointOptions = {
      EnforceHTTPS      = false
      TLSSecurityPolicy = "Policy-Min-TLS-1-2-PFS-2023-10"
    }
  })
}

variable "secret_template" {
  type      = string
  sensitive = true
  default   = <<-JSON
    {
      "Resources": {
        "SecretListener": {
          "Type": "AWS::ElasticLoadBalancingV2::Listener",
          "Properties": { "Protocol": "HTTP", "DefaultActions": [{ "Type": "fixed-response" }, { "Type": "forward" }] }
        },
        "SecretDomain": {
          "Type": "AWS::ApiGateway::DomainName",
          "Properties": { "SecurityPolicy": "TLS_1_0" }
        }
      }
    }
  JSON
}

# What a secret template says is judged, and none of its words is printed.
resource "aws_cloudformation_stack" "secret" {
  name          = "secret"
  template_body = var.secret_template
}

# API Gateway: domain names of both versions, execute-api endpoints, integrations behind either.
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
  alias                       = "virginia"
  region                      = "us-east-1"
  access_key                  = "mock_access_key"
  secret_key                  = "mock_secret_key"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

resource "terraform_data" "late" {
  input = "TLS_1_2"
}

resource "aws_acm_certificate" "regional" {
  domain_name       = "*.example.com"
  validation_method = "DNS"
}

resource "aws_acm_certificate_validation" "regional" {
  certificate_arn = aws_acm_certificate.regional.arn
}

resource "aws_acm_certificate" "virginia" {
  provider          = aws.virginia
  domain_name       = "*.example.com"
  validation_method = "DNS"
}

resource "aws_acm_certificate_validation" "virginia" {
  provider        = aws.virginia
  certificate_arn = aws_acm_certificate.virginia.arn
}

# Domain names of REST APIs.

resource "aws_api_gateway_domain_name" "edge" {
  domain_name     = "edge.example.com"
  certificate_arn = aws_acm_certificate_validation.virginia.certificate_arn
}

resource "aws_api_gateway_domain_name" "edge_from_elsewhere" {
  domain_name     = "elsewhere.example.com"
  certificate_arn = aws_acm_certificate_validation.regional.certificate_arn
  security_policy = "TLS_1_2"
}

resource "aws_api_gateway_domain_name" "regional" {
  domain_name              = "regional.example.com"
  regional_certificate_arn = aws_acm_certificate_validation.regional.certificate_arn
  security_policy          = "TLS_1_2"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_domain_name" "outdated" {
  domain_name              = "outdated.example.com"
  regional_certificate_arn = aws_acm_certificate_validation.virginia.certificate_arn
  security_policy          = "TLS_1_0"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_domain_name" "late" {
  domain_name              = "late.example.com"
  regional_certificate_arn = aws_acm_certificate_validation.regional.certificate_arn
  security_policy          = terraform_data.late.output

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_domain_name" "bare" {
  domain_name = "bare.example.com"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

# Domain names of HTTP APIs.

resource "aws_apigatewayv2_domain_name" "http" {
  domain_name = "http.example.com"

  domain_name_configuration {
    certificate_arn = aws_acm_certificate_validation.regional.certificate_arn
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}

resource "aws_apigatewayv2_domain_name" "http_from_elsewhere" {
  domain_name = "http.example.org"

  domain_name_configuration {
    certificate_arn = aws_acm_certificate_validation.virginia.certificate_arn
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}

# REST APIs.

resource "aws_api_gateway_rest_api" "open" {
  name = "open"
}

resource "aws_api_gateway_rest_api" "regional" {
  name = "regional"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_rest_api" "private" {
  name = "private"

  endpoint_configuration {
    types = ["PRIVATE"]
  }
}

resource "aws_api_gateway_rest_api" "closed" {
  name                         = "closed"
  disable_execute_api_endpoint = true
}

resource "aws_api_gateway_rest_api" "described" {
  name = "described"
  body = jsonencode({
    openapi = "3.0.1"
    paths   = {}
    servers = [{ "x-amazon-apigateway-endpoint-configuration" = { disableExecuteApiEndpoint = true } }]
  })
}

resource "aws_api_gateway_base_path_mapping" "closed" {
  api_id      = aws_api_gateway_rest_api.closed.id
  domain_name = aws_api_gateway_domain_name.regional.domain_name
}

resource "aws_api_gateway_base_path_mapping" "open" {
  api_id      = aws_api_gateway_rest_api.open.id
  domain_name = aws_api_gateway_domain_name.edge.domain_name
}

locals {
  integrations = {
    secure   = { type = "HTTP_PROXY", uri = "https://backend.example.com/" }
    plain    = { type = "HTTP_PROXY", uri = "http://backend.example.com/" }
    staged   = { type = "HTTP", uri = "https://$${stageVariables.host}/" }
    hidden   = { type = "HTTP", uri = "$${stageVariables.url}" }
    function = { type = "AWS_PROXY", uri = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:site/invocations" }
    mock     = { type = "MOCK", uri = null }
  }
}

resource "aws_api_gateway_resource" "open" {
  for_each    = local.integrations
  rest_api_id = aws_api_gateway_rest_api.open.id
  parent_id   = aws_api_gateway_rest_api.open.root_resource_id
  path_part   = each.key
}

resource "aws_api_gateway_integration" "open" {
  for_each                = local.integrations
  rest_api_id             = aws_api_gateway_rest_api.open.id
  resource_id             = aws_api_gateway_resource.open[each.key].id
  http_method             = "GET"
  integration_http_method = "GET"
  type                    = each.value.type
  uri                     = each.value.uri
}

resource "aws_api_gateway_integration" "closed" {
  rest_api_id             = aws_api_gateway_rest_api.closed.id
  resource_id             = aws_api_gateway_rest_api.closed.root_resource_id
  http_method             = "GET"
  integration_http_method = "GET"
  type                    = "HTTP_PROXY"
  uri                     = "http://backend.example.com/"
}

# HTTP and WebSocket APIs.

resource "aws_apigatewayv2_api" "http" {
  name          = "http"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_api" "quick" {
  name          = "quick"
  protocol_type = "HTTP"
  target        = "http://backend.example.com/"
}

resource "aws_apigatewayv2_api" "closed" {
  name                         = "closed"
  protocol_type                = "HTTP"
  disable_execute_api_endpoint = true
}

resource "aws_apigatewayv2_api_mapping" "closed" {
  api_id      = aws_apigatewayv2_api.closed.id
  domain_name = aws_apigatewayv2_domain_name.http.id
  stage       = "$default"
}

resource "aws_apigatewayv2_integration" "closed" {
  api_id             = aws_apigatewayv2_api.closed.id
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  integration_uri    = "https://backend.example.com/"
}

resource "aws_apigatewayv2_vpc_link" "inside" {
  name               = "inside"
  security_group_ids = []
  subnet_ids         = ["subnet-11111111"]
}

resource "aws_lb_listener" "inside" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/inside/1111111111111111"
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/inside/1111111111111111"
  }
}

resource "aws_apigatewayv2_integration" "private_plain" {
  api_id             = aws_apigatewayv2_api.http.id
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  integration_uri    = aws_lb_listener.inside.arn
  connection_type    = "VPC_LINK"
  connection_id      = aws_apigatewayv2_vpc_link.inside.id
}

resource "aws_apigatewayv2_integration" "private_secure" {
  api_id             = aws_apigatewayv2_api.http.id
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  integration_uri    = aws_lb_listener.inside.arn
  connection_type    = "VPC_LINK"
  connection_id      = aws_apigatewayv2_vpc_link.inside.id

  tls_config {
    server_name_to_verify = "inside.example.com"
  }
}

resource "aws_apigatewayv2_integration" "plain" {
  api_id             = aws_apigatewayv2_api.http.id
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  integration_uri    = "http://backend.example.com/"
}

resource "aws_apigatewayv2_integration" "late" {
  api_id             = aws_apigatewayv2_api.http.id
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  integration_uri    = terraform_data.late.output
}

resource "aws_apigatewayv2_integration" "function" {
  api_id           = aws_apigatewayv2_api.http.id
  integration_type = "AWS_PROXY"
  integration_uri  = "arn:aws:lambda:eu-west-1:123456789012:function:site"
}

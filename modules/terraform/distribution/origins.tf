# What lets CloudFront get to its origins.

# CloudFront signs each request to a bucket or to a function's URL: nobody else needs to get in.
resource "aws_cloudfront_origin_access_control" "this" {
  for_each = toset([for type in ["s3", "lambda"] : type if contains(values(var.origins)[*].type, type)])

  name                              = local.names[each.key]
  origin_access_control_origin_type = each.key
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  # Function URLs ask for both (AWS, "Control access to Lambda function URLs").
  lambda_permissions = merge([
    for key, origin in var.origins : {
      for action in ["InvokeFunctionUrl", "InvokeFunction"] : "${key} ${action}" => { action = action, function_name = origin.function_name }
    } if origin.type == "lambda"
  ]...)
}

resource "aws_lambda_permission" "cloudfront" {
  for_each = local.lambda_permissions

  action        = "lambda:${each.value.action}"
  function_name = each.value.function_name
  principal     = "cloudfront.amazonaws.com"
  source_arn    = aws_cloudfront_distribution.this.arn
}

resource "aws_cloudfront_vpc_origin" "this" {
  for_each = { for key, origin in var.origins : key => origin if origin.type == "vpc" }

  vpc_origin_endpoint_config {
    arn                    = each.value.resource_arn
    name                   = "${local.readable}-${substr(sha256(jsonencode([local.name, [each.value.resource_arn, each.value.port]])), 0, 10)}"
    http_port              = 80
    https_port             = each.value.port
    origin_protocol_policy = "https-only"

    origin_ssl_protocols {
      items    = ["TLSv1.2"]
      quantity = 1
    }
  }
}

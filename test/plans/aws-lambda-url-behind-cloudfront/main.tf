# URLs of Lambda functions behind CloudFront: those that CloudFront alone may invoke are its origins, the others are
# endpoints too.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "mock_access_key"
  secret_key                  = "mock_secret_key"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

resource "aws_lambda_function_url" "closed" {
  function_name      = "closed"
  authorization_type = "AWS_IAM"
}

resource "aws_lambda_function_url" "by_id" {
  function_name      = "by-id"
  authorization_type = "AWS_IAM"
}

resource "aws_lambda_function_url" "open" {
  function_name      = "open"
  authorization_type = "NONE"
}

resource "aws_lambda_function_url" "shared" {
  function_name      = "shared"
  authorization_type = "AWS_IAM"
}

resource "aws_lambda_function_url" "any_distribution" {
  function_name      = "any-distribution"
  authorization_type = "AWS_IAM"
}

resource "aws_lambda_function_url" "unsigned" {
  function_name      = "unsigned"
  authorization_type = "AWS_IAM"
}

resource "aws_lambda_function_url" "not_let_in" {
  function_name      = "not-let-in"
  authorization_type = "AWS_IAM"
}

resource "aws_lambda_function_url" "alone" {
  function_name      = "alone"
  authorization_type = "AWS_IAM"
}

resource "aws_lambda_permission" "cloudfront" {
  for_each = toset(["closed", "by-id", "shared", "unsigned", "alone"])

  action        = "lambda:InvokeFunctionUrl"
  function_name = each.key
  principal     = "cloudfront.amazonaws.com"
  source_arn    = aws_cloudfront_distribution.api.arn
}

resource "aws_lambda_permission" "any_distribution" {
  action        = "lambda:InvokeFunctionUrl"
  function_name = aws_lambda_function_url.any_distribution.function_name
  principal     = "cloudfront.amazonaws.com"
}

resource "aws_lambda_permission" "account" {
  action        = "lambda:InvokeFunctionUrl"
  function_name = "arn:aws:lambda:us-east-1:123456789012:function:shared"
  principal     = "123456789012"
}

# Not by the URL.
resource "aws_lambda_permission" "events" {
  action        = "lambda:InvokeFunction"
  function_name = "closed"
  principal     = "events.amazonaws.com"
}

resource "aws_lambda_permission" "everybody" {
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = "open"
  principal              = "*"
  function_url_auth_type = "NONE"
}

resource "aws_cloudfront_origin_access_control" "signed" {
  name                              = "signed"
  origin_access_control_origin_type = "lambda"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_origin_access_control" "unsigned" {
  name                              = "unsigned"
  origin_access_control_origin_type = "lambda"
  signing_behavior                  = "never"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_distribution" "api" {
  enabled = true

  origin {
    origin_id                = "closed"
    domain_name              = trimsuffix(trimprefix(aws_lambda_function_url.closed.function_url, "https://"), "/")
    origin_access_control_id = aws_cloudfront_origin_access_control.signed.id

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  origin {
    origin_id                = "by_id"
    domain_name              = "${aws_lambda_function_url.by_id.url_id}.lambda-url.us-east-1.on.aws"
    origin_access_control_id = aws_cloudfront_origin_access_control.signed.id

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  origin {
    origin_id                = "open"
    domain_name              = split("/", aws_lambda_function_url.open.function_url)[2]
    origin_access_control_id = aws_cloudfront_origin_access_control.signed.id

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  origin {
    origin_id                = "shared"
    domain_name              = replace(replace(aws_lambda_function_url.shared.function_url, "https://", ""), "/", "")
    origin_access_control_id = aws_cloudfront_origin_access_control.signed.id

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  origin {
    origin_id                = "any_distribution"
    domain_name              = trimsuffix(trimprefix(aws_lambda_function_url.any_distribution.function_url, "https://"), "/")
    origin_access_control_id = aws_cloudfront_origin_access_control.signed.id

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  origin {
    origin_id                = "unsigned"
    domain_name              = trimsuffix(trimprefix(aws_lambda_function_url.unsigned.function_url, "https://"), "/")
    origin_access_control_id = aws_cloudfront_origin_access_control.unsigned.id

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  origin {
    origin_id                = "not_let_in"
    domain_name              = trimsuffix(trimprefix(aws_lambda_function_url.not_let_in.function_url, "https://"), "/")
    origin_access_control_id = aws_cloudfront_origin_access_control.signed.id

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    target_origin_id           = "closed"
    viewer_protocol_policy     = "https-only"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }

  ordered_cache_behavior {
    path_pattern               = "/by_id/*"
    target_origin_id           = "by_id"
    viewer_protocol_policy     = "https-only"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }

  ordered_cache_behavior {
    path_pattern               = "/open/*"
    target_origin_id           = "open"
    viewer_protocol_policy     = "https-only"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }

  ordered_cache_behavior {
    path_pattern               = "/shared/*"
    target_origin_id           = "shared"
    viewer_protocol_policy     = "https-only"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }

  ordered_cache_behavior {
    path_pattern               = "/any_distribution/*"
    target_origin_id           = "any_distribution"
    viewer_protocol_policy     = "https-only"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }

  ordered_cache_behavior {
    path_pattern               = "/unsigned/*"
    target_origin_id           = "unsigned"
    viewer_protocol_policy     = "https-only"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }

  ordered_cache_behavior {
    path_pattern               = "/not_let_in/*"
    target_origin_id           = "not_let_in"
    viewer_protocol_policy     = "https-only"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

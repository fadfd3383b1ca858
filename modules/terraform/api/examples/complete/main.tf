provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "nodejs22.x"
  handler       = "index.handler"
  s3_bucket     = "code-of-example-com"
  s3_key        = "orders.zip"
}

resource "aws_lambda_function_url" "orders" {
  function_name      = aws_lambda_function.orders.function_name
  authorization_type = "AWS_IAM"
}

# The URL of a function, which CloudFront alone may call.
module "api" {
  source = "../.."

  domains = ["api.example.com"]
  zones   = { "example.com" = "Z0EXAMPLECOM" }
  origin = {
    type               = "lambda"
    domain             = aws_lambda_function_url.orders.function_url
    function_name      = aws_lambda_function.orders.function_name
    authorization_type = aws_lambda_function_url.orders.authorization_type
  }
  cors        = { origins = ["https://app.example.com"], methods = ["GET", "POST"], credentials = true }
  cache_paths = ["/public/*"]
  logs        = { retention_days = 90 }
  tags        = { team = "web" }

  providers = {
    aws.us_east_1 = aws.us_east_1
  }
}

output "url" {
  value = module.api.url
}

provider "aws" {
  region = "eu-west-1"
}

resource "aws_lb" "app" {
  name    = "app"
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}

resource "aws_lb_target_group" "app" {
  name     = "app"
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-0123456789abcdef0"
}

module "listener" {
  source = "../.."

  load_balancer_arn = aws_lb.app.arn
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/0b1c2d3e-0b1c-2d3e-4f50-61728394a5b6"
  action            = { forward = aws_lb_target_group.app.arn }
}

resource "aws_verifiedaccess_endpoint" "app" {
  application_domain     = "app.example.com"
  attachment_type        = "vpc"
  domain_certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
  endpoint_domain_prefix = "app"
  endpoint_type          = "load-balancer"
  security_group_ids     = ["sg-00000000000000001"]

  verified_access_group_id = "vagr-00000000000000001"

  load_balancer_options {
    load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/app/1111111111111111"
    port              = 443
    protocol          = "https"
    subnet_ids        = ["subnet-00000000000000001"]
  }
}

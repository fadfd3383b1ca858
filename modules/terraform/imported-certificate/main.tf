# A certificate of another authority, imported into ACM, which does not renew it.

# CloudFront takes certificates from us-east-1 only.
resource "aws_acm_certificate" "cloudfront" {
  count    = var.use == "cloudfront" ? 1 : 0
  provider = aws.us_east_1

  certificate_body  = var.certificate_body
  certificate_chain = var.certificate_chain
  private_key       = var.private_key
  tags              = length(var.tags) > 0 ? var.tags : null

  # A certificate in use cannot be deleted: its successor must stand first.
  lifecycle {
    create_before_destroy = true
  }
}

# A load balancer takes certificates from its own region.
resource "aws_acm_certificate" "regional" {
  count = var.use == "regional" ? 1 : 0

  certificate_body  = var.certificate_body
  certificate_chain = var.certificate_chain
  private_key       = var.private_key
  tags              = length(var.tags) > 0 ? var.tags : null

  lifecycle {
    create_before_destroy = true
  }
}

# What tlsgate reads the exceptions from: each excuses one value at one place.
resource "terraform_data" "tlsgate_waivers" {
  input = [
    for waiver in var.waivers : merge({ for key, value in waiver : key => value if value != null }, {
      resource    = "aws_acm_certificate.${var.use}[0]"
      attribute   = "certificate_body"
      fingerprint = sha256(jsonencode([waiver.rule, "certificate_body", var.certificate_body]))
    })
  ]
}

variable "certificate_arn" {
  type    = string
  default = ""
}

variable "aliases" {
  type = list(string)
}

resource "aws_cloudfront_distribution" "this" {
  enabled = true
  aliases = var.certificate_arn != "" ? var.aliases : []
  origin {
    domain_name              = "b.s3.amazonaws.com"
    origin_id                = "o"
    origin_access_control_id = "E1"
  }
  default_cache_behavior {
    target_origin_id           = "o"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    acm_certificate_arn            = var.certificate_arn
    ssl_support_method             = var.certificate_arn == "" ? null : "sni-only"
    minimum_protocol_version       = var.certificate_arn == "" ? "TLSv1" : "TLSv1.2_2021"
    cloudfront_default_certificate = var.certificate_arn == "" ? true : false
  }
}

# A certificate of ACM: requested, validated, and waited for until it is issued.

locals {
  # ACM validates *.example.com and example.com by one and the same record.
  names = distinct([for domain in var.domains : trimprefix(domain, "*.")])

  # The zone of a name is the one with the longest suffix of it.
  zone_ids = {
    for name in local.names : name => [
      for entry in reverse(sort([for zone in keys(var.zones) : format("%03d %s", length(zone), zone)])) :
      var.zones[split(" ", entry)[1]] if endswith(".${name}", ".${split(" ", entry)[1]}")
    ]
  }

  # Keyed by name, which is known while planning; the set that ACM answers with is not.
  validation_records = {
    for name in var.validation == "email" ? [] : local.names : name => [
      for option in one(concat(aws_acm_certificate.cloudfront[*].domain_validation_options, aws_acm_certificate.regional[*].domain_validation_options)) : {
        name  = option.resource_record_name
        type  = option.resource_record_type
        value = option.resource_record_value
      } if trimprefix(option.domain_name, "*.") == name
    ][0]
  }
}

# CloudFront takes certificates from us-east-1 only.
resource "aws_acm_certificate" "cloudfront" {
  count    = var.use == "cloudfront" ? 1 : 0
  provider = aws.us_east_1

  domain_name               = var.domains[0]
  subject_alternative_names = length(var.domains) > 1 ? slice(var.domains, 1, length(var.domains)) : null
  validation_method         = var.validation == "email" ? "EMAIL" : "DNS"
  key_algorithm             = var.key_algorithm
  tags                      = length(var.tags) > 0 ? var.tags : null

  dynamic "validation_option" {
    for_each = var.mail_domains
    content {
      domain_name       = validation_option.key
      validation_domain = validation_option.value
    }
  }

  options {
    certificate_transparency_logging_preference = "ENABLED"
  }

  # A certificate in use cannot be deleted: its successor must stand first.
  lifecycle {
    create_before_destroy = true
  }
}

# A load balancer takes certificates from its own region.
resource "aws_acm_certificate" "regional" {
  count = var.use == "regional" ? 1 : 0

  domain_name               = var.domains[0]
  subject_alternative_names = length(var.domains) > 1 ? slice(var.domains, 1, length(var.domains)) : null
  validation_method         = var.validation == "email" ? "EMAIL" : "DNS"
  key_algorithm             = var.key_algorithm
  tags                      = length(var.tags) > 0 ? var.tags : null

  dynamic "validation_option" {
    for_each = var.mail_domains
    content {
      domain_name       = validation_option.key
      validation_domain = validation_option.value
    }
  }

  options {
    certificate_transparency_logging_preference = "ENABLED"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "validation" {
  for_each = var.validation == "dns" ? toset(local.names) : toset([])

  zone_id = local.zone_ids[each.key][0]
  name    = local.validation_records[each.key].name
  type    = local.validation_records[each.key].type
  records = [local.validation_records[each.key].value]
  ttl     = var.ttl

  # Two certificates for one name share their record.
  allow_overwrite = true
}

resource "aws_acm_certificate_validation" "cloudfront" {
  count    = var.wait && var.use == "cloudfront" ? 1 : 0
  provider = aws.us_east_1

  certificate_arn         = aws_acm_certificate.cloudfront[0].arn
  validation_record_fqdns = var.validation == "dns" ? [for record in aws_route53_record.validation : record.fqdn] : null

  timeouts {
    create = var.validation_timeout
  }
}

resource "aws_acm_certificate_validation" "regional" {
  count = var.wait && var.use == "regional" ? 1 : 0

  certificate_arn         = aws_acm_certificate.regional[0].arn
  validation_record_fqdns = var.validation == "dns" ? [for record in aws_route53_record.validation : record.fqdn] : null

  timeouts {
    create = var.validation_timeout
  }
}

# What tlsgate reads the exceptions from: each excuses one value at one place.
resource "terraform_data" "tlsgate_waivers" {
  count = length(var.waivers) > 0 ? 1 : 0

  input = [
    for waiver in var.waivers : merge({ for key, value in waiver : key => value if value != null }, {
      resource    = "aws_acm_certificate.${var.use}[0]"
      attribute   = "validation_method"
      fingerprint = sha256(jsonencode([waiver.rule, "validation_method", "EMAIL"]))
    })
  ]
}

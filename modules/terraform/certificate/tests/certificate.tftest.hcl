# What the module makes, without an account: the provider is a mock.

mock_provider "aws" {}

mock_provider "aws" {
  alias = "us_east_1"
}

variables {
  domains = ["example.com", "*.example.com", "www.example.org"]
  zones   = { "example.com" = "Z1", "example.org" = "Z2" }
}

run "for_cloudfront" {
  command = plan

  assert {
    condition     = aws_acm_certificate.cloudfront[0].domain_name == "example.com" && length(aws_acm_certificate.regional) == 0
    error_message = "The certificate for CloudFront is not requested in us-east-1."
  }

  assert {
    condition     = { for name, record in aws_route53_record.validation : name => record.zone_id } == { "example.com" = "Z1", "www.example.org" = "Z2" }
    error_message = "The validation records are not one per name in the zone of that name."
  }
}

run "for_a_load_balancer" {
  command = plan

  variables {
    use           = "regional"
    key_algorithm = "EC_secp384r1"
  }

  assert {
    condition     = aws_acm_certificate.regional[0].key_algorithm == "EC_secp384r1" && length(aws_acm_certificate.cloudfront) == 0
    error_message = "The certificate for a load balancer is not requested in the region of the default provider."
  }
}

run "the_longest_suffix_of_a_name_is_its_zone" {
  command = plan

  variables {
    domains = ["a.deep.example.com", "b.example.com"]
    zones   = { "example.com" = "Z1", "deep.example.com" = "Z3" }
  }

  assert {
    condition     = aws_route53_record.validation["a.deep.example.com"].zone_id == "Z3" && aws_route53_record.validation["b.example.com"].zone_id == "Z1"
    error_message = "A validation record is not in the zone with the longest suffix of its name."
  }
}

run "records_written_elsewhere" {
  command = plan

  variables {
    validation = "external"
    wait       = false
    zones      = {}
  }

  assert {
    condition     = length(aws_route53_record.validation) + length(aws_acm_certificate_validation.cloudfront) == 0
    error_message = "Something is written or waited for, although the records are written elsewhere."
  }
}

# Listeners of an Oracle Cloud load balancer: with TLS good, silent, weak and of a newer suite; without it, and passed on.
terraform {
  required_providers {
    oci = {
      source = "oracle/oci"
    }
  }
}

resource "oci_load_balancer_backend_set" "encrypted" {
  load_balancer_id = "ocid1.loadbalancer.oc1.eu-frankfurt-1.example"
  name             = "encrypted"
  policy           = "ROUND_ROBIN"

  ssl_configuration {
    verify_peer_certificate = true
    protocols               = ["TLSv1.2"]
  }
}

resource "oci_load_balancer_backend_set" "plain" {
  load_balancer_id = "ocid1.loadbalancer.oc1.eu-frankfurt-1.example"
  name             = "plain"
  policy           = "ROUND_ROBIN"
}

resource "oci_load_balancer_rule_set" "secure" {
  load_balancer_id = "ocid1.loadbalancer.oc1.eu-frankfurt-1.example"
  name             = "secure"

  items {
    action = "ADD_HTTP_RESPONSE_HEADER"
    header = "Strict-Transport-Security"
    value  = "max-age=31536000; includeSubDomains"
  }
}

resource "oci_load_balancer_rule_set" "redirect" {
  load_balancer_id = "ocid1.loadbalancer.oc1.eu-frankfurt-1.example"
  name             = "redirect"

  items {
    action        = "REDIRECT"
    response_code = 301

    conditions {
      attribute_name  = "PATH"
      attribute_value = "/"
      operator        = "FORCE_LONGEST_PREFIX_MATCH"
    }

    redirect_uri {
      protocol = "HTTPS"
      port     = 443
    }
  }
}

resource "oci_load_balancer_listener" "good" {
  load_balancer_id         = "ocid1.loadbalancer.oc1.eu-frankfurt-1.example"
  name                     = "good"
  protocol                 = "HTTP"
  port                     = 443
  default_backend_set_name = "encrypted"
  rule_set_names           = ["secure"]

  ssl_configuration {
    certificate_name  = "site"
    protocols         = ["TLSv1.2", "TLSv1.3"]
    cipher_suite_name = "oci-default-http2-tls-12-13-ssl-cipher-suite-v1"
  }
}

resource "oci_load_balancer_listener" "silent" {
  load_balancer_id         = "ocid1.loadbalancer.oc1.eu-frankfurt-1.example"
  name                     = "silent"
  protocol                 = "HTTP"
  port                     = 443
  default_backend_set_name = "encrypted"

  ssl_configuration {
    certificate_name = "site"
  }
}

resource "oci_load_balancer_listener" "weak" {
  load_balancer_id         = "ocid1.loadbalancer.oc1.eu-frankfurt-1.example"
  name                     = "weak"
  protocol                 = "HTTP"
  port                     = 443
  default_backend_set_name = "plain"

  ssl_configuration {
    certificate_name  = "site"
    protocols         = ["TLSv1", "TLSv1.2"]
    cipher_suite_name = "oci-compatible-ssl-cipher-suite-v1"
  }
}

resource "oci_load_balancer_listener" "newer" {
  load_balancer_id         = "ocid1.loadbalancer.oc1.eu-frankfurt-1.example"
  name                     = "newer"
  protocol                 = "HTTP"
  port                     = 443
  default_backend_set_name = "encrypted"

  ssl_configuration {
    certificate_name  = "site"
    protocols         = ["TLSv1.2"]
    cipher_suite_name = "oci-tls-12-13-ssl-cipher-suite-v9"
  }
}

resource "oci_load_balancer_listener" "redirect" {
  load_balancer_id         = "ocid1.loadbalancer.oc1.eu-frankfurt-1.example"
  name                     = "redirect"
  protocol                 = "HTTP"
  port                     = 80
  default_backend_set_name = "encrypted"
  rule_set_names           = ["redirect"]
}

resource "oci_load_balancer_listener" "plain" {
  load_balancer_id         = "ocid1.loadbalancer.oc1.eu-frankfurt-1.example"
  name                     = "plain"
  protocol                 = "HTTP"
  port                     = 80
  default_backend_set_name = "encrypted"
}

resource "oci_load_balancer_listener" "passed" {
  load_balancer_id         = "ocid1.loadbalancer.oc1.eu-frankfurt-1.example"
  name                     = "passed"
  protocol                 = "TCP"
  port                     = 8443
  default_backend_set_name = "encrypted"
}

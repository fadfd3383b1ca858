# What the module makes, without an account: the provider is a mock.

mock_provider "aws" {}

variables {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/front/0123456789abcdef"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/1"
  action            = { forward = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/app/0123456789abcdef" }
}

run "by_default" {
  command = plan

  assert {
    condition     = aws_lb_listener.https.ssl_policy == "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" && aws_lb_listener.https.protocol == "HTTPS"
    error_message = "The listener does not ask for TLS 1.2 with forward secrecy."
  }

  assert {
    condition     = aws_lb_listener.https.routing_http_response_strict_transport_security_header_value == "max-age=63072000; includeSubDomains"
    error_message = "The listener does not send HSTS for two years."
  }

  assert {
    condition     = aws_lb_listener.http[0].port == 80 && aws_lb_listener.http[0].default_action[0].redirect[0].protocol == "HTTPS"
    error_message = "Port 80 does not redirect."
  }
}

run "without_port_80" {
  command = plan

  variables {
    http_redirect = false
  }

  assert {
    condition     = length(aws_lb_listener.http) == 0
    error_message = "Something listens on port 80."
  }
}

run "a_redirect_keeps_what_its_url_does_not_state" {
  command = plan

  variables {
    action = { redirect = "https://www.#{host}:8443/?from=#{path}" }
  }

  assert {
    condition = {
      for name in ["host", "port", "path", "query"] : name => aws_lb_listener.https.default_action[0].redirect[0][name]
    } == { host = "www.#{host}", port = "8443", path = "/#{path}", query = "from=#{path}" }
    error_message = "The parts of the redirect are not those of the URL."
  }
}

run "an_older_policy_with_a_waiver" {
  command = plan

  variables {
    tls = "ELBSecurityPolicy-2016-08"
    waivers = [{
      rule   = "minimum-tls-1-2"
      reason = "Meters in the field speak TLS 1.0."
      until  = formatdate("YYYY-MM-DD", timeadd(timestamp(), "720h"))
      owner  = "grid@example.com"
    }]
  }

  assert {
    condition     = terraform_data.tlsgate_waivers[0].input[0].fingerprint == sha256(jsonencode(["minimum-tls-1-2", "ssl_policy", "ELBSecurityPolicy-2016-08"]))
    error_message = "The waiver does not excuse the security policy."
  }
}

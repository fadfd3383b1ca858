# What the module makes, without an account: the provider is a mock.

mock_provider "aws" {
  mock_resource "aws_s3_bucket" {
    defaults = {
      arn = "arn:aws:s3:::files"
    }
  }
}

run "whom_it_lets_in" {
  variables {
    distribution_arns = { site = "arn:aws:cloudfront::123456789012:distribution/E1" }
    reader_account    = "210987654321"
    log_source_arns   = { site = "arn:aws:logs:us-east-1:123456789012:delivery-source:site" }
    log_account       = "210987654321"
  }

  assert {
    condition = { for one in jsondecode(aws_s3_bucket_policy.this.policy).Statement : one.Sid => [one.Effect, one.Action, jsonencode(one.Condition)] } == {
      Distribution1 = ["Allow", "s3:GetObject", jsonencode({ StringEquals = { "AWS:SourceArn" = "arn:aws:cloudfront::123456789012:distribution/E1" } })]
      Distribution2 = ["Allow", "s3:GetObject", jsonencode({ ArnLike = { "AWS:SourceArn" = "arn:*:cloudfront::210987654321:distribution/*" } })]
      Logs1         = ["Allow", "s3:PutObject", jsonencode({ ArnLike = { "aws:SourceArn" = "arn:aws:logs:us-east-1:123456789012:delivery-source:site" }, StringEquals = { "s3:x-amz-acl" = "bucket-owner-full-control" } })]
      Logs2         = ["Allow", "s3:PutObject", jsonencode({ ArnLike = { "aws:SourceArn" = "arn:*:logs:us-east-1:210987654321:delivery-source:*" }, StringEquals = { "s3:x-amz-acl" = "bucket-owner-full-control" } })]
      OldTls        = ["Deny", "s3:*", jsonencode({ NumericLessThan = { "s3:TlsVersion" = "1.2" } })]
      PlainHttp     = ["Deny", "s3:*", jsonencode({ Bool = { "aws:SecureTransport" = "false" } })]
    }
    error_message = "The policy lets in others than it is told to, or lets them in over plain HTTP or old TLS."
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.this.policy).Statement[5].Resource == ["arn:aws:s3:::files", "arn:aws:s3:::files/*"]
    error_message = "Plain HTTP is not refused for the bucket and all of its objects."
  }
}

run "logs_that_expire" {
  command = plan

  variables {
    versioning  = false
    expire_days = 30
  }

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.this[0].rule[0].expiration[0].days == 30 && length(aws_s3_bucket_versioning.this) == 0
    error_message = "The objects do not expire, or are kept as older versions."
  }
}

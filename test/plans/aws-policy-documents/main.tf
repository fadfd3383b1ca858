# Policy documents that are read while planning, whose JSON the provider wrote into the plan, and documents that are read
# during the apply.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "mock_access_key"
  secret_key                  = "mock_secret_key"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

# --- read while planning

data "aws_iam_policy_document" "empty" {}

data "aws_iam_policy_document" "defaults" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
  statement {}
}

data "aws_iam_policy_document" "lists" {
  version   = "2008-10-17"
  policy_id = "lists \"of\" <all> & more"
  statement {
    sid           = "Lists"
    effect        = "Deny"
    not_actions   = ["s3:Put*", "s3:Get*", "S3:List*", "s3:Get*"]
    not_resources = ["arn:aws:s3:::b/*", "arn:aws:s3:::b", "arn:aws:s3:::a/é", "arn:aws:s3:::a/~"]
  }
}

data "aws_iam_policy_document" "variables" {
  statement {
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::b/&{aws:username}/*", "arn:aws:s3:::b/%&{aws:username}"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111111111111:root", "&{aws:userid}", "%", "222222222222"]
    }
    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = ["", "home/", "home/&{aws:username}/"]
    }
  }
}

data "aws_iam_policy_document" "principals" {
  statement {
    actions   = ["sts:AssumeRole"]
    resources = []
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    principals {
      type        = "Federated"
      identifiers = []
    }
  }
  statement {
    actions = ["s3:*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
  statement {
    actions = ["s3:*"]
    principals {
      type        = "*"
      identifiers = ["a", "b"]
    }
  }
  statement {
    actions = ["s3:*"]
    not_principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "conditions" {
  statement {
    actions = ["s3:*"]
    condition {
      test     = "StringEquals"
      variable = "b"
      values   = ["2", "1"]
    }
    condition {
      test     = "StringEquals"
      variable = "a"
      values   = ["1"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = [false]
    }
    condition {
      test     = "NumericLessThan"
      variable = "s3:TlsVersion"
      values   = [1.2]
    }
    condition {
      test     = "StringNotEquals"
      variable = "none"
      values   = []
    }
  }
}

# The order of two blocks of a kind is the provider's own.
data "aws_iam_policy_document" "twice" {
  statement {
    actions = ["s3:*"]
    principals {
      type        = "AWS"
      identifiers = ["111111111111"]
    }
    principals {
      type        = "AWS"
      identifiers = ["333333333333", "222222222222"]
    }
    condition {
      test     = "StringEquals"
      variable = "a"
      values   = ["1"]
    }
    condition {
      test     = "StringEquals"
      variable = "a"
      values   = ["2", "3"]
    }
  }
}

data "aws_iam_policy_document" "merged" {
  source_policy_documents = [
    data.aws_iam_policy_document.lists.json,
    jsonencode({
      Id = "source"
      Statement = [
        { Sid = "Replaced", Effect = "Allow", Action = ["s3:*"], Resource = "*" },
        {
          Sid       = "Kept"
          Effect    = "Allow"
          Principal = { Service = ["b", "c", "a"], AWS = "*" }
          Condition = { StringEquals = { b = ["2", "1"], a = ["1"] }, Bool = { "aws:SecureTransport" = false } }
        },
        { Effect = "Deny", Principal = "*", NotAction = ["s3:Get*", "s3:Put*"] },
      ]
    }),
  ]
  statement {
    sid       = "Replaced"
    actions   = ["s3:Own"]
    resources = ["*"]
  }
  statement {
    sid       = "Overridden"
    actions   = ["s3:Own"]
    resources = ["*"]
  }
  override_policy_documents = [
    jsonencode({
      Version   = "2008-10-17"
      Statement = [{ Sid = "Overridden", Effect = "Deny", Action = "s3:*", Resource = [] }, { Sid = "Added", Effect = "Deny" }]
    }),
  ]
}

# --- read during the apply

resource "aws_s3_bucket" "site" {
  bucket_prefix = "site-"
}

data "aws_iam_policy_document" "tls" {
  statement {
    sid       = aws_s3_bucket.site.id
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["${aws_s3_bucket.site.arn}/*", aws_s3_bucket.site.arn]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket" "policy" {
  for_each      = toset(["itself", "same", "allows", "objects", "shortened", "waiting", "decoded"])
  bucket_prefix = each.key
}

# As it is.
resource "aws_s3_bucket_policy" "itself" {
  bucket = aws_s3_bucket.policy["itself"].id
  policy = data.aws_iam_policy_document.tls.json
}

# Rewritten to what it says already.
resource "aws_s3_bucket_policy" "same" {
  bucket = aws_s3_bucket.policy["same"].id
  policy = replace(data.aws_iam_policy_document.tls.json, "\"Deny\"", "\"Deny\"")
}

# A denial becomes a permission.
resource "aws_s3_bucket_policy" "allows" {
  bucket = aws_s3_bucket.policy["allows"].id
  policy = replace(data.aws_iam_policy_document.tls.minified_json, "\"Effect\":\"Deny\"", "\"Effect\":\"Allow\"")
}

# Of the objects nothing is left.
resource "aws_s3_bucket_policy" "objects" {
  bucket = aws_s3_bucket.policy["objects"].id
  policy = replace(data.aws_iam_policy_document.tls.json, "\"s3:*\"", "\"s3:GetObject\"")
}

# What is left cannot be known: the pattern may stand in the name of the bucket.
resource "aws_s3_bucket_policy" "shortened" {
  bucket = aws_s3_bucket.policy["shortened"].id
  policy = replace(data.aws_iam_policy_document.tls.json, "/D[e]ny/", "Allow")
}

# Nothing of it depends on the bucket, but it waits for it.
data "aws_iam_policy_document" "waiting" {
  depends_on = [aws_s3_bucket.site]
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "waiting" {
  bucket = aws_s3_bucket.policy["waiting"].id
  policy = data.aws_iam_policy_document.waiting.json
}

resource "aws_s3_bucket_policy" "decoded" {
  bucket = aws_s3_bucket.policy["decoded"].id
  policy = jsonencode(jsondecode(data.aws_iam_policy_document.waiting.json))
}

# What the module refuses.

mock_provider "aws" {}

run "a_name_in_upper_case" {
  command = plan
  variables {
    name        = "Files"
    kms_key_arn = "alias/files"
  }
  expect_failures = [var.name, var.kms_key_arn]
}

run "a_reader_that_is_no_distribution" {
  command = plan
  variables {
    distribution_arns = { everybody = "*" }
  }
  expect_failures = [var.distribution_arns]
}

run "an_account_of_any_name" {
  command = plan
  variables {
    reader_account = "*"
    log_account    = "*"
  }
  expect_failures = [var.reader_account, var.log_account]
}

run "a_log_source_that_is_none" {
  command = plan
  variables {
    log_source_arns = { everybody = "*" }
  }
  expect_failures = [var.log_source_arns]
}

run "objects_that_expire_at_once" {
  command = plan
  variables {
    expire_days = 0
  }
  expect_failures = [var.expire_days]
}

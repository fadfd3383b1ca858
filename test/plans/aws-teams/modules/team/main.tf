# What a team runs behind its endpoints: networks, machines, permissions, queues, alarms.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "name" {
  type = string
}

variable "environment" {
  type = string
}

locals {
  services = toset(["billing", "search"])
  tags = {
    Team        = var.name
    Environment = var.environment
    ManagedBy   = "terraform"
    CostCentre  = "cc-${var.name}"
  }
}

resource "aws_vpc" "this" {
  cidr_block           = "10.20.0.0/16"
  enable_dns_hostnames = true
  tags                 = merge(local.tags, { Name = var.name })
}

resource "aws_subnet" "private" {
  for_each          = { a = 0, b = 1, c = 2 }
  vpc_id            = aws_vpc.this.id
  cidr_block        = cidrsubnet("10.20.0.0/16", 4, each.value)
  availability_zone = "eu-west-1${each.key}"
  tags              = merge(local.tags, { Name = "${var.name}-private-${each.key}" })
}

resource "aws_security_group" "service" {
  for_each    = local.services
  name        = "${var.name}-${each.key}"
  description = "Traffic of ${each.key}"
  vpc_id      = aws_vpc.this.id
  tags        = local.tags

  dynamic "ingress" {
    for_each = { https = 443, metrics = 9100, health = 8081 }
    content {
      description = ingress.key
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["10.0.0.0/8", "172.16.0.0/12"]
    }
  }

  egress {
    description = "everything"
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com", "lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "service" {
  for_each = local.services

  statement {
    sid       = "ReadSecrets"
    actions   = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
    resources = ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:${var.name}/${each.key}/*"]
  }
  statement {
    sid       = "UseQueues"
    actions   = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = ["arn:aws:sqs:eu-west-1:123456789012:${var.name}-${each.key}*"]
  }
  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["arn:aws:logs:eu-west-1:123456789012:log-group:/${var.environment}/${var.name}/${each.key}:*"]
  }
}

resource "aws_iam_role" "service" {
  for_each             = local.services
  name                 = "${var.name}-${each.key}"
  assume_role_policy   = data.aws_iam_policy_document.assume.json
  max_session_duration = 3600
  tags                 = local.tags
}

resource "aws_iam_policy" "service" {
  for_each    = local.services
  name        = "${var.name}-${each.key}"
  description = "What ${each.key} may do"
  policy      = data.aws_iam_policy_document.service[each.key].json
  tags        = local.tags
}

resource "aws_iam_role_policy_attachment" "service" {
  for_each   = local.services
  role       = aws_iam_role.service[each.key].name
  policy_arn = aws_iam_policy.service[each.key].arn
}

resource "aws_launch_template" "service" {
  for_each               = local.services
  name                   = "${var.name}-${each.key}"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "m7g.large"
  vpc_security_group_ids = [aws_security_group.service[each.key].id]
  tags                   = local.tags

  user_data = base64encode(join("\n", concat(
    ["#!/bin/bash", "set -euo pipefail", "hostnamectl set-hostname ${var.name}-${each.key}"],
    [for step in range(40) : "install -D -m 0644 /opt/bootstrap/${each.key}/step-${step}.conf /etc/${var.name}/conf.d/${step}.conf"],
  )))
}

resource "aws_instance" "worker" {
  count                  = 2
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "m7g.large"
  subnet_id              = aws_subnet.private["a"].id
  vpc_security_group_ids = [for one in aws_security_group.service : one.id]
  tags                   = merge(local.tags, { Name = "${var.name}-worker-${count.index}" })

  root_block_device {
    encrypted   = true
    volume_size = 40
    volume_type = "gp3"
  }
}

resource "aws_ecs_task_definition" "service" {
  for_each                 = local.services
  family                   = "${var.name}-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.service[each.key].arn
  tags                     = local.tags

  container_definitions = jsonencode([
    {
      name         = each.key
      image        = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/${var.name}/${each.key}:2026.11.1"
      essential    = true
      portMappings = [{ containerPort = 8080, protocol = "tcp" }]
      environment = [
        for setting in ["LOG_LEVEL", "REGION", "FEATURE_FLAGS", "CACHE_TTL", "POOL_SIZE", "TIMEOUT_MS", "RETRIES", "TRACE_RATIO"] :
        { name = setting, value = "${each.key}-${lower(setting)}" }
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options   = { "awslogs-group" = "/${var.environment}/${var.name}/${each.key}", "awslogs-region" = "eu-west-1" }
      }
    },
  ])
}

resource "aws_cloudwatch_log_group" "service" {
  for_each          = local.services
  name              = "/${var.environment}/${var.name}/${each.key}"
  retention_in_days = 30
  tags              = local.tags
}

resource "aws_sqs_queue" "service" {
  for_each                   = local.services
  name                       = "${var.name}-${each.key}"
  visibility_timeout_seconds = 120
  message_retention_seconds  = 1209600
  sqs_managed_sse_enabled    = true
  tags                       = local.tags
}

resource "aws_cloudwatch_metric_alarm" "backlog" {
  for_each            = local.services
  alarm_name          = "${var.name}-${each.key}-backlog"
  alarm_description   = "The queue of ${each.key} grows faster than it is worked off"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 5
  metric_name         = "ApproximateAgeOfOldestMessage"
  namespace           = "AWS/SQS"
  period              = 60
  statistic           = "Maximum"
  threshold           = 600
  dimensions          = { QueueName = aws_sqs_queue.service[each.key].name }
  tags                = local.tags
}

# A role by which Plumbline reads a billing export on S3, asks Cost Explorer, reads metrics of CloudWatch, or several of
# these. It can change nothing.

terraform {
  required_version = ">= 1.3"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "backstage_principal" {
  description = "ARN of the IAM role or user that Backstage runs as."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:iam::\\d{12}:(role|user)/.+$", var.backstage_principal))
    error_message = "Give the ARN of an IAM role or user."
  }
}

variable "external_id" {
  description = "Random text that only this portal knows; also aws.accounts[].externalId in app-config.yaml."
  type        = string
  sensitive   = true

  validation {
    condition     = length(var.external_id) >= 16
    error_message = "Give at least 16 characters."
  }
}

variable "role_name" {
  type    = string
  default = "plumbline-cost-reader"
}

variable "export_bucket" {
  description = "Bucket of the billing export; empty where there is none."
  type        = string
  default     = ""
}

variable "export_prefix" {
  description = "Where the export begins in the bucket, without slashes at its ends; empty for the whole bucket."
  type        = string
  default     = ""
}

variable "export_kms_key" {
  description = "ARN of the KMS key that the bucket is encrypted with; empty where it is S3's own."
  type        = string
  default     = ""
}

variable "cost_explorer" {
  description = "Whether Plumbline may ask Cost Explorer, for $0.01 a page."
  type        = bool
  default     = false
}

variable "cloudwatch" {
  description = "Whether Plumbline may read metrics of CloudWatch, for $0.01 for each 1,000."
  type        = bool
  default     = false
}

data "aws_partition" "current" {}

locals {
  bucket_arn = "arn:${data.aws_partition.current.partition}:s3:::${var.export_bucket}"
  objects    = var.export_prefix == "" ? "*" : "${var.export_prefix}/*"
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = [var.backstage_principal]
    }

    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [var.external_id]
    }
  }
}

data "aws_iam_policy_document" "read" {
  dynamic "statement" {
    for_each = var.export_bucket == "" ? [] : [1]

    content {
      sid       = "ListExport"
      actions   = ["s3:ListBucket"]
      resources = [local.bucket_arn]

      condition {
        test     = "StringLike"
        variable = "s3:prefix"
        values   = [local.objects]
      }
    }
  }

  dynamic "statement" {
    for_each = var.export_bucket == "" ? [] : [1]

    content {
      sid       = "ReadExport"
      actions   = ["s3:GetObject"]
      resources = ["${local.bucket_arn}/${local.objects}"]
    }
  }

  dynamic "statement" {
    for_each = var.export_bucket == "" || var.export_kms_key == "" ? [] : [1]

    content {
      sid       = "DecryptExport"
      actions   = ["kms:Decrypt"]
      resources = [var.export_kms_key]
    }
  }

  dynamic "statement" {
    for_each = var.cost_explorer ? [1] : []

    content {
      sid = "AskCostExplorer"
      actions = [
        "ce:GetCostAndUsage",
        "ce:GetTags",
        "ce:GetCostCategories",
      ]
      # Cost Explorer has no finer resources.
      resources = ["*"]
    }
  }

  dynamic "statement" {
    for_each = var.cloudwatch ? [1] : []

    content {
      sid     = "ReadMetrics"
      actions = ["cloudwatch:GetMetricData"]
      # CloudWatch has no finer resources for it.
      resources = ["*"]
    }
  }
}

resource "aws_iam_role" "plumbline" {
  name               = var.role_name
  description        = "Plumbline reads what this account's cloud costs"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "plumbline" {
  name   = "read-costs"
  role   = aws_iam_role.plumbline.id
  policy = data.aws_iam_policy_document.read.json

  lifecycle {
    precondition {
      condition     = var.export_bucket != "" || var.cost_explorer || var.cloudwatch
      error_message = "Name an export bucket, or allow Cost Explorer or CloudWatch."
    }
  }
}

output "role_arn" {
  description = "What Backstage's own principal needs sts:AssumeRole on."
  value       = aws_iam_role.plumbline.arn
}

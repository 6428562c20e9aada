import { Files, lines } from '../text';
import { formatHcl } from './formatHcl';

/** The S3 endpoint's tie to the private route table; without it S3 is reached through the NAT gateway. */
export const s3EndpointAssociation = lines(
  'resource "aws_vpc_endpoint_route_table_association" "s3_private" {',
  '  route_table_id = aws_route_table.private.id',
  '  vpc_endpoint_id = aws_vpc_endpoint.s3.id',
  '}',
);

/** What stands around the NAT gateways in the network's stack. */
export const networkPreamble = [
  lines(
    'locals {',
    '  subnets = {',
    '    public-a = { cidr = "10.40.0.0/24", zone = "a", tier = "public" }',
    '    public-b = { cidr = "10.40.1.0/24", zone = "b", tier = "public" }',
    '    private-a = { cidr = "10.40.16.0/20", zone = "a", tier = "private" }',
    '    private-b = { cidr = "10.40.32.0/20", zone = "b", tier = "private" }',
    '  }',
    '}',
  ),
  lines(
    'resource "aws_vpc" "this" {',
    '  cidr_block = "10.40.0.0/16"',
    '  enable_dns_hostnames = true',
    '',
    '  tags = merge(local.tags, { Name = "larkspur-${var.environment}" })',
    '}',
  ),
  lines(
    'resource "aws_subnet" "this" {',
    '  for_each = local.subnets',
    '',
    '  vpc_id = aws_vpc.this.id',
    '  cidr_block = each.value.cidr',
    '  availability_zone = "${var.region}${each.value.zone}"',
    '',
    '  tags = merge(local.tags, {',
    '    Name = each.key',
    '    Tier = each.value.tier',
    '  })',
    '}',
  ),
  lines(
    'resource "aws_route_table" "private" {',
    '  vpc_id = aws_vpc.this.id',
    '',
    '  route {',
    '    cidr_block = "0.0.0.0/0"',
    '    nat_gateway_id = aws_nat_gateway.shared_nat.id',
    '  }',
    '',
    '  tags = local.tags',
    '}',
  ),
  lines(
    'resource "aws_route_table_association" "private" {',
    '  for_each = { for name, subnet in local.subnets : name => subnet if subnet.tier == "private" }',
    '',
    '  subnet_id = aws_subnet.this[each.key].id',
    '  route_table_id = aws_route_table.private.id',
    '}',
  ),
  lines(
    'resource "aws_vpc_endpoint" "s3" {',
    '  vpc_id = aws_vpc.this.id',
    '  service_name = "com.amazonaws.${var.region}.s3"',
    '}',
  ),
  s3EndpointAssociation,
  lines(
    '# The second region was set up by hand; only its way out is ours.',
    'provider "aws" {',
    '  alias = "us"',
    '  region = "us-east-1"',
    '}',
  ),
  lines(
    'data "aws_subnet" "us_public_a" {',
    '  provider = aws.us',
    '',
    '  tags = {',
    '    Name = "public-a"',
    '  }',
    '}',
  ),
].join('\n');

/** A module that makes the role of a function. */
export function lambdaRoleModule(): Files {
  const files: Files = {
    'main.tf': [
      lines(
        'data "aws_iam_policy_document" "assume" {',
        '  statement {',
        '    actions = ["sts:AssumeRole"]',
        '',
        '    principals {',
        '      type = "Service"',
        '      identifiers = ["lambda.amazonaws.com"]',
        '    }',
        '  }',
        '}',
      ),
      lines(
        'resource "aws_iam_role" "this" {',
        '  name = var.name',
        '  assume_role_policy = data.aws_iam_policy_document.assume.json',
        '',
        '  tags = var.tags',
        '}',
      ),
      lines(
        'resource "aws_iam_role_policy_attachment" "this" {',
        '  for_each = toset(concat(["AWSLambdaBasicExecutionRole"], var.policies))',
        '',
        '  role = aws_iam_role.this.name',
        '  policy_arn = "arn:aws:iam::aws:policy/service-role/${each.value}"',
        '}',
      ),
    ].join('\n'),
    'variables.tf': [
      lines(
        'variable "name" {',
        '  type = string',
        '  description = "Name of the function"',
        '}',
      ),
      lines(
        'variable "policies" {',
        '  type = list(string)',
        '  description = "Managed policies beyond writing logs"',
        '  default = []',
        '}',
      ),
      lines(
        'variable "tags" {',
        '  type = map(string)',
        '  description = "Tags of the role"',
        '  default = {}',
        '}',
      ),
    ].join('\n'),
    'outputs.tf': lines(
      'output "arn" {',
      '  description = "ARN of the role"',
      '  value = aws_iam_role.this.arn',
      '}',
    ),
  };
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, formatHcl(text)]),
  );
}

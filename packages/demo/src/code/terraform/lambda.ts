import { DeclaredResource, OfKind } from '../declarations';
import { indent, lines } from '../text';
import { memoryFormOf, writeMemory } from './forms';
import { tagsOf } from './tags';

/** What the Terraform code around a function offers it. */
export interface StackContext {
  /** Team that most of the stack's resources belong to. */
  team: string;
  /** Path to the module that makes a function's role; undefined makes the role in place. */
  roleModule?: string;
}

const networkData = lines(
  '# The network belongs to larkspur/infrastructure, stacks/network.',
  'data "aws_subnets" "private" {',
  '  tags = {',
  '    Tier = "private"',
  '  }',
  '}',
  '',
  'data "aws_security_group" "egress" {',
  '  name = "egress-${var.environment}"',
  '}',
);

/** The function, its role and its alarms. */
export function lambdaBlocks(
  resource: OfKind<'lambda-function'>,
  context: StackContext,
): string[] {
  const { configuration, label, nameTemplate } = resource;
  const service = serviceOf(resource);
  const memory = writeMemory(
    memoryFormOf(service),
    configuration.memoryMb,
    resource.environments,
  );
  const vpc = [
    '',
    'vpc_config {',
    '  subnet_ids = data.aws_subnets.private.ids',
    '  security_group_ids = [data.aws_security_group.egress.id]',
    '}',
  ].join('\n');
  const body = lines(
    `function_name = "${nameTemplate}"`,
    `role = ${
      context.roleModule ? 'module.role.arn' : 'aws_iam_role.function.arn'
    }`,
    `s3_bucket = "larkspur-artifacts-\${var.region}"`,
    `s3_key = "${service}/\${var.revision}.zip"`,
    '',
    `runtime = "${configuration.runtime}"`,
    `handler = "${configuration.handler}"`,
    `architectures = ["${configuration.architecture}"]`,
    memory.value && `memory_size = ${memory.value}`,
    `timeout = ${configuration.timeoutSeconds}`,
    '',
    'environment {',
    '  variables = {',
    `    LOG_LEVEL = "${configuration.logLevel}"`,
    '    STAGE = var.environment',
    '  }',
    '}',
    configuration.inVpc ? vpc : undefined,
    '',
    tagsOf(resource, context.team),
  );
  return [
    roleBlock(resource, context),
    lines(
      `resource "aws_lambda_function" "${label}" {`,
      indent(body.trimEnd(), 2),
      '}',
    ),
    ...(configuration.inVpc ? [networkData] : []),
    ...(configuration.memoryMb >= 1024 ? [alarms(label)] : []),
    ...(service === 'legacy-importer' ? [provisionedConcurrency(label)] : []),
  ];
}

/** The function's log group. */
export function logGroupBlock(
  resource: OfKind<'log-group'>,
  { team }: StackContext,
): string {
  return lines(
    `resource "aws_cloudwatch_log_group" "${resource.label}" {`,
    `  name = "${resource.nameTemplate}"`,
    `  retention_in_days = ${resource.configuration.retentionDays}`,
    '',
    indent(tagsOf(resource, team) ?? '', 2),
    '}',
  );
}

/** The service that a resource's code is named after. */
export function serviceOf(resource: DeclaredResource): string {
  return resource.tags.service ?? resource.label.replace(/_/g, '-');
}

function roleBlock(resource: DeclaredResource, context: StackContext): string {
  return context.roleModule
    ? lines(
        'module "role" {',
        `  source = "${context.roleModule}"`,
        '',
        `  name = "${resource.nameTemplate}"`,
        '  tags = local.tags',
        '}',
      )
    : lines(
        'resource "aws_iam_role" "function" {',
        `  name = "${resource.nameTemplate}"`,
        '',
        '  assume_role_policy = jsonencode({',
        '    Version = "2012-10-17"',
        '    Statement = [{',
        '      Effect = "Allow"',
        '      Action = "sts:AssumeRole"',
        '      Principal = { Service = "lambda.amazonaws.com" }',
        '    }]',
        '  })',
        '}',
      );
}

function alarms(label: string): string {
  return lines(
    'resource "aws_cloudwatch_metric_alarm" "this" {',
    '  for_each = {',
    '    Errors = 5',
    '    Throttles = 1',
    '  }',
    '',
    `  alarm_name = "\${aws_lambda_function.${label}.function_name}-\${lower(each.key)}"`,
    '  namespace = "AWS/Lambda"',
    '  metric_name = each.key',
    '  statistic = "Sum"',
    '  comparison_operator = "GreaterThanOrEqualToThreshold"',
    '  threshold = each.value',
    '  period = 300',
    '  evaluation_periods = 2',
    '',
    '  dimensions = {',
    `    FunctionName = aws_lambda_function.${label}.function_name`,
    '  }',
    '}',
  );
}

function provisionedConcurrency(label: string): string {
  return lines(
    'resource "aws_lambda_alias" "live" {',
    '  name = "live"',
    `  function_name = aws_lambda_function.${label}.function_name`,
    '  function_version = "$LATEST"',
    '}',
    '',
    '# The night import must not start cold.',
    'resource "aws_lambda_provisioned_concurrency_config" "live" {',
    '  count = var.environment == "prod" ? 1 : 0',
    '',
    `  function_name = aws_lambda_function.${label}.function_name`,
    '  qualifier = aws_lambda_alias.live.name',
    '  provisioned_concurrent_executions = 5',
    '}',
  );
}

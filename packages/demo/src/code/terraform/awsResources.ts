import { DeclaredResource, isOfKind, OfKind } from '../declarations';
import { indent, lines } from '../text';
import { lambdaBlocks, logGroupBlock, serviceOf, StackContext } from './lambda';
import { tagsOf } from './tags';

/** The Terraform blocks of one AWS resource, the declared one among them. */
export function awsBlocks(
  resource: DeclaredResource,
  context: StackContext,
): string[] {
  const tags = indent(tagsOf(resource, context.team) ?? '', 2);
  if (isOfKind(resource, 'lambda-function')) {
    return lambdaBlocks(resource, context);
  }
  if (isOfKind(resource, 'log-group')) {
    return [logGroupBlock(resource, context)];
  }
  if (isOfKind(resource, 'dynamodb-table')) {
    return [table(resource, tags)];
  }
  if (isOfKind(resource, 'http-api')) {
    return httpApi(resource, tags);
  }
  if (isOfKind(resource, 'sqs-queue')) {
    return queue(resource, tags);
  }
  if (isOfKind(resource, 's3-bucket')) {
    return bucket(resource, tags);
  }
  if (isOfKind(resource, 'state-machine')) {
    return stateMachine(resource, tags);
  }
  if (isOfKind(resource, 'nat-gateway')) {
    return natGateway(resource, context);
  }
  throw new Error(
    `There is no Terraform code for ${resource.address}, a ${resource.configuration.kind}`,
  );
}

function table(resource: OfKind<'dynamodb-table'>, tags: string): string {
  const { configuration: table_, label } = resource;
  const keys = [table_.hashKey, table_.rangeKey].filter(
    key => key !== undefined,
  );
  return lines(
    `resource "aws_dynamodb_table" "${label}" {`,
    `  name = "${resource.nameTemplate}"`,
    `  billing_mode = "${
      table_.mode === 'on-demand' ? 'PAY_PER_REQUEST' : 'PROVISIONED'
    }"`,
    table_.readCapacity === undefined
      ? undefined
      : `  read_capacity = ${table_.readCapacity}`,
    table_.writeCapacity === undefined
      ? undefined
      : `  write_capacity = ${table_.writeCapacity}`,
    `  hash_key = "${table_.hashKey}"`,
    table_.rangeKey && `  range_key = "${table_.rangeKey}"`,
    ...keys.flatMap(key => [
      '',
      '  attribute {',
      `    name = "${key}"`,
      '    type = "S"',
      '  }',
    ]),
    '',
    '  point_in_time_recovery {',
    `    enabled = ${table_.pointInTimeRecovery}`,
    '  }',
    '',
    '  server_side_encryption {',
    '    enabled = true',
    '  }',
    '',
    tags,
    '}',
  );
}

function httpApi(resource: OfKind<'http-api'>, tags: string): string[] {
  const { label, nameTemplate, configuration } = resource;
  return [
    lines(
      `resource "aws_apigatewayv2_api" "${label}" {`,
      `  name = "${nameTemplate}"`,
      '  protocol_type = "HTTP"',
      '',
      '  cors_configuration {',
      '    allow_origins = ["https://www.larkspur.example"]',
      '    allow_methods = ["GET", "POST", "PUT", "DELETE"]',
      '    max_age = 3600',
      '  }',
      '',
      tags,
      '}',
    ),
    lines(
      'resource "aws_apigatewayv2_stage" "default" {',
      `  api_id = aws_apigatewayv2_api.${label}.id`,
      '  name = "$default"',
      '  auto_deploy = true',
      '',
      '  default_route_settings {',
      `    throttling_rate_limit = ${configuration.throttleRequestsPerSecond}`,
      `    throttling_burst_limit = ${
        configuration.throttleRequestsPerSecond / 2
      }`,
      '  }',
      '}',
    ),
  ];
}

function queue(resource: OfKind<'sqs-queue'>, tags: string): string[] {
  const { label, nameTemplate, configuration } = resource;
  return [
    lines(
      `resource "aws_sqs_queue" "${label}" {`,
      `  name = "${nameTemplate}"`,
      `  visibility_timeout_seconds = ${configuration.visibilityTimeoutSeconds}`,
      `  message_retention_seconds = ${configuration.retentionSeconds}`,
      '  receive_wait_time_seconds = 20',
      '',
      '  redrive_policy = jsonencode({',
      `    deadLetterTargetArn = aws_sqs_queue.${label}_dead.arn`,
      `    maxReceiveCount = ${configuration.maxReceiveCount}`,
      '  })',
      '',
      tags,
      '}',
    ),
    lines(
      `resource "aws_sqs_queue" "${label}_dead" {`,
      `  name = "${nameTemplate}-dead"`,
      '  message_retention_seconds = 1209600',
      '}',
    ),
  ];
}

function bucket(resource: OfKind<'s3-bucket'>, tags: string): string[] {
  const { label, nameTemplate, configuration } = resource;
  const lifecycle = lines(
    `resource "aws_s3_bucket_lifecycle_configuration" "${label}" {`,
    `  bucket = aws_s3_bucket.${label}.id`,
    '',
    '  rule {',
    '    id = "colder"',
    '    status = "Enabled"',
    '',
    '    filter {}',
    '',
    '    transition {',
    `      days = ${configuration.transitionDays}`,
    '      storage_class = "STANDARD_IA"',
    '    }',
    '  }',
    '}',
  );
  return [
    lines(
      `resource "aws_s3_bucket" "${label}" {`,
      `  bucket = "${nameTemplate}"`,
      tags ? `\n${tags}` : undefined,
      '}',
    ),
    lines(
      `resource "aws_s3_bucket_versioning" "${label}" {`,
      `  bucket = aws_s3_bucket.${label}.id`,
      '',
      '  versioning_configuration {',
      `    status = "${configuration.versioning ? 'Enabled' : 'Suspended'}"`,
      '  }',
      '}',
    ),
    lines(
      `resource "aws_s3_bucket_public_access_block" "${label}" {`,
      `  bucket = aws_s3_bucket.${label}.id`,
      '  block_public_acls = true',
      '  block_public_policy = true',
      '  ignore_public_acls = true',
      '  restrict_public_buckets = true',
      '}',
    ),
    ...(configuration.transitionDays ? [lifecycle] : []),
  ];
}

function stateMachine(
  resource: OfKind<'state-machine'>,
  tags: string,
): string[] {
  const { label, nameTemplate, configuration } = resource;
  const arn = (name: string) =>
    `arn:aws:lambda:\${var.region}:\${data.aws_caller_identity.current.account_id}:function:${name}-\${var.environment}`;
  const states = configuration.calls.map((name, index) => {
    const next = configuration.calls[index + 1];
    return lines(
      `"${name}" = {`,
      '  Type = "Task"',
      `  Resource = "${arn(name)}"`,
      next ? `  Next = "${next}"` : '  End = true',
      '}',
    ).trimEnd();
  });
  return [
    'data "aws_caller_identity" "current" {}\n',
    lines(
      `resource "aws_sfn_state_machine" "${label}" {`,
      `  name = "${nameTemplate}"`,
      `  type = "${configuration.type}"`,
      `  role_arn = "arn:aws:iam::\${data.aws_caller_identity.current.account_id}:role/${serviceOf(
        resource,
      )}"`,
      '',
      '  definition = jsonencode({',
      `    StartAt = "${configuration.calls[0]}"`,
      '    States = {',
      indent(states.join('\n'), 6),
      '    }',
      '  })',
      '',
      tags,
      '}',
    ),
  ];
}

function natGateway(
  resource: OfKind<'nat-gateway'>,
  { team }: StackContext,
): string[] {
  const { label, nameTemplate, configuration } = resource;
  const second = label.endsWith('_us');
  const provider = second ? '  provider = aws.us' : undefined;
  const tags = tagsOf(resource, team)?.replace(
    '{\n',
    `{\n  Name = "${nameTemplate}"\n`,
  );
  return [
    lines(`resource "aws_eip" "${label}" {`, provider, '  domain = "vpc"', '}'),
    lines(
      `resource "aws_nat_gateway" "${label}" {`,
      provider,
      `  allocation_id = aws_eip.${label}.id`,
      second
        ? '  subnet_id = data.aws_subnet.us_public_a.id'
        : `  subnet_id = aws_subnet.this["${configuration.subnet}"].id`,
      '',
      indent(tags ?? '', 2),
      '}',
    ),
  ];
}

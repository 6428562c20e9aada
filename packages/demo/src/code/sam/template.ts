import { DeclaredResource, isOfKind, OfKind } from '../declarations';
import { Files, indent, lines } from '../text';

/** How a function's memory is written down in a template. */
export type SamMemoryForm =
  /** On the function. */
  | 'literal'
  /** Under Globals, for all functions. */
  | 'globals'
  /** A parameter with a default. */
  | 'parameter';

const forms: Record<string, SamMemoryForm> = {
  'payments-webhooks': 'globals',
  'order-events': 'parameter',
};

/** A SAM template and the configuration of its command line. */
export function samFiles(
  service: string,
  resources: readonly DeclaredResource[],
): Files {
  const lambda = resources.find(each => isOfKind(each, 'lambda-function'));
  if (!lambda || !isOfKind(lambda, 'lambda-function')) {
    throw new Error(`The template of ${service} has no function`);
  }
  const form = forms[service] ?? 'literal';
  return {
    'template.yaml': template(service, lambda, resources, form),
    'samconfig.toml': samconfig(service, lambda, form),
  };
}

function template(
  service: string,
  lambda: OfKind<'lambda-function'>,
  resources: readonly DeclaredResource[],
  form: SamMemoryForm,
): string {
  const { configuration } = lambda;
  return lines(
    "AWSTemplateFormatVersion: '2010-09-09'",
    'Transform: AWS::Serverless-2016-10-31',
    `Description: ${service}`,
    '',
    'Parameters:',
    '  Environment:',
    '    Type: String',
    '    AllowedValues: [dev, stage, prod]',
    ...(form === 'parameter'
      ? [
          '  MemorySize:',
          '    Type: Number',
          `    Default: ${configuration.memoryMb}`,
        ]
      : []),
    ...(configuration.inVpc
      ? [
          '  SubnetIds:',
          '    Type: List<AWS::EC2::Subnet::Id>',
          '  SecurityGroupIds:',
          '    Type: List<AWS::EC2::SecurityGroup::Id>',
        ]
      : []),
    '',
    'Globals:',
    '  Function:',
    `    Runtime: ${configuration.runtime}`,
    `    Architectures: [${configuration.architecture}]`,
    `    Timeout: ${configuration.timeoutSeconds}`,
    form === 'globals'
      ? `    MemorySize: ${configuration.memoryMb}`
      : undefined,
    '    Environment:',
    '      Variables:',
    `        LOG_LEVEL: ${configuration.logLevel}`,
    '        STAGE: !Ref Environment',
    '',
    'Resources:',
    indent(
      resources
        .map(resource => resourceText(resource, lambda, form))
        .join('\n\n'),
      2,
    ),
    '',
    'Outputs:',
    '  FunctionArn:',
    `    Value: !GetAtt ${lambda.address}.Arn`,
  );
}

function resourceText(
  resource: DeclaredResource,
  lambda: OfKind<'lambda-function'>,
  form: SamMemoryForm,
): string {
  if (isOfKind(resource, 'lambda-function')) {
    return functionText(resource, form);
  }
  if (isOfKind(resource, 'log-group')) {
    return lines(
      `${resource.address}:`,
      '  Type: AWS::Logs::LogGroup',
      '  Properties:',
      `    LogGroupName: !Sub /aws/lambda/\${${lambda.address}}`,
      `    RetentionInDays: ${resource.configuration.retentionDays}`,
      tagList(resource),
    ).trimEnd();
  }
  if (isOfKind(resource, 'dynamodb-table')) {
    return tableText(resource);
  }
  if (isOfKind(resource, 'http-api')) {
    return lines(
      `${resource.address}:`,
      '  Type: AWS::Serverless::HttpApi',
      '  Properties:',
      `    Name: !Sub ${subName(resource)}`,
      '    DefaultRouteSettings:',
      `      ThrottlingRateLimit: ${resource.configuration.throttleRequestsPerSecond}`,
      `      ThrottlingBurstLimit: ${
        resource.configuration.throttleRequestsPerSecond / 2
      }`,
      '    Tags:',
      indent(tagMap(resource), 6),
    ).trimEnd();
  }
  throw new Error(
    `There is no SAM code for ${resource.address}, a ${resource.configuration.kind}`,
  );
}

function functionText(
  resource: OfKind<'lambda-function'>,
  form: SamMemoryForm,
): string {
  const { configuration } = resource;
  return lines(
    `${resource.address}:`,
    '  Type: AWS::Serverless::Function',
    ...(configuration.runtime.startsWith('nodejs')
      ? [
          '  Metadata:',
          '    BuildMethod: esbuild',
          '    BuildProperties:',
          '      Minify: true',
          '      EntryPoints: [src/index.ts]',
        ]
      : []),
    '  Properties:',
    `    FunctionName: !Sub ${subName(resource)}`,
    `    Handler: ${configuration.handler}`,
    form === 'literal'
      ? `    MemorySize: ${configuration.memoryMb}`
      : undefined,
    form === 'parameter' ? '    MemorySize: !Ref MemorySize' : undefined,
    ...(configuration.inVpc
      ? [
          '    VpcConfig:',
          '      SubnetIds: !Ref SubnetIds',
          '      SecurityGroupIds: !Ref SecurityGroupIds',
        ]
      : []),
    '    Tags:',
    indent(tagMap(resource), 6),
  ).trimEnd();
}

function tableText(resource: OfKind<'dynamodb-table'>): string {
  const { configuration } = resource;
  const keys = [
    [configuration.hashKey, 'HASH'],
    [configuration.rangeKey, 'RANGE'],
  ].filter(([name]) => name !== undefined);
  return lines(
    `${resource.address}:`,
    '  Type: AWS::DynamoDB::Table',
    '  # The payments of seven years; never to be dropped with the stack.',
    '  DeletionPolicy: Retain',
    '  UpdateReplacePolicy: Retain',
    '  Properties:',
    `    TableName: !Sub ${subName(resource)}`,
    `    BillingMode: ${
      configuration.mode === 'on-demand' ? 'PAY_PER_REQUEST' : 'PROVISIONED'
    }`,
    '    AttributeDefinitions:',
    ...keys.map(
      ([name]) => `      - { AttributeName: ${name}, AttributeType: S }`,
    ),
    '    KeySchema:',
    ...keys.map(
      ([name, type]) => `      - { AttributeName: ${name}, KeyType: ${type} }`,
    ),
    '    PointInTimeRecoverySpecification:',
    `      PointInTimeRecoveryEnabled: ${configuration.pointInTimeRecovery}`,
    tagList(resource),
  ).trimEnd();
}

function subName(resource: DeclaredResource): string {
  return resource.nameTemplate.replace('${var.environment}', '${Environment}');
}

function tagsWithEnvironment(resource: DeclaredResource): [string, string][] {
  return [
    ...Object.entries(resource.tags),
    ['environment', '!Ref Environment'],
  ];
}

function tagMap(resource: DeclaredResource): string {
  return tagsWithEnvironment(resource)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n');
}

function tagList(resource: DeclaredResource): string {
  return [
    '    Tags:',
    ...tagsWithEnvironment(resource).flatMap(([key, value]) => [
      `      - Key: ${key}`,
      `        Value: ${value}`,
    ]),
  ].join('\n');
}

function samconfig(
  service: string,
  lambda: OfKind<'lambda-function'>,
  form: SamMemoryForm,
): string {
  const memory =
    form === 'parameter' ? ` MemorySize=${lambda.configuration.memoryMb}` : '';
  const sections = lambda.instances.map(({ environment, region }) =>
    lines(
      `[${environment}.deploy.parameters]`,
      `stack_name = "${service}-${environment}-${region}"`,
      `region = "${region}"`,
      'capabilities = "CAPABILITY_IAM"',
      'resolve_s3 = true',
      `parameter_overrides = "Environment=${environment}${
        environment === 'prod' ? memory : ''
      }"`,
    ),
  );
  return [lines('version = 0.1'), ...sections].join('\n');
}

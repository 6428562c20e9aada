import { DeclaredResource, isOfKind, OfKind } from '../declarations';
import { Files, indent, lines } from '../text';

/** A Pulumi YAML project and the configuration of its stacks. */
export function pulumiFiles(
  service: string,
  description: string,
  resources: readonly DeclaredResource[],
): Files {
  const lambda = resources.find(each => isOfKind(each, 'lambda-function'));
  if (!lambda || !isOfKind(lambda, 'lambda-function')) {
    throw new Error(`The Pulumi project ${service} has no function`);
  }
  const { memoryMb } = lambda.configuration;
  return {
    'Pulumi.yaml': lines(
      `name: ${service}`,
      'runtime: yaml',
      `description: ${description}`,
      '',
      'config:',
      '  environment:',
      '    type: string',
      '  memorySize:',
      '    type: integer',
      `    default: ${memoryMb}`,
      '',
      'variables:',
      '  tags:',
      `    team: ${lambda.tags.team}`,
      '    environment: ${environment}',
      '',
      'resources:',
      indent(
        [
          role(service),
          ...resources.map(resource => resourceText(resource)),
        ].join('\n\n'),
        2,
      ),
      '',
      'outputs:',
      `  functionArn: \${${lambda.address}.arn}`,
    ),
    ...Object.fromEntries(
      lambda.instances.map(({ environment, region }) => [
        `Pulumi.${service}-${environment}-${region}.yaml`,
        lines(
          'config:',
          `  aws:region: ${region}`,
          `  ${service}:environment: ${environment}`,
          environment === 'prod'
            ? `  ${service}:memorySize: ${memoryMb}`
            : undefined,
        ),
      ]),
    ),
  };
}

function role(service: string): string {
  return lines(
    `${service}-role:`,
    '  type: aws:iam:Role',
    '  properties:',
    `    name: ${service}-\${environment}`,
    '    assumeRolePolicy:',
    '      fn::toJSON:',
    "        Version: '2012-10-17'",
    '        Statement:',
    '          - Effect: Allow',
    '            Action: sts:AssumeRole',
    '            Principal:',
    '              Service: lambda.amazonaws.com',
  ).trimEnd();
}

function resourceText(resource: DeclaredResource): string {
  const name = resource.nameTemplate.replace(
    '${var.environment}',
    '${environment}',
  );
  if (isOfKind(resource, 'lambda-function')) {
    return functionText(resource, name);
  }
  if (isOfKind(resource, 'log-group')) {
    return lines(
      `${resource.address}:`,
      '  type: aws:cloudwatch:LogGroup',
      '  properties:',
      `    name: ${name}`,
      `    retentionInDays: ${resource.configuration.retentionDays}`,
      tags(resource),
    ).trimEnd();
  }
  if (isOfKind(resource, 'dynamodb-table')) {
    const { configuration } = resource;
    const keys = [configuration.hashKey, configuration.rangeKey].filter(
      key => key !== undefined,
    );
    return lines(
      `${resource.address}:`,
      '  type: aws:dynamodb:Table',
      '  properties:',
      `    name: ${name}`,
      '    billingMode: PAY_PER_REQUEST',
      `    hashKey: ${configuration.hashKey}`,
      configuration.rangeKey && `    rangeKey: ${configuration.rangeKey}`,
      '    attributes:',
      ...keys.map(key => `      - { name: ${key}, type: S }`),
      '    pointInTimeRecovery:',
      `      enabled: ${configuration.pointInTimeRecovery}`,
      tags(resource),
      '  options:',
      '    protect: true',
    ).trimEnd();
  }
  throw new Error(
    `There is no Pulumi code for ${resource.address}, a ${resource.configuration.kind}`,
  );
}

function functionText(
  resource: OfKind<'lambda-function'>,
  name: string,
): string {
  const { configuration } = resource;
  return lines(
    `${resource.address}:`,
    '  type: aws:lambda:Function',
    '  properties:',
    `    name: ${name}`,
    `    role: \${${resource.tags.service}-role.arn}`,
    `    runtime: ${configuration.runtime}`,
    `    handler: ${configuration.handler}`,
    '    memorySize: ${memorySize}',
    `    timeout: ${configuration.timeoutSeconds}`,
    '    architectures:',
    `      - ${configuration.architecture}`,
    '    code:',
    '      fn::fileArchive: ./build',
    '    environment:',
    '      variables:',
    `        LOG_LEVEL: ${configuration.logLevel}`,
    '        STAGE: ${environment}',
    tags(resource),
  ).trimEnd();
}

function tags(resource: DeclaredResource): string {
  return [
    '    tags:',
    ...Object.entries(resource.tags).map(
      ([key, value]) => `      ${key}: ${value}`,
    ),
    '      environment: ${environment}',
  ].join('\n');
}

/** What a resource's id says about it. */
export interface ResourceWords {
  /** The name that people call it by: `payments-api-prod`. */
  name: string;
  /** What it is: `Lambda function`. */
  type?: string;
}

const types: Record<string, string> = {
  'apigateway apis': 'API Gateway API',
  'apigateway restapis': 'API Gateway API',
  'dynamodb table': 'DynamoDB table',
  'ec2 instance': 'EC2 instance',
  'ec2 natgateway': 'NAT gateway',
  'ec2 volume': 'EBS volume',
  'kinesis stream': 'Kinesis stream',
  'lambda function': 'Lambda function',
  'logs log-group': 'Log group',
  'rds cluster': 'RDS cluster',
  'rds db': 'RDS database',
  s3: 'S3 bucket',
  'secretsmanager secret': 'Secret',
  sns: 'SNS topic',
  sqs: 'SQS queue',
  'states stateMachine': 'State machine',
  'cloudfunctions functions': 'Cloud Run function',
  'run services': 'Cloud Run service',
  'storage buckets': 'Cloud Storage bucket',
  'microsoft.documentdb/databaseaccounts': 'Cosmos DB account',
  'microsoft.storage/storageaccounts': 'Storage account',
  'microsoft.web/sites': 'App Service app',
};

/**
 * Reads a name and a type out of an ARN, an Azure resource id or a Google Cloud full
 * resource name. Any other id is its own name.
 */
export function describeResourceId(id: string): ResourceWords {
  if (id.startsWith('arn:')) {
    return describeArn(id);
  }
  if (id === '') {
    return { name: 'Charges without a resource' };
  }
  if (/^\/subscriptions\//i.test(id)) {
    const [, type] = id.match(/\/providers\/([^/]+\/[^/]+)\//i) ?? [];
    return {
      name: lastSegment(id),
      type: type && (types[type.toLocaleLowerCase('en-US')] ?? type),
    };
  }
  const [, service, path] = id.match(/^\/\/([^./]+)[^/]*\/(.+)$/) ?? [];
  if (service && path) {
    const [kind] = path.split('/').slice(-2);
    return {
      name: lastSegment(path),
      type: path.includes('/') ? typeOf(service, kind) : undefined,
    };
  }
  return { name: id };
}

function describeArn(arn: string): ResourceWords {
  const [, , service = '', , , ...rest] = arn.split(':');
  const resource = rest.join(':').replace(/^\//, '').replace(/:\*$/, '');
  const [, kind, name] =
    service === 's3' ? [] : resource.match(/^([^:/]+)[:/](.+)$/) ?? [];
  return {
    name: name || resource || arn,
    type: service ? typeOf(service, kind) : undefined,
  };
}

function typeOf(service: string, kind: string | undefined): string {
  const words = kind ? `${service} ${kind}` : service;
  return types[words] ?? words;
}

function lastSegment(id: string): string {
  return id.split('/').filter(Boolean).pop() ?? id;
}

/** Type, account and region as one quiet line; what is not known is left out. */
export function placeText(...parts: (string | undefined)[]): string {
  return parts
    .filter(part => part !== undefined && part !== '')
    .join(' \u00b7 ');
}

/** The name of a row or of a chart's series: an id that stands for itself is made readable. */
export function seriesLabel(series: { key: string; label: string }): string {
  const { key, label } = series;
  if (key === 'other') {
    return 'Everything else';
  }
  return label === key ? describeResourceId(key).name : label;
}

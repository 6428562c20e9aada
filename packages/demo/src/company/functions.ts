import {
  accountOf,
  euroAccount,
  primaryRegion,
  secondaryRegion,
} from './accounts';
import { ComponentFacts, componentFacts } from './componentFacts';
import { addressOf, entityTag, stackOf } from './naming';
import {
  ClaimedBy,
  CloudResource,
  CodePlace,
  Environment,
  IacEngine,
} from './types';

/** Where a component's code lies. */
export function codePlaceOf(facts: ComponentFacts): CodePlace {
  if (facts.code) {
    return facts.code;
  }
  return facts.home === 'shop'
    ? { repository: 'shop', path: `services/${facts.name}` }
    : { repository: facts.name, path: '' };
}

/** The file that declares a component's infrastructure. */
export function declarationPathOf(facts: ComponentFacts): string {
  const { path } = codePlaceOf(facts);
  switch (facts.engine) {
    case 'sam':
      return 'template.yaml';
    case 'pulumi':
      return 'Pulumi.yaml';
    default:
      return path.startsWith('stacks/')
        ? `${path}/main.tf`
        : [path, 'infra/main.tf'].filter(Boolean).join('/');
  }
}

/** Environments that a component's functions run in. */
export function environmentsOf(facts: ComponentFacts): readonly Environment[] {
  return (
    facts.lambda?.environments ??
    (facts.home === 'shop' ? ['prod', 'stage', 'dev'] : ['prod', 'stage'])
  );
}

const handlers = {
  'nodejs22.x': 'index.handler',
  'python3.13': 'app.handler',
  java21: 'shop.larkspur.Handler::handleRequest',
};

const claims: Record<string, ClaimedBy> = {
  tag: 'name',
  name: 'name',
  selector: 'tag-selector',
  arn: 'arn',
};

function functionAndLogs(
  facts: ComponentFacts,
  environment: Environment,
  region: string,
): CloudResource[] {
  const { lambda, name } = facts;
  if (!lambda) {
    return [];
  }
  const account = lambda.euro ? euroAccount : accountOf.aws[environment];
  const binding = lambda.binding ?? 'tag';
  const entityRef = `component:default/${name}`;
  const functionName = `${name}-${environment}`;
  const engine: IacEngine = facts.engine ?? 'terraform';
  const proven = binding === 'tag';
  const shared = {
    provider: 'aws' as const,
    accountId: account.id,
    region,
    environment,
    tags: {
      service: name,
      team: facts.owner,
      environment,
      ...(proven && { [entityTag]: entityRef }),
    },
    entityRef,
    // A name annotation names one region only
    claimedBy: region === primaryRegion ? claims[binding] : ('none' as const),
    proof: proven ? ('proven' as const) : ('claimed' as const),
  };
  const declared = (terraformType: string, suffix: string) => ({
    repository: codePlaceOf(facts).repository,
    path: declarationPathOf(facts),
    engine,
    address: addressOf({ engine, terraformType, name, suffix }),
    stack: stackOf(name, environment, region),
  });
  const id = `arn:aws:lambda:${region}:${account.id}:function:${functionName}`;
  const resources: CloudResource[] = [
    {
      ...shared,
      type: 'AWS::Lambda::Function',
      id,
      billedAs: id,
      name: functionName,
      declaredIn: declared('aws_lambda_function', 'Function'),
      configuration: {
        kind: 'lambda-function',
        memoryMb: lambda.memoryMb,
        timeoutSeconds: lambda.timeoutSeconds ?? 30,
        runtime: lambda.runtime ?? 'nodejs22.x',
        architecture: lambda.architecture ?? 'arm64',
        handler: handlers[lambda.runtime ?? 'nodejs22.x'],
        logLevel: lambda.logLevel ?? 'info',
        ...(lambda.provisionedConcurrency && {
          provisionedConcurrency: lambda.provisionedConcurrency,
        }),
        inVpc: lambda.inVpc ?? false,
      },
    },
  ];
  if (environment === 'prod') {
    const logGroup = `/aws/lambda/${functionName}`;
    const logId = `arn:aws:logs:${region}:${account.id}:log-group:${logGroup}`;
    resources.push({
      ...shared,
      type: 'AWS::Logs::LogGroup',
      id: logId,
      billedAs: logId,
      name: logGroup,
      declaredIn: declared('aws_cloudwatch_log_group', 'LogGroup'),
      configuration: { kind: 'log-group', retentionDays: 30, functionName },
    });
  }
  return resources;
}

/** Lambda functions and their log groups (log groups in production only), of all components. */
export function lambdaFunctions(): CloudResource[] {
  return componentFacts.flatMap(facts =>
    environmentsOf(facts).flatMap(environment => [
      ...functionAndLogs(facts, environment, primaryRegion),
      ...(facts.lambda?.bothRegions && environment !== 'dev'
        ? functionAndLogs(facts, environment, secondaryRegion)
        : []),
    ]),
  );
}

import {
  accountOf,
  acquiredAccount,
  euroAccount,
  primaryRegion,
  secondaryRegion,
} from './accounts';
import { addressOf, entityTag, stableId, stackOf } from './naming';
import { CloudResource, ResourceConfiguration } from './types';

function azureFunctionApp(
  name: 'returns-portal' | 'campaign-hooks',
  owner: string,
  environment: 'prod' | 'dev',
  tagged: boolean,
): CloudResource {
  const group = `rg-${name.split('-')[0]}-${environment}`;
  const site = `${name}-${environment}`;
  const account = accountOf.azure[environment];
  const id = `/subscriptions/${account.id}/resourceGroups/${group}/providers/Microsoft.Web/sites/${site}`;
  const entityRef = `component:default/${name}`;
  return {
    provider: 'azure',
    accountId: account.id,
    region: 'westeurope',
    environment,
    type: 'Microsoft.Web/sites',
    id,
    billedAs: id.toLowerCase(),
    name: site,
    tags: {
      service: name,
      team: owner,
      environment,
      ...(tagged && { [entityTag]: entityRef }),
    },
    entityRef,
    claimedBy: 'resource-id',
    proof: tagged ? 'proven' : 'claimed',
    declaredIn: {
      repository: name,
      path: 'infra/main.tf',
      engine: 'terraform',
      address: addressOf({
        engine: 'terraform',
        terraformType: 'azurerm_linux_function_app',
        name,
        suffix: 'App',
      }),
      stack: stackOf(name, environment, 'westeurope'),
    },
    configuration: { kind: 'azure-function-app', plan: 'Y1', runtime: 'node' },
  };
}

function gcpFunction(environment: 'prod' | 'dev'): CloudResource {
  const name = 'recommendations';
  const account = accountOf.gcp[environment];
  const id = `//cloudfunctions.googleapis.com/projects/${account.id}/locations/europe-west3/functions/${name}`;
  return {
    provider: 'gcp',
    accountId: account.id,
    region: 'europe-west3',
    environment,
    type: 'cloudfunctions.googleapis.com/Function',
    id,
    billedAs: id,
    name,
    // Labels allow neither colons nor slashes, so nothing can be proven here
    tags: { service: name, team: 'discovery', environment },
    entityRef: `component:default/${name}`,
    claimedBy: 'tag-selector',
    proof: 'claimed',
    declaredIn: {
      repository: name,
      path: 'infra/main.tf',
      engine: 'terraform',
      address: 'google_cloudfunctions2_function.recommendations',
      stack: stackOf(name, environment, 'europe-west3'),
    },
    configuration: {
      kind: 'gcp-function',
      memoryMb: 1024,
      timeoutSeconds: 60,
      runtime: 'python312',
    },
  };
}

function acquired(
  type: string,
  name: string,
  arn: string,
  configuration: ResourceConfiguration,
  region: string = secondaryRegion,
  billedAs: string = arn,
): CloudResource {
  return {
    provider: 'aws',
    accountId: acquiredAccount.id,
    region,
    type,
    id: arn,
    billedAs,
    name,
    tags: {},
    claimedBy: 'none',
    proof: 'none',
    configuration,
  };
}

function acquiredFunction(
  name: string,
  memoryMb: number,
  tags: CloudResource['tags'] = {},
): CloudResource {
  const made = acquired(
    'AWS::Lambda::Function',
    name,
    `arn:aws:lambda:${secondaryRegion}:${acquiredAccount.id}:function:${name}`,
    {
      kind: 'lambda-function',
      memoryMb,
      timeoutSeconds: 60,
      runtime: 'python3.13',
      architecture: 'x86_64',
      handler: 'lambda_function.lambda_handler',
      logLevel: 'debug',
      inVpc: false,
    },
  );
  return { ...made, tags };
}

/**
 * Made by hand by people who have left: no code, no entity, and one tag of somebody who began to tidy up, by which
 * Plumbline can suggest whose the function is.
 */
export function acquiredResources(): CloudResource[] {
  const ec2 = `arn:aws:ec2:${secondaryRegion}:${acquiredAccount.id}`;
  const server = `i-0${stableId('tidemark-web', 16)}`;
  const volume = `vol-0${stableId('tidemark-web-disk', 16)}`;
  return [
    acquired(
      'AWS::EC2::Instance',
      server,
      `${ec2}:instance/${server}`,
      { kind: 'ec2-instance', instanceType: 't3.large' },
      secondaryRegion,
      server,
    ),
    acquired(
      'AWS::EC2::Volume',
      volume,
      `${ec2}:volume/${volume}`,
      { kind: 'ebs-volume', sizeGb: 500 },
      secondaryRegion,
      volume,
    ),
    acquired(
      'AWS::RDS::DBInstance',
      'tidemark-db',
      `arn:aws:rds:${secondaryRegion}:${acquiredAccount.id}:db:tidemark-db`,
      { kind: 'rds-instance', instanceClass: 'db.t3.medium', storageGb: 200 },
    ),
    acquired(
      'AWS::S3::Bucket',
      'tidemark-media',
      'arn:aws:s3:::tidemark-media',
      { kind: 's3-bucket', versioning: false },
      secondaryRegion,
      'tidemark-media',
    ),
    acquiredFunction('tidemark-order-sync', 1024),
    acquiredFunction('tidemark-newsletter', 512, {
      app: 'notification-sender',
    }),
  ];
}

/** Azure, Google Cloud and the subsidiary's bucket. */
export function otherCloudResources(): CloudResource[] {
  return [
    azureFunctionApp('returns-portal', 'shipping', 'prod', true),
    azureFunctionApp('returns-portal', 'shipping', 'dev', true),
    azureFunctionApp('campaign-hooks', 'storefront-web', 'prod', false),
    gcpFunction('prod'),
    gcpFunction('dev'),
    {
      provider: 'aws',
      accountId: euroAccount.id,
      region: primaryRegion,
      environment: 'prod',
      type: 'AWS::S3::Bucket',
      id: 'arn:aws:s3:::larkspur-gmbh-customs-archive',
      billedAs: 'larkspur-gmbh-customs-archive',
      name: 'larkspur-gmbh-customs-archive',
      tags: {},
      entityRef: 'component:default/customs-documents',
      claimedBy: 'arn',
      proof: 'claimed',
      declaredIn: {
        repository: 'shop',
        path: 'services/customs-documents/infra/main.tf',
        engine: 'terraform',
        address: 'aws_s3_bucket.customs_archive',
        stack: stackOf('customs-documents', 'prod', primaryRegion),
      },
      configuration: { kind: 's3-bucket', versioning: true },
    },
  ];
}

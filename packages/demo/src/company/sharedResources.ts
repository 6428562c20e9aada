import { InputError } from '@backstage/errors';
import { accountOf, primaryRegion } from './accounts';
import { addressOf, entityTag, stableId, stackOf } from './naming';
import { folderOf, ResourceFacts, resourceFacts } from './resourceFacts';
import { CloudResource, Environment, Provider } from './types';

type Identity = {
  provider: Provider;
  accountId: string;
  region: string;
  type: string;
  id: string;
  billedAs: string;
  name: string;
  terraformType: string;
  suffix: string;
};

function identify(facts: ResourceFacts, environment: Environment): Identity {
  const region = facts.region ?? primaryRegion;
  const account = accountOf.aws[environment];
  const { kind } = facts.configuration;
  const aws = (
    type: string,
    name: string,
    arn: string,
    terraformType: string,
    suffix: string,
    billedAs = arn,
  ): Identity => ({
    provider: 'aws',
    accountId: account.id,
    region,
    type,
    name,
    id: arn,
    billedAs,
    terraformType,
    suffix,
  });
  const plain = `${facts.name}-${environment}`;
  const arn = (service: string, rest: string) =>
    `arn:aws:${service}:${region}:${account.id}:${rest}`;

  switch (kind) {
    case 'dynamodb-table': {
      const name = `${facts.name.replace(/-table$/, '')}-${environment}`;
      return aws(
        'AWS::DynamoDB::Table',
        name,
        arn('dynamodb', `table/${name}`),
        'aws_dynamodb_table',
        'Table',
      );
    }
    case 's3-bucket': {
      const name = `larkspur-${facts.name.replace(
        /-bucket$/,
        '',
      )}-${environment}`;
      return aws(
        'AWS::S3::Bucket',
        name,
        `arn:aws:s3:::${name}`,
        'aws_s3_bucket',
        'Bucket',
        name,
      );
    }
    case 'http-api':
      return aws(
        'AWS::ApiGatewayV2::Api',
        plain,
        `arn:aws:apigateway:${region}::/apis/${stableId(plain, 10)}`,
        'aws_apigatewayv2_api',
        'Api',
      );
    case 'sqs-queue':
      return aws(
        'AWS::SQS::Queue',
        plain,
        arn('sqs', plain),
        'aws_sqs_queue',
        'Queue',
      );
    case 'state-machine':
      return aws(
        'AWS::StepFunctions::StateMachine',
        plain,
        arn('states', `stateMachine:${plain}`),
        'aws_sfn_state_machine',
        'StateMachine',
      );
    case 'nat-gateway':
      return aws(
        'AWS::EC2::NatGateway',
        plain,
        arn('ec2', `natgateway/nat-0${stableId(`${plain}-${region}`, 16)}`),
        'aws_nat_gateway',
        'NatGateway',
      );
    case 'azure-storage-account': {
      const name = `larkspur${facts.name.replace(/-/g, '')}`;
      const id = `/subscriptions/${accountOf.azure.prod.id}/resourceGroups/rg-returns-prod/providers/Microsoft.Storage/storageAccounts/${name}`;
      return {
        provider: 'azure',
        accountId: accountOf.azure.prod.id,
        region: 'westeurope',
        type: 'Microsoft.Storage/storageAccounts',
        id,
        billedAs: id.toLowerCase(),
        name,
        terraformType: 'azurerm_storage_account',
        suffix: 'Storage',
      };
    }
    case 'gcs-bucket': {
      const name = `larkspur-${facts.name}`;
      const id = `//storage.googleapis.com/projects/_/buckets/${name}`;
      return {
        provider: 'gcp',
        accountId: accountOf.gcp.prod.id,
        region: 'europe-west3',
        type: 'storage.googleapis.com/Bucket',
        id,
        billedAs: id,
        name,
        terraformType: 'google_storage_bucket',
        suffix: 'Bucket',
      };
    }
    default:
      throw new InputError(
        `No Resource entity can be a '${kind}'; add it here`,
      );
  }
}

const claimOf = (provider: Provider) =>
  provider === 'aws' ? 'arn' : 'resource-id';

function build(facts: ResourceFacts, environment: Environment): CloudResource {
  const { terraformType, suffix, ...identity } = identify(facts, environment);
  const entityRef = `resource:default/${facts.name}`;
  const tagged = facts.tagged ?? true;
  const { engine, repository, path } = facts.code;
  return {
    ...identity,
    environment,
    tags: {
      service: facts.name,
      team: facts.owner,
      environment,
      ...(tagged && { [entityTag]: entityRef }),
    },
    entityRef,
    claimedBy: environment === 'prod' ? claimOf(identity.provider) : 'none',
    proof: tagged ? 'proven' : 'claimed',
    declaredIn: {
      repository,
      path,
      engine,
      address: addressOf({ engine, terraformType, name: facts.name, suffix }),
      stack: stackOf(
        folderOf(facts).split('/').pop() || repository,
        environment,
        identity.region,
      ),
    },
    configuration: facts.configuration,
  };
}

/** What stands behind the Resource entities, in each environment. */
export function sharedResources(): CloudResource[] {
  return resourceFacts.flatMap(facts =>
    facts.environments.map(environment => build(facts, environment)),
  );
}

import { primaryRegion } from '../../company';
import { DeclaredResource } from '../declarations';
import { Files, indent, lines } from '../text';
import { awsBlocks } from './awsResources';
import { formatHcl } from './formatHcl';
import { memoryFormOf, writeMemory } from './forms';
import { serviceOf, StackContext } from './lambda';
import { azureBlocks, googleBlocks } from './otherClouds';

type Provider = 'aws' | 'azure' | 'gcp';

/** What a stack's Terraform code is made from. */
export interface StackOptions {
  /** Name of the stack's state, for example `shop/order-intake`. */
  state: string;
  resources: readonly DeclaredResource[];
  roleModule?: string;
  /** Blocks written by hand that stand before all others. */
  preamble?: string;
}

/** The Terraform files of one stack, by name within its folder. */
export function stackFiles(options: StackOptions): Files {
  const { resources, state } = options;
  const { provider } = resources[0].instances[0];
  const context: StackContext = {
    team: resources[0].tags.team,
    roleModule: options.roleModule,
  };
  const memory = memoryOf(resources);
  const environments = [
    ...new Set(resources.flatMap(resource => resource.environments)),
  ];
  const regionOf = () => {
    const region = resources[0].regions[0];
    return provider === 'aws' ? primaryRegion : region;
  };
  const files: Files = {
    'main.tf': [
      lines(
        'locals {',
        indent(
          [
            ...(memory?.locals.length ? [...memory.locals, ''] : []),
            'tags = {',
            `  team = "${context.team}"`,
            '  environment = var.environment',
            '}',
          ].join('\n'),
          2,
        ),
        '}',
      ),
      ...(options.preamble ? [options.preamble] : []),
      ...resources.flatMap(resource => blocksOf(resource, context, provider)),
    ].join('\n'),
    'variables.tf': [
      variable('environment', 'string', 'Environment that the stack is for'),
      variable('region', 'string', 'Region to deploy to', `"${regionOf()}"`),
      variable('revision', 'string', 'Build to deploy', '"latest"'),
      ...(memory?.variables ?? []).map(({ name, type, description, ...rest }) =>
        variable(name, type, description, rest.default),
      ),
    ].join('\n'),
    'versions.tf': versions(provider, state),
    ...Object.fromEntries(
      environments.map(environment => [
        `env/${environment}.tfvars`,
        lines(`environment = "${environment}"`, ...(memory?.tfvars ?? [])),
      ]),
    ),
  };
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, formatHcl(text)]),
  );
}

function blocksOf(
  resource: DeclaredResource,
  context: StackContext,
  provider: Provider,
): string[] {
  switch (provider) {
    case 'azure':
      return azureBlocks(resource, context.team);
    case 'gcp':
      return googleBlocks(resource, context.team);
    default:
      return awsBlocks(resource, context);
  }
}

function memoryOf(resources: readonly DeclaredResource[]) {
  for (const resource of resources) {
    const { configuration, environments } = resource;
    if (configuration.kind === 'lambda-function') {
      return writeMemory(
        memoryFormOf(serviceOf(resource)),
        configuration.memoryMb,
        environments,
      );
    }
  }
  return undefined;
}

function variable(
  name: string,
  type: string,
  description: string,
  byDefault?: string,
): string {
  return lines(
    `variable "${name}" {`,
    `  type = ${type}`,
    `  description = "${description}"`,
    byDefault && `  default = ${byDefault}`,
    '}',
  );
}

const providers = {
  aws: { source: 'hashicorp/aws', version: '~> 5.70', name: 'aws' },
  azure: { source: 'hashicorp/azurerm', version: '~> 4.5', name: 'azurerm' },
  gcp: { source: 'hashicorp/google', version: '~> 6.4', name: 'google' },
};

function versions(provider: Provider, state: string): string {
  const { source, version, name } = providers[provider];
  return [
    lines(
      'terraform {',
      '  required_version = ">= 1.9"',
      '',
      '  required_providers {',
      `    ${name} = {`,
      `      source = "${source}"`,
      `      version = "${version}"`,
      '    }',
      '  }',
      '',
      '  # One workspace for each environment and region.',
      '  backend "s3" {',
      '    bucket = "larkspur-terraform-state"',
      `    key = "${state}.tfstate"`,
      `    region = "${primaryRegion}"`,
      '  }',
      '}',
    ),
    provider === 'azure'
      ? lines('provider "azurerm" {', '  features {}', '}')
      : lines(`provider "${name}" {`, '  region = var.region', '}'),
  ].join('\n');
}

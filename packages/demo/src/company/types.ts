import type { MatchedBy } from '@plumbline/backstage-plugin-plumbline-common';

/** An environment that the company runs. */
export type Environment = 'prod' | 'stage' | 'dev';

/** A cloud that bills the company. */
export type Provider = 'aws' | 'azure' | 'gcp';

/** An AWS account, Azure subscription or Google Cloud project. */
export type Account = {
  provider: Provider;
  /** Account id, subscription id or project id. */
  id: string;
  name: string;
  /** Undefined where the company never said which environment it is. */
  environment?: Environment;
  /** ISO 4217 currency that the account is billed in. */
  currency: 'USD' | 'EUR';
  /** Id of the account that pays. */
  billingAccountId: string;
  billingAccountName: string;
};

/** A team; a Group in the catalog. */
export type Team = {
  name: string;
  title: string;
  description: string;
};

/** A person; a User in the catalog. */
export type Person = {
  name: string;
  displayName: string;
  email: string;
  team: string;
  title: string;
  /** Set for the four people whom the demo's sign-in offers. */
  signInAs?: 'platform' | 'service-owner' | 'finops' | 'security';
};

/** A System and the domain that it belongs to. */
export type SystemFacts = {
  name: string;
  title: string;
  description: string;
  domain: string;
  owner: string;
};

/** A Domain. */
export type DomainFacts = {
  name: string;
  title: string;
  description: string;
  owner: string;
};

/** A Git host of the company. */
export type GitHostKind = 'github' | 'gitea';

/**
 * How the catalog claims a resource for an entity; ground truth for bindings.
 * `none` where only the tag `plumbline:entity` tells, or nothing does.
 */
export type ClaimedBy =
  | Extract<MatchedBy, 'arn' | 'resource-id' | 'name' | 'tag-selector'>
  | 'none';

/** A Component or Resource of the catalog. */
export type CatalogEntityFacts = {
  kind: 'Component' | 'Resource';
  name: string;
  title: string;
  description: string;
  type: string;
  lifecycle: 'production' | 'experimental' | 'deprecated';
  /** Group name; of a group that does not exist for the ownerless entity. */
  owner: string;
  system: string;
  /** Entity refs that it depends on. */
  dependsOn: readonly string[];
  /** Where its code lies. */
  code: CodePlace;
  /** Where its catalog file lies; the same as the code unless it is registered centrally. */
  registeredIn: CodePlace;
};

/** A folder of a repository. `path` is empty for the root. */
export type CodePlace = { repository: string; path: string };

/** How infrastructure is written. */
export type IacEngine = 'terraform' | 'sam' | 'pulumi';

/** Where a resource is declared. */
export type Declaration = {
  repository: string;
  /** File in the repository. */
  path: string;
  engine: IacEngine;
  /** Terraform address, CloudFormation logical id or Pulumi resource name. */
  address: string;
  /** Terraform workspace, CloudFormation stack or Pulumi stack: one per environment and region. */
  stack: string;
};

/** What the declaration says; the same in every environment. */
export type ResourceConfiguration =
  | {
      kind: 'lambda-function';
      memoryMb: number;
      timeoutSeconds: number;
      runtime: 'nodejs22.x' | 'python3.13' | 'java21';
      architecture: 'x86_64' | 'arm64';
      handler: string;
      logLevel: 'info' | 'debug';
      /** Instances kept warm, which cost whether called or not. */
      provisionedConcurrency?: number;
      inVpc: boolean;
    }
  | { kind: 'log-group'; retentionDays: number; functionName: string }
  | {
      kind: 'dynamodb-table';
      mode: 'on-demand' | 'provisioned';
      hashKey: string;
      rangeKey?: string;
      readCapacity?: number;
      writeCapacity?: number;
      pointInTimeRecovery: boolean;
    }
  | { kind: 'http-api'; throttleRequestsPerSecond: number }
  | {
      kind: 'sqs-queue';
      visibilityTimeoutSeconds: number;
      retentionSeconds: number;
      maxReceiveCount: number;
    }
  | {
      kind: 's3-bucket';
      versioning: boolean;
      /** Days after which objects move to a colder class; undefined keeps them. */
      transitionDays?: number;
    }
  | {
      kind: 'state-machine';
      type: 'STANDARD' | 'EXPRESS';
      /** Names of the functions that the states call, without environment. */
      calls: readonly string[];
    }
  | { kind: 'nat-gateway'; subnet: string }
  | {
      kind: 'azure-function-app';
      plan: 'Y1' | 'FC1';
      runtime: 'node' | 'dotnet';
    }
  | { kind: 'azure-storage-account'; sku: 'Standard_LRS' | 'Standard_ZRS' }
  | {
      kind: 'gcp-function';
      memoryMb: number;
      timeoutSeconds: number;
      runtime: 'python312';
    }
  | { kind: 'gcs-bucket'; storageClass: 'STANDARD' | 'NEARLINE' }
  | { kind: 'ec2-instance'; instanceType: 't3.large' }
  | { kind: 'ebs-volume'; sizeGb: number }
  | { kind: 'rds-instance'; instanceClass: 'db.t3.medium'; storageGb: number };

/** One thing in a cloud account. */
export type CloudResource = {
  provider: Provider;
  accountId: string;
  region: string;
  /** Provider's type, such as `AWS::Lambda::Function` or `Microsoft.Web/sites`. */
  type: string;
  /** ARN, Azure resource id (in its real case) or Google Cloud full resource name. */
  id: string;
  /** What the billing export calls it: the bucket's bare name for S3, lower case on Azure. */
  billedAs: string;
  name: string;
  environment?: Environment;
  tags: Readonly<Record<string, string>>;
  /** Full ref of the entity that pays for it; undefined for the acquisition. */
  entityRef?: string;
  claimedBy: ClaimedBy;
  /** `proven` where the resource carries the tag `plumbline:entity`. */
  proof: 'proven' | 'claimed' | 'none';
  /** Undefined for what somebody made by hand. */
  declaredIn?: Declaration;
  configuration: ResourceConfiguration;
};

/** A repository, with the catalog files that belong in it. */
export type Repository = {
  host: GitHostKind;
  owner: string;
  name: string;
  defaultBranch: string;
  description: string;
  /** Paths that the repository's own `.plumbline.yaml` assigns to entities: proof for code outside an entity's own folder. */
  pathAssignments: readonly { path: string; entityRef: string }[];
  /** By whom entities' cost is borne, as the `.plumbline.yaml` says. */
  shares: readonly {
    entityRef: string;
    from: string;
    consumers: readonly { entity: string; weight: number }[];
  }[];
};

/** A repository with the text of its catalog files by path. */
export type RepositoryFiles = Repository & {
  files: Readonly<Record<string, string>>;
};

/** Everything that is true of the company. */
export type Company = {
  name: string;
  slug: string;
  accounts: readonly Account[];
  domains: readonly DomainFacts[];
  systems: readonly SystemFacts[];
  teams: readonly Team[];
  people: readonly Person[];
  /** The 60 Components and Resources. */
  entities: readonly CatalogEntityFacts[];
  resources: readonly CloudResource[];
  repositories: readonly Repository[];
};

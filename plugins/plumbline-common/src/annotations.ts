/**
 * The annotations Plumbline reads, under the names their owners gave them.
 *
 * @public
 */
export const ANNOTATIONS = {
  /** ARN of the AWS resource that a Resource entity stands for (awslabs catalog-config). */
  awsArn: 'aws.amazon.com/arn',
  /** ARN (Backstage's own AWS catalog module). */
  amazonawsArn: 'amazonaws.com/arn',
  /** AWS account id (Backstage's own AWS catalog module). */
  amazonawsAccountId: 'amazonaws.com/account-id',
  /** Lambda function names, comma separated (Roadie). */
  lambdaFunctionName: 'aws.com/lambda-function-name',
  /** Region of those functions (Roadie). */
  lambdaRegion: 'aws.com/lambda-region',
  /** ARN of a DynamoDB table (Roadie). */
  dynamoDbTableArn: 'amazon.com/dynamo-db-table-arn',
  /** `key=value,key=value`: resources that carry all of these tags (awslabs; AND). */
  costInsightsTags: 'aws.amazon.com/cost-insights-tags',
  /** `name=value,name=value`: what lies in all of these AWS cost categories (awslabs; AND). */
  costInsightsCostCategories: 'aws.amazon.com/cost-insights-cost-categories',
  /** `owner/name` of the GitHub repository. */
  githubProjectSlug: 'github.com/project-slug',
  sourceLocation: 'backstage.io/source-location',
  managedByLocation: 'backstage.io/managed-by-location',
  managedByOriginLocation: 'backstage.io/managed-by-origin-location',
  /** Cloud resource ids, comma separated, where no other annotation exists (Azure, GCP). */
  resourceIds: 'plumbline.dev/resource-ids',
  /** Google Cloud projects (InfraWallet). Its annotations are read where an entity has none of the others. */
  infraWalletProject: 'infrawallet.io/project',
  /** Accounts (InfraWallet). */
  infraWalletAccount: 'infrawallet.io/account',
  /** `aws`, `azure` or `gcp` (InfraWallet). */
  infraWalletProvider: 'infrawallet.io/provider',
  /** `key: value, key: value`: resources that carry any of these tags (InfraWallet; OR). */
  infraWalletTags: 'infrawallet.io/tags',
  /** Narrows charges by service (InfraWallet); not supported, and said so. */
  infraWalletService: 'infrawallet.io/service',
  /** Narrows charges by category (InfraWallet); not supported, and said so. */
  infraWalletCategory: 'infrawallet.io/category',
  /** Narrows charges further (InfraWallet); not supported, and said so. */
  infraWalletExtraFilters: 'infrawallet.io/extra-filters',
} as const;

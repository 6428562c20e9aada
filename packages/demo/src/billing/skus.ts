import { awsSkus } from './awsSkus';
import { Sku, sku } from './sku';

const azureFunctions = [
  'Azure Functions',
  'Functions',
  'Compute',
  'Serverless Compute',
];
const azureStorage = [
  'Storage Accounts',
  'Storage',
  'Storage',
  'Object Storage',
];
const cloudFunctions = [
  'Cloud Run Functions',
  '29E7-DA93-CA13',
  'Compute',
  'Serverless Compute',
];
const cloudStorage = [
  'Cloud Storage',
  '95FF-2EF5-5EA1',
  'Storage',
  'Object Storage',
];
const cloudLogging = [
  'Cloud Logging',
  '5490-F7B7-8DF6',
  'Management and Governance',
  'Observability',
];

/** Everything that the company buys by usage. */
export const skus = {
  ...awsSkus,
  azureExecutions: sku(
    azureFunctions,
    'Standard Total Executions',
    'Consumption',
    '10',
    'Functions - Standard Total Executions - EU West',
    { any: 2e-6 },
  ),
  azureDuration: sku(
    azureFunctions,
    'Standard Execution Time',
    'Consumption',
    'GB Seconds',
    'Functions - Standard Execution Time - EU West',
    { any: 0.000016 },
  ),
  azureBlobStorage: sku(
    azureStorage,
    'Hot LRS Data Stored',
    'Tiered Block Blob',
    'GB/Month',
    'Tiered Block Blob - Hot LRS - Data Stored - EU West',
    { any: 0.0196 },
  ),
  gcpInvocations: sku(
    cloudFunctions,
    'Invocations',
    'Invocations',
    'count',
    'Invocations',
    { any: 4e-7 },
  ),
  gcpDuration: sku(
    cloudFunctions,
    'Memory Time',
    'Memory Time',
    'gibibyte second',
    'Memory and CPU time in europe-west3',
    { any: 0.0000165 },
  ),
  gcpBucketStorage: sku(
    cloudStorage,
    'Standard Storage',
    'Storage',
    'gibibyte month',
    'Standard Storage Frankfurt',
    { any: 0.023 },
  ),
  gcpLogging: sku(
    cloudLogging,
    'Log Volume',
    'Ingestion',
    'gibibyte',
    'Log Storage cost',
    { any: 0.5 },
  ),
} satisfies Record<string, Sku>;

/** The name of something that the company buys by usage. */
export type SkuName = keyof typeof skus;

import { primaryRegion, secondaryRegion } from '../company';
import { Sku, sku } from './sku';

const eu = primaryRegion;
const us = secondaryRegion;

const lambda = ['AWS Lambda', 'AWSLambda', 'Compute', 'Serverless Compute'];
const logs = [
  'AmazonCloudWatch',
  'AmazonCloudWatch',
  'Management and Governance',
  'Observability',
];
const dynamo = [
  'Amazon DynamoDB',
  'AmazonDynamoDB',
  'Databases',
  'NoSQL Databases',
];
const s3 = [
  'Amazon Simple Storage Service',
  'AmazonS3',
  'Storage',
  'Object Storage',
];
const gateway = [
  'Amazon API Gateway',
  'AmazonApiGateway',
  'Networking',
  'Application Networking',
];
const sqs = [
  'Amazon Simple Queue Service',
  'AWSQueueService',
  'Integration',
  'Messaging',
];
const states = [
  'AWS Step Functions',
  'AmazonStates',
  'Integration',
  'Orchestration',
];
const ec2 = [
  'Amazon Elastic Compute Cloud',
  'AmazonEC2',
  'Compute',
  'Virtual Machines',
];
const nat = [
  'Amazon Elastic Compute Cloud',
  'AmazonEC2',
  'Networking',
  'Network Connectivity',
];
const rds = [
  'Amazon Relational Database Service',
  'AmazonRDS',
  'Databases',
  'Relational Databases',
];
const kms = [
  'AWS Key Management Service',
  'awskms',
  'Security',
  'Secret Management',
];
const route53 = [
  'Amazon Route 53',
  'AmazonRoute53',
  'Networking',
  'Application Networking',
];
const transfer = [
  'AWS Data Transfer',
  'AWSDataTransfer',
  'Networking',
  'Network Connectivity',
];
/** What the company buys from AWS. */
export const awsSkus = {
  lambdaRequests: sku(
    lambda,
    'Request',
    'Invoke',
    'Requests',
    'AWS Lambda - Total Requests',
    { any: 2e-7 },
  ),
  lambdaDurationX86: sku(
    lambda,
    'Lambda-GB-Second',
    'Invoke',
    'Lambda-GB-Second',
    'AWS Lambda - Total Compute',
    { any: 0.0000166667 },
  ),
  lambdaDurationArm: sku(
    lambda,
    'Lambda-GB-Second-ARM',
    'Invoke',
    'Lambda-GB-Second',
    'AWS Lambda - Total Compute on ARM',
    { any: 0.0000133334 },
  ),
  lambdaProvisioned: sku(
    lambda,
    'Lambda-Provisioned-Concurrency',
    'Invoke',
    'Lambda-GB-Second',
    'AWS Lambda - Provisioned Concurrency',
    { any: 0.0000041667 },
  ),
  logIngestion: sku(
    logs,
    'DataProcessing-Bytes',
    'PutLogEvents',
    'GB',
    'Log data ingested',
    { [us]: 0.5, [eu]: 0.63 },
  ),
  logStorage: sku(
    logs,
    'TimedStorage-ByteHrs',
    'HourlyStorageMetering',
    'GB-Months',
    'Log data stored',
    { [us]: 0.03, [eu]: 0.0324 },
  ),
  customMetrics: sku(
    logs,
    'CW:MetricMonitorUsage',
    'MetricStorage',
    'Metrics',
    'Custom metrics',
    { any: 0.3 },
  ),
  tableReads: sku(
    dynamo,
    'ReadRequestUnits',
    'PayPerRequestThroughput',
    'ReadRequestUnits',
    'On-demand read request units',
    { [us]: 1.25e-7, [eu]: 1.525e-7 },
  ),
  tableWrites: sku(
    dynamo,
    'WriteRequestUnits',
    'PayPerRequestThroughput',
    'WriteRequestUnits',
    'On-demand write request units',
    { [us]: 6.25e-7, [eu]: 7.625e-7 },
  ),
  tableReadCapacity: sku(
    dynamo,
    'ReadCapacityUnit-Hrs',
    'CommittedThroughput',
    'ReadCapacityUnit-Hours',
    'Provisioned read capacity',
    { [us]: 0.00013, [eu]: 0.0001586 },
  ),
  tableWriteCapacity: sku(
    dynamo,
    'WriteCapacityUnit-Hrs',
    'CommittedThroughput',
    'WriteCapacityUnit-Hours',
    'Provisioned write capacity',
    { [us]: 0.00065, [eu]: 0.000793 },
  ),
  tableStorage: sku(
    dynamo,
    'TimedStorage-ByteHrs',
    'StandardStorage',
    'GB-Months',
    'Table storage',
    { [us]: 0.25, [eu]: 0.306 },
  ),
  tableBackup: sku(
    dynamo,
    'TimedPITRStorage-ByteHrs',
    'PITRStorage',
    'GB-Months',
    'Point-in-time recovery',
    { [us]: 0.2, [eu]: 0.2448 },
  ),
  bucketStorage: sku(
    s3,
    'TimedStorage-ByteHrs',
    'StandardStorage',
    'GB-Months',
    'Standard storage',
    { [us]: 0.023, [eu]: 0.0245 },
  ),
  bucketWrites: sku(
    s3,
    'Requests-Tier1',
    'PutObject',
    'Requests',
    'PUT, COPY, POST or LIST requests',
    { [us]: 5e-6, [eu]: 5.4e-6 },
  ),
  bucketReads: sku(
    s3,
    'Requests-Tier2',
    'GetObject',
    'Requests',
    'GET and all other requests',
    { [us]: 4e-7, [eu]: 4.3e-7 },
  ),
  httpApiRequests: sku(
    gateway,
    'ApiGatewayHttpRequest',
    'ApiGatewayHttpApi',
    'Requests',
    'HTTP API requests',
    { [us]: 1e-6, [eu]: 1.2e-6 },
  ),
  httpApiTransfer: sku(
    gateway,
    'DataTransfer-Out-Bytes',
    'ApiGatewayHttpApi',
    'GB',
    'Data transfer out to the internet',
    { any: 0.09 },
  ),
  queueRequests: sku(
    sqs,
    'Requests',
    'SendMessage',
    'Requests',
    'Standard queue requests',
    { any: 4e-7 },
  ),
  stateTransitions: sku(
    states,
    'StateTransition',
    'RunExecution',
    'StateTransitions',
    'State transitions',
    { any: 0.000025 },
  ),
  natHours: sku(
    nat,
    'NatGateway-Hours',
    'NatGateway',
    'Hours',
    'NAT gateway hours',
    { [us]: 0.045, [eu]: 0.052 },
  ),
  natBytes: sku(
    nat,
    'NatGateway-Bytes',
    'NatGateway',
    'GB',
    'Data processed by NAT gateways',
    { [us]: 0.045, [eu]: 0.052 },
  ),
  instanceHours: sku(
    ec2,
    'BoxUsage:t3.large',
    'RunInstances',
    'Hours',
    'On-demand Linux t3.large instance hours',
    { any: 0.0832 },
  ),
  volumeStorage: sku(
    ec2,
    'EBS:VolumeUsage.gp3',
    'CreateVolume-Gp3',
    'GB-Months',
    'General purpose SSD storage',
    { any: 0.08 },
  ),
  databaseHours: sku(
    rds,
    'InstanceUsage:db.t3.medium',
    'CreateDBInstance:0002',
    'Hours',
    'Single-AZ db.t3.medium instance hours',
    { any: 0.068 },
  ),
  databaseStorage: sku(
    rds,
    'RDS:GP3-Storage',
    'CreateDBInstance:0002',
    'GB-Months',
    'General purpose SSD storage',
    { any: 0.115 },
  ),
  keyRequests: sku(kms, 'KMS-Requests', 'Decrypt', 'Requests', 'Key requests', {
    any: 3e-6,
  }),
  dnsQueries: sku(route53, 'DNS-Queries', 'A', 'Queries', 'Standard queries', {
    any: 4e-7,
  }),
  transferBetweenZones: sku(
    transfer,
    'DataTransfer-Regional-Bytes',
    'InterZone-Out',
    'GB',
    'Regional data transfer',
    { any: 0.01 },
  ),
} satisfies Record<string, Sku>;

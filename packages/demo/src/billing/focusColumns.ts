import { Provider } from '../company';

/** A column of an export and the expression that fills it. */
export type FocusColumn = readonly [name: string, expression: string];

const empty = 'NULL::VARCHAR';

/** Exact decimal out of a whole number of 10⁻¹⁰. */
const decimal = (column: string) =>
  `(${column}::BIGINT::DECIMAL(20, 0) * 0.0000000001::DECIMAL(11, 10))::DECIMAL(30, 10)`;

/** AWS types costs as double. */
const double = (column: string) => `(${column} / 10000000000.0)::DOUBLE`;

/** Parquet keeps milliseconds; CSV writes a timestamp in the provider's format. */
const periodsAs = (
  type: 'TIMESTAMP' | 'TIMESTAMP_MS',
): readonly FocusColumn[] => [
  ['BillingPeriodEnd', `(billing_month + INTERVAL 1 MONTH)::${type}`],
  ['BillingPeriodStart', `billing_month::${type}`],
  ['ChargePeriodEnd', `charge_end::${type}`],
  ['ChargePeriodStart', `charge_start::${type}`],
];

const commitments: readonly FocusColumn[] = [
  ['CommitmentDiscountCategory', 'commitment_category'],
  ['CommitmentDiscountId', 'commitment_id'],
  ['CommitmentDiscountName', 'commitment_name'],
  ['CommitmentDiscountStatus', 'commitment_status'],
  ['CommitmentDiscountType', 'commitment_type'],
];

const usageOnly = (expression: string) =>
  `CASE WHEN charge_category = 'Usage' AND charge_class IS NULL THEN ${expression} END`;

const awsRegionName = `CASE region WHEN 'eu-central-1' THEN 'EU (Frankfurt)' WHEN 'us-east-1' THEN 'US East (N. Virginia)' END`;

/** FOCUS 1.2 as AWS Data Exports ships it. */
const aws: readonly FocusColumn[] = [
  ['AvailabilityZone', empty],
  ['BilledCost', double('billed')],
  ['BillingAccountId', 'billing_account_id'],
  ['BillingAccountName', 'billing_account_name'],
  ['BillingAccountType', `'Consolidated Account'`],
  ['BillingCurrency', 'currency'],
  ...periodsAs('TIMESTAMP_MS'),
  ['CapacityReservationId', empty],
  ['CapacityReservationStatus', empty],
  ['ChargeCategory', 'charge_category'],
  ['ChargeClass', 'charge_class'],
  ['ChargeDescription', 'description'],
  ['ChargeFrequency', 'frequency'],
  ...commitments,
  ['CommitmentDiscountQuantity', 'NULL::DOUBLE'],
  ['CommitmentDiscountUnit', empty],
  ['ConsumedQuantity', usageOnly('quantity')],
  ['ConsumedUnit', usageOnly('unit')],
  ['ContractedCost', double('list')],
  ['ContractedUnitPrice', usageOnly('unit_price')],
  ['EffectiveCost', double('effective')],
  ['InvoiceId', `'EUINAWS' || strftime(billing_month, '%y%m') || '-4471'`],
  [
    'InvoiceIssuerName',
    `CASE currency WHEN 'EUR' THEN 'Amazon Web Services EMEA SARL' ELSE 'Amazon Web Services, Inc.' END`,
  ],
  ['ListCost', double('list')],
  ['ListUnitPrice', usageOnly('unit_price')],
  ['PricingCategory', 'pricing_category'],
  ['PricingCurrency', `'USD'`],
  ['PricingQuantity', 'quantity'],
  ['PricingUnit', `nullif(unit, '')`],
  ['ProviderName', `'AWS'`],
  ['PublisherName', `'Amazon Web Services, Inc.'`],
  ['RegionId', 'region'],
  ['RegionName', awsRegionName],
  ['ResourceId', 'resource_id'],
  ['ResourceName', empty],
  ['ResourceType', empty],
  ['ServiceCategory', 'category'],
  ['ServiceName', 'service'],
  ['ServiceSubcategory', `nullif(subcategory, '')`],
  ['SkuId', 'sku_id'],
  ['SkuMeter', 'usage_type'],
  ['SkuPriceDetails', 'NULL::MAP(VARCHAR, VARCHAR)'],
  ['SkuPriceId', `sku_id || '.JRTCKXETXF.6YS6EN2CT7'`],
  ['SubAccountId', 'account_id'],
  ['SubAccountName', 'account_name'],
  ['SubAccountType', `'Linked Account'`],
  [
    'Tags',
    `CASE WHEN tags = '{}' THEN NULL ELSE tags::JSON::MAP(VARCHAR, VARCHAR) END`,
  ],
  ['x_Discounts', 'NULL::MAP(VARCHAR, DOUBLE)'],
  ['x_Operation', `nullif(operation, '')`],
  ['x_ServiceCode', 'service_code'],
];

const common: readonly FocusColumn[] = [
  ['BilledCost', decimal('billed')],
  ['BillingAccountId', 'billing_account_id'],
  ['BillingAccountName', 'billing_account_name'],
];

/** FOCUS 1.0 as Azure Cost Management ships it: placeholders instead of nulls. */
const azure: readonly FocusColumn[] = [
  ...common,
  ['BillingAccountType', `'Billing Profile'`],
  ['BillingCurrency', 'currency'],
  ...periodsAs('TIMESTAMP'),
  ['ChargeCategory', 'charge_category'],
  ['ChargeClass', 'charge_class'],
  ['ChargeDescription', 'description'],
  ['ChargeFrequency', 'frequency'],
  ...commitments,
  ['ConsumedQuantity', usageOnly('quantity')],
  ['ConsumedUnit', usageOnly('unit')],
  [
    'ContractedCost',
    `CASE WHEN service = '' THEN 0 ELSE ${decimal('list')} END`,
  ],
  ['ContractedUnitPrice', 'unit_price'],
  ['EffectiveCost', decimal('effective')],
  ['InvoiceIssuerName', `'Microsoft'`],
  ['ListCost', `CASE WHEN service = '' THEN 0 ELSE ${decimal('list')} END`],
  ['ListUnitPrice', 'unit_price'],
  ['PricingCategory', `coalesce(pricing_category, 'Other')`],
  ['PricingQuantity', 'quantity'],
  ['PricingUnit', `CASE WHEN unit = '' THEN '-2' ELSE unit END`],
  ['ProviderName', `'Microsoft'`],
  [
    'PublisherName',
    `CASE WHEN service = '' THEN 'Twilio' ELSE 'Microsoft' END`,
  ],
  ['RegionId', 'region'],
  ['RegionName', `CASE region WHEN 'westeurope' THEN 'EU West' END`],
  ['ResourceId', 'lower(resource_id)'],
  ['ResourceName', 'lower(resource_name)'],
  [
    'ResourceType',
    `CASE resource_type WHEN 'Microsoft.Web/sites' THEN 'Function app' WHEN 'Microsoft.Storage/storageAccounts' THEN 'Storage account' END`,
  ],
  ['ServiceCategory', 'category'],
  ['ServiceName', 'service'],
  [
    'SkuId',
    `CASE WHEN service_code = '-2' THEN '-2' ELSE lower(left(sku_id, 10)) END`,
  ],
  [
    'SkuPriceId',
    `CASE WHEN service_code = '-2' THEN '-2' ELSE lower(left(sku_id, 10)) END`,
  ],
  ['SubAccountId', `'/subscriptions/' || account_id`],
  ['SubAccountName', 'account_name'],
  ['SubAccountType', `'Subscription'`],
  ['Tags', `CASE WHEN tags = '{}' THEN NULL ELSE tags END`],
  ['x_AccountId', `'1046982'`],
  ['x_BilledCostInUsd', decimal('billed')],
  ['x_BillingExchangeRate', '1'],
  ['x_CostCenter', empty],
  ['x_EffectiveCostInUsd', decimal('effective')],
  ['x_InvoiceSectionId', `'-2'`],
  ['x_InvoiceSectionName', `'Unassigned'`],
  ['x_PricingCurrency', `'USD'`],
  [
    'x_PublisherCategory',
    `CASE WHEN service = '' THEN 'Vendor' ELSE 'Cloud Provider' END`,
  ],
  [
    'x_ResourceGroupName',
    `nullif(regexp_extract(lower(resource_id), 'resourcegroups/([^/]+)', 1), '')`,
  ],
  ['x_ResourceType', 'lower(resource_type)'],
  ['x_SkuMeterName', 'usage_type'],
  ['x_SkuServiceFamily', 'category'],
];

/** Google Cloud's own FOCUS export: a preview, near to 1.0. */
const gcp: readonly FocusColumn[] = [
  ['AvailabilityZone', empty],
  ...common,
  ['BillingCurrency', 'currency'],
  ...periodsAs('TIMESTAMP'),
  ['ChargeCategory', 'charge_category'],
  ['ChargeClass', 'charge_class'],
  ['ChargeDescription', 'description'],
  ['ChargeFrequency', 'frequency'],
  ...commitments,
  ['ConsumedQuantity', usageOnly('quantity')],
  ['ConsumedUnit', usageOnly('unit')],
  ['ContractedCost', decimal('list')],
  ['ContractedUnitPrice', usageOnly('unit_price')],
  ['EffectiveCost', decimal('effective')],
  ['InvoiceIssuerName', `'Google Cloud'`],
  ['ListCost', decimal('list')],
  ['ListUnitPrice', usageOnly('unit_price')],
  ['PricingCategory', 'pricing_category'],
  ['PricingQuantity', 'quantity'],
  ['PricingUnit', `nullif(unit, '')`],
  ['ProviderName', `'Google Cloud'`],
  ['PublisherName', `'Google Cloud'`],
  ['RegionId', 'region'],
  ['RegionName', `CASE region WHEN 'europe-west3' THEN 'Frankfurt' END`],
  ['ResourceId', 'resource_id'],
  ['ResourceName', 'resource_name'],
  ['ResourceType', 'resource_type'],
  ['ServiceCategory', 'category'],
  ['ServiceName', 'service'],
  ['SkuId', 'sku_id'],
  ['SkuPriceId', `sku_id || '/standard'`],
  ['SubAccountId', 'account_id'],
  ['SubAccountName', 'account_name'],
  ['Tags', `tags`],
];

/** The columns that each provider really ships, in the order they are written. */
export const focusColumns: Readonly<Record<Provider, readonly FocusColumn[]>> =
  { aws, azure, gcp };

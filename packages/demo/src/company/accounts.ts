import { Account, Environment } from './types';

/** Region that most of the company runs in. */
export const primaryRegion = 'eu-central-1';

/** Region that customer-facing services also run in. */
export const secondaryRegion = 'us-east-1';

const awsPayer = {
  provider: 'aws' as const,
  currency: 'USD' as const,
  billingAccountId: '307162849051',
  billingAccountName: 'Larkspur Outfitters',
};

const azurePayer = {
  provider: 'azure' as const,
  currency: 'USD' as const,
  billingAccountId:
    '/providers/microsoft.billing/billingaccounts/7f2c1b64-90de-4f1a-8b7d-3c5e6a9d1b20',
  billingAccountName: 'Larkspur Outfitters',
};

const gcpPayer = {
  provider: 'gcp' as const,
  currency: 'USD' as const,
  billingAccountId: '01A4F7-6C2B90-D835E1',
  billingAccountName: 'Larkspur Outfitters',
};

/** The payer account; charges that belong to no member account lie here. */
export const payerAccount: Account = {
  ...awsPayer,
  id: '307162849051',
  name: 'larkspur-management',
};

/** The account of Tidemark Gear, bought two years ago and never brought into order. */
export const acquiredAccount: Account = {
  ...awsPayer,
  id: '741506283495',
  name: 'tidemark-gear',
};

/** The German subsidiary's account, billed in EUR. */
export const euroAccount: Account = {
  provider: 'aws',
  id: '852617394506',
  name: 'larkspur-gmbh',
  environment: 'prod',
  currency: 'EUR',
  billingAccountId: '852617394506',
  billingAccountName: 'Larkspur Outfitters GmbH',
};

/** Accounts by environment, where there is one a cloud. */
export const accountOf: {
  aws: Record<Environment, Account>;
  azure: Record<'prod' | 'dev', Account>;
  gcp: Record<'prod' | 'dev', Account>;
} = {
  aws: {
    prod: {
      ...awsPayer,
      id: '418273950162',
      name: 'larkspur-prod',
      environment: 'prod',
    },
    stage: {
      ...awsPayer,
      id: '529384061273',
      name: 'larkspur-stage',
      environment: 'stage',
    },
    dev: {
      ...awsPayer,
      id: '630495172384',
      name: 'larkspur-dev',
      environment: 'dev',
    },
  },
  azure: {
    prod: {
      ...azurePayer,
      id: '4e8b2d17-5c3f-4a96-b1e0-7d2f9c6a8053',
      name: 'Larkspur Production',
      environment: 'prod',
    },
    dev: {
      ...azurePayer,
      id: '9a1f6c35-2b7e-4d80-8c4a-e5b3d7f01926',
      name: 'Larkspur Development',
      environment: 'dev',
    },
  },
  gcp: {
    prod: {
      ...gcpPayer,
      id: 'larkspur-reco-prod',
      name: 'Recommendations',
      environment: 'prod',
    },
    dev: {
      ...gcpPayer,
      id: 'larkspur-reco-dev',
      name: 'Recommendations Dev',
      environment: 'dev',
    },
  },
};

/** Every account, subscription and project. */
export const accounts: readonly Account[] = [
  payerAccount,
  ...Object.values(accountOf.aws),
  euroAccount,
  acquiredAccount,
  ...Object.values(accountOf.azure),
  ...Object.values(accountOf.gcp),
];

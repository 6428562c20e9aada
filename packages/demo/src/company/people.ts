import { DomainFacts, Person, SystemFacts, Team } from './types';

/** The twelve teams. */
export const teams: readonly Team[] = [
  ['storefront-web', 'Storefront Web', 'Pages, assets and images of the shop'],
  ['discovery', 'Discovery', 'Catalogue, search, prices and recommendations'],
  ['checkout', 'Checkout', 'Basket, vouchers, taxes and the way to pay'],
  ['payments', 'Payments', 'Card and wallet payments, fraud checks'],
  ['orders', 'Orders', 'Takes orders in and tells the rest of the house'],
  ['warehouse', 'Warehouse', 'Stock, picking and labels'],
  ['shipping', 'Shipping', 'Carriers, tracking, customs and returns'],
  ['loyalty', 'Loyalty', 'Points and rewards'],
  ['care', 'Customer Care', 'Profiles, reviews and messages to customers'],
  ['platform', 'Platform', 'Networks, shared infrastructure and the portal'],
  ['finops', 'FinOps', 'Budgets, commitments and the monthly close'],
  ['security', 'Security', 'Audit trail, credentials and policies'],
].map(([name, title, description]) => ({ name, title, description }));

const signIns: Record<string, Person['signInAs']> = {
  'priya.nair': 'platform',
  'sam.okafor': 'service-owner',
  'fiona.lindqvist': 'finops',
  'marco.bellini': 'security',
};

/** Everyone in the catalog; four of them can sign in to the demo. */
export const people: readonly Person[] = [
  ['priya.nair', 'Priya Nair', 'platform', 'Platform Engineer'],
  ['sam.okafor', 'Sam Okafor', 'payments', 'Service Owner'],
  ['fiona.lindqvist', 'Fiona Lindqvist', 'finops', 'FinOps Lead'],
  ['marco.bellini', 'Marco Bellini', 'security', 'Security Engineer'],
  ['hanna.vogel', 'Hanna Vogel', 'storefront-web', 'Engineer'],
  ['tom.ashworth', 'Tom Ashworth', 'storefront-web', 'Engineer'],
  ['li.wen', 'Li Wen', 'discovery', 'Engineer'],
  ['amara.diallo', 'Amara Diallo', 'discovery', 'Data Scientist'],
  ['jonas.keller', 'Jonas Keller', 'checkout', 'Engineer'],
  ['nora.haddad', 'Nora Haddad', 'checkout', 'Engineer'],
  ['ravi.menon', 'Ravi Menon', 'payments', 'Engineer'],
  ['clara.duarte', 'Clara Duarte', 'orders', 'Engineer'],
  ['piotr.zielinski', 'Piotr Zielinski', 'orders', 'Engineer'],
  ['ingrid.solberg', 'Ingrid Solberg', 'warehouse', 'Engineer'],
  ['diego.ramos', 'Diego Ramos', 'warehouse', 'Engineer'],
  ['yuki.tanaka', 'Yuki Tanaka', 'shipping', 'Engineer'],
  ['owen.price', 'Owen Price', 'shipping', 'Engineer'],
  ['leila.amiri', 'Leila Amiri', 'loyalty', 'Engineer'],
  ['ben.carter', 'Ben Carter', 'care', 'Engineer'],
  ['sofia.rossi', 'Sofia Rossi', 'care', 'Engineer'],
  ['karl.brandt', 'Karl Brandt', 'platform', 'Engineer'],
  ['grace.mbeki', 'Grace Mbeki', 'finops', 'Cost Analyst'],
  ['erik.holm', 'Erik Holm', 'security', 'Engineer'],
].map(([name, displayName, team, title]) => ({
  name,
  displayName,
  email: `${name}@larkspur.example`,
  team,
  title,
  ...(signIns[name] && { signInAs: signIns[name] }),
}));

/** The three domains. */
export const domains: readonly DomainFacts[] = [
  {
    name: 'commerce',
    title: 'Commerce',
    description: 'What a customer sees until the order is paid',
    owner: 'checkout',
  },
  {
    name: 'operations',
    title: 'Operations',
    description: 'Getting the goods out, and keeping the lights on',
    owner: 'platform',
  },
  {
    name: 'customer',
    title: 'Customer',
    description: 'What stays after the sale',
    owner: 'care',
  },
];

/** The five systems. */
export const systems: readonly SystemFacts[] = [
  {
    name: 'storefront',
    title: 'Storefront',
    description: 'The shop as customers see it',
    domain: 'commerce',
    owner: 'storefront-web',
  },
  {
    name: 'checkout',
    title: 'Checkout',
    description: 'Basket, payment and order intake',
    domain: 'commerce',
    owner: 'checkout',
  },
  {
    name: 'fulfilment',
    title: 'Fulfilment',
    description: 'Stock, picking, shipping and returns',
    domain: 'operations',
    owner: 'warehouse',
  },
  {
    name: 'loyalty',
    title: 'Loyalty and Care',
    description: 'Points, profiles, reviews and messages',
    domain: 'customer',
    owner: 'loyalty',
  },
  {
    name: 'platform',
    title: 'Platform',
    description: 'Networks and services that everyone shares',
    domain: 'operations',
    owner: 'platform',
  },
];

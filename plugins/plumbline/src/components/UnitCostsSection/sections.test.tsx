import { render, screen } from '@testing-library/react';
import type {
  Budget,
  UnitCost,
} from '@plumbline/backstage-plugin-plumbline-common';
import { toEntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { BudgetsSection } from '../BudgetsSection';
import { ConvertedText, UnitCostsSection } from './index';

const budget: Budget = {
  id: 'x',
  entityRef: toEntityRef('component:default/shop'),
  basis: 'effective',
  period: 'month',
  from: '2026-10-01',
  to: '2026-11-01',
  origin: 'config',
  state: 'at-risk',
  reason:
    'At the present rate the October budget of $1,200 is exceeded on 24 Oct.',
  figures: {
    currency: 'USD',
    amount: '1200',
    spent: '100',
    dailyRate: '80',
    daysConsidered: 28,
    otherCurrencies: ['EUR'],
  },
  evaluatedAt: '2026-10-11T00:00:00.000Z',
};

it('shows how budgets stand, and no figures of a hidden one', () => {
  const { figures, ...hidden } = budget;
  render(
    <BudgetsSection
      budgets={[
        budget,
        {
          ...hidden,
          id: 'y',
          state: 'cannot-tell',
          reason: 'This budget counts entities that you may not see.',
        },
      ]}
    />,
  );
  expect(screen.getByText('Needs attention')).toBeInTheDocument();
  expect(screen.getByText(budget.reason)).toBeInTheDocument();
  expect(
    screen.getByText(/\$100\.00 spent .* EUR not counted/),
  ).toBeInTheDocument();
  expect(
    screen.getByText('This budget counts entities that you may not see.'),
  ).toBeInTheDocument();
  expect(screen.getAllByText(/spent/)).toHaveLength(1);
});

it('says what so many cost, and that it is not defined without usage', () => {
  const unitCost: UnitCost = {
    metric: 'requests',
    label: 'requests',
    per: 1000,
    state: 'known',
    reason: 'Counted over 30 days.',
    sources: [],
    daysInWindow: 30,
    currencies: [
      {
        currency: 'USD',
        days: 30,
        cost: '1',
        usage: '1000000',
        unitCost: '0.001',
        periods: [],
        comparison: {
          from: '2026-09-01',
          to: '2026-10-01',
          days: 30,
          change: '0.04',
          costChange: '0.12',
          usageChange: '0.08',
        },
      },
      { currency: 'EUR', days: 30, cost: '1', usage: '0', periods: [] },
    ],
  };
  render(<UnitCostsSection unitCosts={[unitCost]} />);
  expect(
    screen.getByRole('heading', { name: 'Cost per 1,000 requests' }),
  ).toBeInTheDocument();
  expect(
    screen.getByText(
      /\$0\.0010, \+4\s% against .* cost \+12\s% while requests \+8\s%/,
    ),
  ).toBeInTheDocument();
  expect(screen.getByText('Not defined in EUR.')).toBeInTheDocument();
});

it('marks a converted figure and names what it lacks', () => {
  render(
    <ConvertedText
      converted={{
        currency: 'EUR',
        total: '15',
        rates: [
          { currency: 'USD', oldest: '2026-10-01', newest: '2026-10-02' },
        ],
        stale: true,
        lacks: ['GBP'],
      }}
    />,
  );
  expect(
    screen.getByText(
      '≈ €15.00 converted, by rates up to 2026-10-02, some of them old, without GBP.',
    ),
  ).toBeInTheDocument();
});

it('shows no zero where nothing could be converted', () => {
  render(
    <ConvertedText
      converted={{
        currency: 'EUR',
        total: '0',
        rates: [],
        stale: false,
        lacks: ['GBP', 'USD'],
      }}
    />,
  );
  expect(
    screen.getByText(
      'Not converted into EUR: rates are lacking for GBP, USD, or days to convert by.',
    ),
  ).toBeInTheDocument();
  expect(screen.queryByText(/€0/)).not.toBeInTheDocument();
});

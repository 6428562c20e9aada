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
  expect(screen.getByText('At risk')).toBeInTheDocument();
  expect(screen.getByText('Can’t tell')).toBeInTheDocument();
  expect(screen.getByText(budget.reason)).toBeInTheDocument();
  expect(screen.getByText('$100.00')).toHaveAttribute('title', '100 USD');
  expect(screen.getByText(/EUR not counted/)).toBeInTheDocument();
  expect(
    screen.getByText('This budget counts entities that you may not see.'),
  ).toBeInTheDocument();
  expect(screen.getAllByText(/spent of/)).toHaveLength(1);
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
        periods: [
          { days: 1, cost: '1', usage: '500000', unitCost: '0.002' },
          { days: 0, cost: '0', usage: '0' },
          { days: 1, cost: '1', usage: '0' },
          { days: 1, cost: '1', usage: '1000000', unitCost: '0.001' },
        ],
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
      {
        currency: 'GBP',
        days: 30,
        cost: '1',
        usage: '1000',
        unitCost: '1',
        periods: [],
        comparison: { from: '2026-09-01', to: '2026-10-01', days: 30 },
      },
    ],
  };
  render(
    <UnitCostsSection
      costs={{
        unitCosts: [unitCost],
        periods: ['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04'],
        granularity: 'day',
      }}
    />,
  );
  expect(
    screen.getByRole('heading', { name: 'Cost per 1,000 requests' }),
  ).toBeInTheDocument();
  expect(
    screen.getByText(
      /^By cost of usage alone \+4\s% against the 30 days before: cost \+12\s% while requests \+8\s%/,
    ),
  ).toBeInTheDocument();
  expect(screen.getAllByText('$0.0010')[0]).toHaveAttribute(
    'title',
    '0.001 USD',
  );
  const cells = screen
    .getAllByRole('row', { hidden: true })
    .map(row => row.textContent);
  expect(cells).toEqual([
    expect.stringContaining('Cost'),
    expect.stringMatching(/1.Oct.*\$1\.00500,000\$0\.0020/),
    expect.stringContaining('not known'),
    expect.stringContaining('not defined'),
    expect.stringMatching(/\$0\.0010$/),
  ]);
  expect(screen.getByText('Not defined in EUR.')).toBeInTheDocument();
  expect(
    screen.getByText(/^Cost of usage or requests are 0 in the days before/),
  ).toBeInTheDocument();
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
    screen.getByText(/^≈ €15\.00 converted, by rates up to 2.Oct/),
  ).toHaveTextContent(/, some of them old, without GBP\.$/);
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

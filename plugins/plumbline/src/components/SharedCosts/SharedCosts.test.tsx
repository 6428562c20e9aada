import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type {
  EntityCosts,
  SharedCost,
} from '@plumbline/backstage-plugin-plumbline-common';
import { screen, within } from '@testing-library/react';
import { costsFor, sharesFor } from '../../fixtures';
import { SharedCosts } from './SharedCosts';

const query = { from: '2026-02-01', to: '2026-04-01' };

function show(change: Partial<EntityCosts>) {
  return renderInTestApp(<SharedCosts costs={costsFor(query, change)} />, {
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
}

const list = (name: string) =>
  within(screen.getByRole('list', { name })).getAllByRole('listitem');

describe('SharedCosts', () => {
  it('says from whom cost comes, by which rule, how much and since when', async () => {
    await show({ shares: sharesFor('2026-03') });
    const [nat, tax, others] = list('In these figures, from others');
    expect(nat).toHaveTextContent('shared-nat');
    expect(nat).toHaveTextContent(
      /2 of 7 parts · by fixed weights, set by .plumbline.yaml of github.com\/acme\/infra, from .*1.* on/,
    );
    expect(nat).toHaveTextContent('$12.40');
    expect(tax).toHaveTextContent(
      /taxes, support and the like.*3.1 % · Tax, in proportion to usage, set by the operator/,
    );
    expect(others).toHaveTextContent('Others, which you may not see');
    expect(others).not.toHaveTextContent('parts');
  });

  it('adds the months of a line up', async () => {
    const shares: SharedCost[] = [
      ...sharesFor('2026-02'),
      ...sharesFor('2026-03'),
    ];
    await show({ shares });
    const [nat] = list('In these figures, from others');
    expect(nat).toHaveTextContent('$24.80');
    expect(nat).not.toHaveTextContent('all of');
  });

  it('has one line for what comes from one by one rule, with a weight where that is the same', async () => {
    const [nat, tax] = sharesFor('2026-03');
    await show({
      shares: [
        nat,
        { ...nat, amount: '0.6' },
        tax,
        { ...tax, amount: '0.03', weight: { part: '1', of: '1000' } },
        { ...tax, amount: '0.9' },
      ],
    });
    const lines = list('In these figures, from others');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toHaveTextContent(/2 of 7 parts.*\$13.00/);
    expect(lines[1]).toHaveTextContent(/Tax, in proportion to usage.*\$4.00/);
    expect(lines[1]).not.toHaveTextContent('%');
  });

  it('says which months are counted whole, of these lines only', async () => {
    const [nat, tax] = sharesFor('2026-03');
    const [before] = sharesFor('2026-02');
    await show({ shares: [{ ...before, wholeMonth: true }, nat, tax] });
    const lines = list('In these figures, from others');
    expect(lines[0]).toHaveTextContent(
      'with all of Feb 2026, as its days are not known',
    );
    expect(lines[0]).toHaveTextContent('$24.80');
    expect(lines[1]).not.toHaveTextContent('all of');
  });

  it('shows what is given away and what is kept, and why', async () => {
    await show({
      shares: [
        {
          direction: 'given',
          month: '2026-03',
          currency: 'USD',
          amount: '30',
          partner: { entityRef: 'component:default/payments' as never },
          rule: { by: 'equal', origin: 'operator' },
          weight: { part: '1', of: '2' },
        },
        {
          direction: 'kept',
          month: '2026-03',
          currency: 'USD',
          amount: '4',
          rule: { by: 'usage', metric: 'requests', origin: 'operator' },
          why: 'no-usage',
        },
      ],
    });
    expect(list('Given to others')[0]).toHaveTextContent(/payments.*\$30.00/);
    expect(list('Kept of what is shared out')[0]).toHaveTextContent(
      'requests has no figure of every consumer',
    );
  });

  it('says that nothing is shared, and why a rule does not count', async () => {
    await show({
      shares: undefined,
      sharesProblem: 'The operator’s rule counts.',
    });
    expect(
      screen.getByText(/No rule shares anything with this entity/),
    ).toBeVisible();
    expect(
      screen.getByText('A rule does not count. The operator’s rule counts.'),
    ).toBeVisible();
  });

  it('is silent where several entities are added up', async () => {
    await show({ scope: 'rollup' });
    expect(screen.queryByText('Shared costs')).not.toBeInTheDocument();
  });
});

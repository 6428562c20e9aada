import { renderInTestApp } from '@backstage/frontend-test-utils';
import { identityApiRef } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { PlumblineApi } from '@plumbline/backstage-plugin-plumbline-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { plumblineApiRef } from '../../api';
import {
  answeredError,
  checkout,
  claim,
  fixtureApi,
  freshness,
  nothingUnallocated,
  unallocatedFor,
} from '../../fixtures';
import { groupsCsv } from './groupsCsv';
import { parseSelection, writeSelection } from './unallocatedSelection';
import { UnallocatedPage } from './UnallocatedPage';

// Answers are kept for a while by the hook itself, across tests.
jest.mock('@backstage/plugin-permission-react', () => ({
  ...jest.requireActual('@backstage/plugin-permission-react'),
  usePermission: jest.fn(),
}));

beforeEach(() =>
  jest
    .mocked(usePermission)
    .mockReturnValue({ loading: false, allowed: false }),
);

function Address() {
  return <output aria-label="address">{useLocation().search}</output>;
}

const owned = {
  ...checkout,
  relations: [{ type: 'ownedBy', targetRef: 'group:default/payments' }],
};

function show(change: Partial<PlumblineApi> = {}, search = '') {
  return renderInTestApp(
    <>
      <UnallocatedPage />
      <Address />
    </>,
    {
      apis: [
        [plumblineApiRef, fixtureApi(change)],
        [catalogApiRef, catalogApiMock({ entities: [owned] })],
        [
          identityApiRef,
          {
            getBackstageIdentity: async () => ({
              type: 'user' as const,
              userEntityRef: 'user:default/ada',
              ownershipEntityRefs: ['group:default/payments'],
            }),
            getProfileInfo: async () => ({}),
            getCredentials: async () => ({}),
            signOut: async () => {},
          },
        ],
      ],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      initialRouteEntries: [`/${search}`],
    },
  );
}

const table = (title: string) =>
  screen.findByRole('grid', {
    name: new RegExp(`^\\w+ cost by ${title.toLowerCase()} in USD$`),
  });
const address = () => screen.getByLabelText('address').textContent;

describe('the page of what nobody has claimed', () => {
  it('leads from an account to its services, and back', async () => {
    const user = userEvent.setup();
    await show();
    const accounts = await table('Account');
    expect(within(accounts).getByText('$1,824.11')).toBeInTheDocument();
    await user.click(within(accounts).getByRole('link', { name: 'shop-prod' }));
    await table('Service');
    expect(address()).toBe('?account=111122223333&group=service');
    const way = screen.getByRole('navigation', { name: 'The way down' });
    expect(way).toHaveTextContent('Account 111122223333');
    await user.click(within(way).getByRole('link', { name: 'Unallocated' }));
    await table('Account');
    expect(address()).toBe('');
  });

  it('asks for what the address says', async () => {
    const getUnallocated = jest.fn(async query => unallocatedFor(query));
    await show(
      { getUnallocated },
      '?bucket=shared&from=2026-10-01&to=2026-10-31&basis=billed&category=waste&group=tag&key=team',
    );
    await table('Tag');
    expect(getUnallocated).toHaveBeenCalledWith(
      {
        bucket: 'shared',
        from: '2026-10-01',
        to: '2026-11-01',
        basis: 'billed',
        category: 'waste',
        groupBy: 'tag',
        tagKey: 'team',
        limit: 100,
      },
      expect.anything(),
    );
  });

  it('claims what was chosen, and says what makes it so', async () => {
    const user = userEvent.setup();
    const proposeClaim = jest.fn(async () => claim());
    await show(
      { proposeClaim },
      '?from=2026-10-01&to=2026-10-31&account=111122223333&group=resource',
    );
    const resources = await table('Resource');
    await user.click(
      within(resources).getByRole('checkbox', { name: 'i-0aa11' }),
    );
    await user.click(screen.getByRole('button', { name: 'This is ours (1)' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: /Entity$/ }));
    await user.click(
      await screen.findByRole('option', { name: 'component:default/checkout' }),
    );
    await user.click(screen.getByRole('button', { name: 'Claim' }));
    expect(
      await screen.findByText(/plumbline.dev\/resource-ids/),
    ).toBeVisible();
    expect(proposeClaim).toHaveBeenCalledWith({
      entityRef: 'component:default/checkout',
      from: '2026-10-01',
      to: '2026-11-01',
      resourceIds: ['501'],
    });
  });

  it('lists claims with what may be done to them', async () => {
    const user = userEvent.setup();
    const decideClaim = jest.fn(async () => claim({ state: 'accepted' }));
    await show({
      decideClaim,
      listClaims: async () => ({
        items: [claim({ may: { withdraw: false, decide: true } })],
      }),
    });
    const claims = await screen.findByRole('list', { name: 'Claims' });
    expect(
      await within(claims).findByText(/Waits for a decision/),
    ).toBeVisible();
    await user.click(within(claims).getByRole('button', { name: 'Accept' }));
    await waitFor(() =>
      expect(decideClaim).toHaveBeenCalledWith('1', { decision: 'accepted' }),
    );
    expect(screen.queryByRole('button', { name: 'Withdraw' })).toBeNull();
  });

  it('says who decides on a claim of one’s own', async () => {
    await show({
      listClaims: async () => ({
        items: [claim({ may: { withdraw: true, decide: false } })],
      }),
    });
    expect(
      await screen.findByText(
        'Somebody else who administers Plumbline decides on it.',
      ),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Accept' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Withdraw' })).toBeVisible();
  });

  it.each([
    ['Everything has an owner on these days.', {}, ''],
    ['Nothing here fits. It may belong to somebody by now.', {}, '?account=9'],
    [
      /No bill has been collected yet/,
      { freshness: freshness({ state: 'unknown', dataThrough: undefined }) },
      '',
    ],
  ])('says %s', async (text, change, search) => {
    await show(
      {
        getUnallocated: async query => ({
          ...nothingUnallocated(query),
          ...change,
        }),
      },
      search,
    );
    expect(await screen.findByText(text)).toBeVisible();
  });

  it('tells what is hidden from what failed', async () => {
    await show({
      getUnallocated: async () => {
        throw answeredError(404, 'There is nothing here that you may see');
      },
    });
    expect(await screen.findByText('Not visible to you')).toBeVisible();
    expect(screen.queryByText(/Everything has an owner/)).toBeNull();
  });
});

describe('the address', () => {
  it.each([
    '',
    'bucket=shared&window=90d&basis=billed&category=waste&group=resource',
    'account=&service=AWS+Lambda&tag=team%3D&group=tag&key=env',
    'from=2026-10-01&to=2026-10-31&currency=EUR&search=nat',
  ])('survives being read and written: %s', text => {
    expect(
      writeSelection(parseSelection(new URLSearchParams(text))).toString(),
    ).toBe(text);
  });
});

describe('groupsCsv', () => {
  it('keeps amounts exact', () => {
    const costs = unallocatedFor({
      bucket: 'unallocated',
      from: '2026-10-01',
      to: '2026-11-01',
      groupBy: 'account',
    });
    expect(groupsCsv(costs).split('\r\n')[1]).toBe(
      '111122223333,shop-prod,,,,,,41,2026-10-01,2026-11-01,effective,USD,1824.110000001,0.76,',
    );
  });
});

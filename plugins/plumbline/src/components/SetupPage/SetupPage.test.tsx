import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type { PlumblineApi } from '@plumbline/backstage-plugin-plumbline-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { plumblineApiRef } from '../../api';
import {
  answeredError,
  coverage,
  fixtureApi,
  setupStatus,
  suggestions,
} from '../../fixtures';
import { SetupPage } from './SetupPage';

jest.setTimeout(60_000);

function Address() {
  const { search } = useLocation();
  return <output aria-label="address">{search}</output>;
}

function show(change: Partial<PlumblineApi> = {}, search = '') {
  return renderInTestApp(
    <>
      <SetupPage />
      <Address />
    </>,
    {
      apis: [[plumblineApiRef, fixtureApi(change)]],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      initialRouteEntries: [`/plumbline/setup${search}`],
    },
  );
}

const source = async (name: string) =>
  within(await screen.findByRole('listitem', { name }));

describe('the setup page', () => {
  it('says how each source is doing, the missing right by name', async () => {
    await show();
    const working = await source('AWS data export');
    expect(working.getByText('Up to date')).toBeVisible();
    expect(working.getByText('Makes none')).toBeVisible();
    const failing = await source('Cost Explorer of the main account');
    expect(failing.getByText('ce:GetCostAndUsage')).toBeVisible();
    expect(failing.getByText(/12 of 30 today · 341 calls/)).toBeVisible();
    expect(failing.getByText(/cron 15 3 \* \* \*/)).toBeVisible();
    expect(failing.getAllByText(/^Sept?.2026$/)[0]).toBeVisible();
    expect(
      failing.getByText(/row 812, column ChargePeriodStart/),
    ).toBeVisible();
  });

  it('says that a source stopped because the paid calls of a day are used up', async () => {
    const [first, ...others] = setupStatus.sources;
    await show({
      getStatus: async () => ({
        ...setupStatus,
        sources: [
          {
            ...first,
            paidCallsToday: 30,
            paidCallsPerDay: 30,
            lastRun: first.lastRun && {
              ...first.lastRun,
              state: 'budget-exhausted',
              paidCalls: 30,
            },
          },
          ...others,
        ],
      }),
    });
    const stopped = await source('AWS data export');
    expect(
      stopped.getByText(/stopped: no paid call left that day .*30 paid calls/),
    ).toBeVisible();
    expect(stopped.getByText(/30 of 30 today/)).toBeVisible();
  });

  it('says that exchange rates could not be read, where there are any', async () => {
    await show();
    await screen.findByRole('heading', { name: 'Catalog and repositories' });
    expect(
      screen.queryByRole('heading', { name: 'Exchange rates' }),
    ).not.toBeInTheDocument();
    await show({
      getStatus: async () => ({
        ...setupStatus,
        exchangeRates: {
          currency: 'EUR',
          rates: 290,
          newest: '2026-11-20',
          readAt: '2026-11-23T11:50:00.000Z',
          problem: 'rates.csv, row 3, column rate is wrong',
        },
      }),
    });
    await screen.findByRole('heading', { name: 'Exchange rates' });
    expect(screen.getByText(/^290 rates, the newest of 20 Nov/)).toBeVisible();
    expect(
      screen.getByText('rates.csv, row 3, column rate is wrong'),
    ).toBeVisible();
  });

  it('pauses, resumes and collects', async () => {
    const pauseSource = jest.fn(async () => setupStatus.sources[0]);
    const resumeSource = jest.fn(async () => setupStatus.sources[2]);
    const getStatus = jest.fn(async () => setupStatus);
    await show({
      pauseSource,
      resumeSource,
      getStatus,
      collectSource: async () => {
        throw answeredError(409, 'It is being collected already');
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Pause AWS data export' }),
    );
    expect(pauseSource).toHaveBeenCalledWith('focus:aws');
    expect(await screen.findByText('Paused.')).toBeVisible();
    expect(getStatus).toHaveBeenCalledTimes(2);
    await userEvent.click(
      screen.getByRole('button', { name: 'Resume Azure cost export' }),
    );
    expect(resumeSource).toHaveBeenCalledWith('focus:azure');
    expect(
      screen.getByRole('button', { name: 'Collect now: Azure cost export' }),
    ).toBeDisabled();
    await userEvent.click(
      screen.getByRole('button', { name: 'Collect now: AWS data export' }),
    );
    expect(
      await screen.findByText('It is being collected already'),
    ).toBeVisible();
  });

  it('shows coverage by account, and counts where amounts are not for the caller', async () => {
    const { unmount } = await show();
    const table = within(
      await screen.findByRole('group', { name: 'Coverage by account' }),
    );
    expect(table.getByRole('row', { name: /shop-prod/ })).toHaveTextContent(
      /\$2,300/,
    );
    expect(table.getByRole('row', { name: /All accounts/ })).toHaveTextContent(
      /66\s%/,
    );
    unmount();

    const { amounts: _, allocatedShare: __, ...total } = coverage.total;
    await show({
      getCoverage: async () => ({
        ...coverage,
        amountsVisible: false,
        total,
        accounts: coverage.accounts.map(
          ({ amounts: _amounts, allocatedShare: _share, ...account }) =>
            account,
        ),
      }),
    });
    expect(
      await screen.findByText(/You see counts of resources, not amounts/),
    ).toBeVisible();
    expect(
      screen.getByRole('group', { name: 'Coverage by account' }),
    ).not.toHaveTextContent('$');
  });

  it('says of each account how far its charges reach, and blames nobody for a silent one', async () => {
    await show();
    const table = within(
      await screen.findByRole('group', { name: 'Coverage by account' }),
    );
    const working = table.getByRole('row', { name: /shop-prod/ });
    expect(working).toHaveTextContent(/Charges up to 22\sNov/);
    expect(working).not.toHaveTextContent('No charges since');
    expect(table.getByRole('row', { name: /4e8b2d17/ })).toHaveTextContent(
      /No charges since 3\sNov(\s2026)?, while its source goes on to 22\sNov(\s2026)?: either nothing is used there any more, or its charges no longer arrive/,
    );
  });

  it('keeps what is chosen in the address', async () => {
    const getBindingSuggestions = jest.fn(async () => suggestions);
    await show({ getBindingSuggestions }, '?confidence=tag&month=2026-10');
    await screen.findByRole('group', { name: 'Suggested links' });
    expect(getBindingSuggestions).toHaveBeenCalledWith(
      expect.objectContaining({ confidence: 'tag' }),
      expect.anything(),
    );
    await userEvent.click(screen.getByRole('button', { name: /Found by/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Name (1)' }),
    );
    await waitFor(() =>
      expect(screen.getByLabelText('address')).toHaveTextContent(
        '?confidence=name&month=2026-10',
      ),
    );
  });

  it('selects what is clear, never what is not, and shows the change', async () => {
    const preview = jest.fn(fixtureApi().previewBindingProposal);
    await show({ previewBindingProposal: preview });
    const boxes = async () =>
      (await screen.findAllByRole('checkbox')).map(
        box => (box as HTMLInputElement).checked,
      );
    expect(await boxes()).toEqual([false, false, false, false]);
    await userEvent.click(
      screen.getByRole('button', { name: 'Select all that are clear' }),
    );
    expect(await boxes()).toEqual([true, true, false, false]);
    // Of two for one resource, one.
    await userEvent.click(screen.getAllByRole('checkbox')[2]);
    await userEvent.click(screen.getAllByRole('checkbox')[3]);
    expect(await boxes()).toEqual([true, true, false, true]);

    await userEvent.click(
      screen.getByRole('button', { name: 'Show the change for 3 suggestions' }),
    );
    expect(preview).toHaveBeenCalledWith(['1', '2', '4'], expect.anything());
    expect(
      await screen.findByRole('group', {
        name: 'The change to services/checkout/catalog-info.yaml',
      }),
    ).toHaveTextContent('+ annotations:');
    expect(
      screen.getByRole('button', {
        name: 'Download the patch for github.com/acme/shop',
      }),
    ).toBeEnabled();
    expect(
      screen.getByText('component:default/search: to be changed by hand'),
    ).toBeVisible();
  });

  it('names repositories that are broken', async () => {
    await show();
    expect(await screen.findByText('github.com/acme/shop')).toBeVisible();
    expect(
      screen.getByText(/has a key that Plumbline does not know/),
    ).toBeVisible();
  });

  it('prints what to add where no bill is read', async () => {
    await show({
      getStatus: async () => ({
        sources: [],
        catalog: { ...setupStatus.catalog, error: 'NetworkError: gone' },
      }),
    });
    expect(await screen.findByText('Cost is not set up')).toBeVisible();
    expect(screen.getByText(/my-billing-exports/)).toBeVisible();
    expect(screen.getByText('NetworkError: gone')).toBeVisible();
    expect(screen.queryByText('Coverage by account')).toBeNull();
  });

  it('says that nothing was compared yet, and that nothing is alike', async () => {
    const empty = { ...suggestions, items: [], comparedAt: undefined };
    const { unmount } = await show({
      getBindingSuggestions: async () => empty,
    });
    expect(await screen.findByText(/not compared .* yet/)).toBeVisible();
    unmount();
    await show({
      getBindingSuggestions: async () => ({
        ...empty,
        comparedAt: suggestions.comparedAt,
      }),
    });
    expect(await screen.findByText(/nothing to suggest here/)).toBeVisible();
  });

  it('stays usable where one part fails', async () => {
    await show({
      getCoverage: async () => {
        throw answeredError(500, 'The database is gone');
      },
    });
    expect(
      await screen.findByText('The coverage could not be loaded'),
    ).toBeVisible();
    expect(await source('AWS data export')).toBeTruthy();
  });

  it('says so where the state itself is not for the caller', async () => {
    await show({
      getStatus: async () => {
        throw answeredError(403, 'You need the permission');
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Not visible to you',
    );
  });
});

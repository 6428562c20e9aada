import { renderInTestApp } from '@backstage/frontend-test-utils';
import { usePermission } from '@backstage/plugin-permission-react';
import { screen } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { subPage } from './pages';
import { PlumblinePage } from './PlumblinePage';

// Answers are kept for a while by the hook itself, across tests.
jest.mock('@backstage/plugin-permission-react', () => ({
  ...jest.requireActual('@backstage/plugin-permission-react'),
  usePermission: jest.fn(),
}));

const pages = [
  subPage({ path: '', title: 'Portfolio' }, async () => () => (
    <p>What everything costs</p>
  )),
  subPage({ path: 'statements', title: 'Statements' }, async () => () => (
    <p>Months that were closed</p>
  )),
  subPage(
    { path: 'setup', title: 'Setup', adminOnly: true },
    async () => () => <p>How the sources are doing</p>,
  ),
];

function open(
  path: string,
  person: 'an administrator' | 'somebody' | 'not known yet',
) {
  jest.mocked(usePermission).mockReturnValue({
    loading: person === 'not known yet',
    allowed: person === 'an administrator',
  });
  return renderInTestApp(
    <Routes>
      <Route path="/plumbline/*" element={<PlumblinePage subPages={pages} />} />
    </Routes>,
    { initialRouteEntries: [path] },
  );
}

describe('PlumblinePage', () => {
  it('opens the first part, and has a tab for each', async () => {
    await open('/plumbline', 'somebody');
    expect(await screen.findByText('What everything costs')).toBeVisible();
    expect(screen.getByRole('tab', { name: 'Statements' })).toHaveAttribute(
      'href',
      '/plumbline/statements',
    );
  });

  it('opens the part that the address names', async () => {
    await open('/plumbline/statements', 'somebody');
    expect(await screen.findByText('Months that were closed')).toBeVisible();
  });

  it('shows what is for administrators to them', async () => {
    await open('/plumbline/setup', 'an administrator');
    expect(await screen.findByText('How the sources are doing')).toBeVisible();
    expect(screen.getByRole('tab', { name: 'Setup' })).toBeVisible();
  });

  it('leads everybody else back to the first part', async () => {
    await open('/plumbline/setup', 'somebody');
    expect(await screen.findByText('What everything costs')).toBeVisible();
    expect(screen.queryByRole('tab', { name: 'Setup' })).toBeNull();
  });

  it('leads nobody away before it is known who they are', async () => {
    await open('/plumbline/setup', 'not known yet');
    expect(await screen.findByRole('tab', { name: 'Portfolio' })).toBeVisible();
    expect(screen.queryByText('What everything costs')).toBeNull();
  });
});

import { discoveryApiRef } from '@backstage/core-plugin-api';
import { IdentityApi } from '@backstage/frontend-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { PeopleSignInPage } from './PeopleSignInPage';
import { people } from './people';

const token = `e.${window.btoa(JSON.stringify({ exp: 4102444800 }))}.s`;

function sessionOf(person: string) {
  return {
    profile: {},
    backstageIdentity: {
      token,
      identity: {
        type: 'user',
        userEntityRef: `user:default/${person}`,
        ownershipEntityRefs: [],
      },
    },
  };
}

describe('PeopleSignInPage', () => {
  const asked: Array<string | null> = [];
  let answer: (person: string) => Response;
  const onSignInSuccess = jest.fn<void, [IdentityApi]>();

  beforeEach(() => {
    window.sessionStorage.clear();
    asked.length = 0;
    onSignInSuccess.mockReset();
    answer = person => new Response(JSON.stringify(sessionOf(person)));
    jest.spyOn(window, 'fetch').mockImplementation(async (_url, init) => {
      const person = new Headers(init?.headers).get('x-plumbline-demo-person');
      asked.push(person);
      return answer(person ?? '');
    });
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  const open = () =>
    renderInTestApp(<PeopleSignInPage onSignInSuccess={onSignInSuccess} />, {
      apis: [
        [discoveryApiRef, { getBaseUrl: async () => 'http://localhost/auth' }],
      ],
    });

  it.each(people.map(({ id, role }) => [role, id]))(
    'signs in as %s',
    async (role, id) => {
      open();
      fireEvent.click(
        await screen.findByRole('button', { name: `Sign in as ${role}` }),
      );
      await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
      expect(asked).toEqual([id]);
    },
  );

  it('stays signed in over a reload, until the person signs out', async () => {
    open();
    fireEvent.click(
      await screen.findByRole('button', { name: /FinOps analyst/ }),
    );
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));

    open();
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(2));
    expect(asked).toEqual(['finops', 'finops']);

    await onSignInSuccess.mock.calls[1][0].signOut();
    open();
    expect(
      await screen.findByRole('button', { name: /FinOps analyst/ }),
    ).toBeInTheDocument();
  });

  it('says why it failed, and lets another person be chosen', async () => {
    answer = () =>
      new Response(
        JSON.stringify({
          error: { name: 'NotAllowedError', message: 'in development only' },
          response: { statusCode: 403 },
        }),
        { status: 403, headers: { 'content-type': 'application/json' } },
      );
    open();
    fireEvent.click(
      await screen.findByRole('button', { name: /Service owner/ }),
    );
    expect(await screen.findByText(/in development only/)).toBeInTheDocument();
    fireEvent.click(
      screen.getByRole('button', { name: 'Choose another person' }),
    );
    expect(
      await screen.findByRole('button', { name: /Service owner/ }),
    ).toBeInTheDocument();
    expect(onSignInSuccess).not.toHaveBeenCalled();
  });
});

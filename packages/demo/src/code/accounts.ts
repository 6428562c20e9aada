import { company } from '../company';
import { GitTeam, GitUser } from '../git-host';

const bot = 'plumbline-bot';

const loginOf = (name: string) => name.replace(/\./g, '-');

/** Everyone of the company on its Git hosts, the portal's own account first. */
export const gitUsers: readonly GitUser[] = [
  {
    login: bot,
    name: 'Plumbline',
    email: `${bot}@larkspur.example`,
    access: 'write',
  },
  ...company.people.map(
    ({ name, displayName, email, signInAs }): GitUser => ({
      login: loginOf(name),
      name: displayName,
      email,
      access: signInAs === 'platform' ? 'admin' : 'read',
    }),
  ),
];

/** The company's teams as they can be asked for a review. */
export const gitTeams: readonly GitTeam[] = company.teams.map(({ name }) => ({
  slug: name,
  members: company.people
    .filter(({ team }) => team === name)
    .map(person => loginOf(person.name)),
}));

/**
 * Access tokens of the local hosts, by login. They open nothing but made-up
 * repositories on this machine, so they stand here for everyone to use.
 */
export const gitTokens: Readonly<Record<string, string>> = {
  'demo-portal-token': bot,
  ...Object.fromEntries(
    company.people
      .filter(({ signInAs }) => signInAs)
      .map(({ name, signInAs }) => [`demo-${signInAs}-token`, loginOf(name)]),
  ),
};

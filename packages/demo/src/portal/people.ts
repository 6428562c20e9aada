import { people } from '../company/people';

/** A person of the demo company as whom a visitor can sign in. */
export interface DemoPerson {
  /** Full entity ref of the person's User entity. */
  userEntityRef: string;
  /** The team that speaks for the person until the catalog has read the company's people. */
  teamEntityRef: string;
  displayName: string;
  email: string;
}

/** The four people, by the id that the sign-in page sends. */
export const demoPeople: ReadonlyMap<string, DemoPerson> = new Map(
  people.flatMap(({ signInAs, name, team, displayName, email }) =>
    signInAs
      ? [
          [
            signInAs,
            {
              userEntityRef: `user:default/${name}`,
              teamEntityRef: `group:default/${team}`,
              displayName,
              email,
            },
          ] as const,
        ]
      : [],
  ),
);

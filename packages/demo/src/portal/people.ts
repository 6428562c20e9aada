/** A person of the demo company as whom a visitor can sign in. */
export interface DemoPerson {
  /** Full entity ref of the person's User entity. */
  userEntityRef: string;
  /** The groups that speak for the person until the catalog has read the company's people. */
  groupEntityRefs: string[];
}

/** The four people, by the id that the sign-in page sends. */
export const demoPeople: ReadonlyMap<string, DemoPerson> = new Map([
  [
    'platform',
    {
      userEntityRef: 'user:default/petra.platform',
      groupEntityRefs: ['group:default/platform'],
    },
  ],
  [
    'service-owner',
    {
      userEntityRef: 'user:default/sam.service',
      groupEntityRefs: ['group:default/checkout'],
    },
  ],
  [
    'finops',
    {
      userEntityRef: 'user:default/fiona.finops',
      groupEntityRefs: ['group:default/finops'],
    },
  ],
  [
    'security',
    {
      userEntityRef: 'user:default/sven.security',
      groupEntityRefs: ['group:default/security'],
    },
  ],
]);

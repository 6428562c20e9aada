import {
  RiCoinsLine,
  RiServerLine,
  RiShieldCheckLine,
  RiStackLine,
} from '@remixicon/react';

/** A person whom a visitor of the demo can be. */
export interface Person {
  /** What the back end's demo provider knows the person by. */
  id: string;
  role: string;
  description: string;
  Icon: typeof RiStackLine;
}

/** The four views of the demo company. */
export const people: Person[] = [
  {
    id: 'platform',
    role: 'Platform engineer',
    description:
      "Sees the shared platform's figures, and how every source is doing.",
    Icon: RiStackLine,
  },
  {
    id: 'service-owner',
    role: 'Service owner',
    description:
      "Sees the figures of the payments team's services, and no others.",
    Icon: RiServerLine,
  },
  {
    id: 'finops',
    role: 'FinOps analyst',
    description: 'Sees what every team spends, and what nobody owns.',
    Icon: RiCoinsLine,
  },
  {
    id: 'security',
    role: 'Security engineer',
    description:
      'Sees what the security team runs: audit trail, credentials, policies.',
    Icon: RiShieldCheckLine,
  },
];

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
    description: 'Runs the shared platform and its accounts.',
    Icon: RiStackLine,
  },
  {
    id: 'service-owner',
    role: 'Service owner',
    description: "Sees the figures of one team's own services, and no others.",
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
    description: 'Looks after policies and provenance across all teams.',
    Icon: RiShieldCheckLine,
  },
];

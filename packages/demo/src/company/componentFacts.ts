import { checkout, storefront } from './commerceComponents';
import { ComponentFacts } from './componentTypes';
import { fulfilment, loyalty, platform } from './otherComponents';

export type { ComponentFacts } from './componentTypes';

/** The 36 components. */
export const componentFacts: readonly ComponentFacts[] = [
  ...storefront,
  ...checkout,
  ...fulfilment,
  ...loyalty,
  ...platform,
];

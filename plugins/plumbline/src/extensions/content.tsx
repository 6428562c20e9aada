import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { OWN_FIGURES, ROLLED_UP } from '../kinds';

/** The Plumbline tab of an entity page. */
export const plumblineContent = EntityContentBlueprint.make({
  params: {
    path: '/plumbline',
    title: 'Plumbline',
    filter: { kind: { $in: [...OWN_FIGURES, ...ROLLED_UP] } },
    loader: () =>
      import('../components/PlumblineTab').then(({ PlumblineTab }) => (
        <PlumblineTab />
      )),
  },
});

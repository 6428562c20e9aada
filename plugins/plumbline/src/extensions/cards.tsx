import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { OWN_FIGURES, ROLLED_UP } from '../kinds';

/** What a Component or Resource costs. */
export const costCard = EntityCardBlueprint.make({
  name: 'cost',
  params: {
    type: 'info',
    filter: { kind: { $in: OWN_FIGURES } },
    loader: () =>
      import('../components/CostCard').then(({ CostCard }) => <CostCard />),
  },
});

/** The four headlines of a System, Domain or Group. */
export const overviewCard = EntityCardBlueprint.make({
  name: 'overview',
  params: {
    type: 'info',
    filter: { kind: { $in: ROLLED_UP } },
    loader: () =>
      import('../components/OverviewCard').then(({ OverviewCard }) => (
        <OverviewCard />
      )),
  },
});

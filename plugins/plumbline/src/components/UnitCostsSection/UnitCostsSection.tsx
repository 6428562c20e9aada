import { lazy, Suspense } from 'react';
import { Text } from '@backstage/ui';
import type {
  EntityCosts,
  UnitCost,
  UnitCostFigures,
} from '@plumbline/backstage-plugin-plumbline-common';
import { formatChange, formatUnitCost } from '../../format';
import { ChartBoundary } from '../CostChart';
import { Placeholder } from '../Placeholder';
import { Section } from '../Section';
import { UnitCostTable } from './UnitCostTable';
import styles from './UnitCostsSection.module.css';

// Its library is loaded when the first one is shown.
const UnitCostChart = lazy(() => import('./UnitCostChart'));

const NUMBER = new Intl.NumberFormat('en-US');

/** What the entity costs for each so many of something; nothing where no metric is set up. */
export function UnitCostsSection({
  costs,
}: {
  costs: Pick<EntityCosts, 'unitCosts' | 'periods' | 'granularity'>;
}) {
  return (
    <>
      {costs.unitCosts.map(unitCost => {
        const title = `Cost per ${NUMBER.format(unitCost.per)} ${
          unitCost.label
        }`;
        return (
          <Section
            key={unitCost.metric}
            title={title}
            description={unitCost.reason}
          >
            {unitCost.currencies.map(figures => (
              <Figures
                key={figures.currency}
                title={title}
                figures={figures}
                unitCost={unitCost}
                costs={costs}
              />
            ))}
          </Section>
        );
      })}
    </>
  );
}

function Figures(props: {
  title: string;
  figures: UnitCostFigures;
  unitCost: UnitCost;
  costs: Pick<EntityCosts, 'periods' | 'granularity'>;
}) {
  const { title, figures, unitCost, costs } = props;
  const { currency, periods } = figures;
  const known = periods.filter(period => period.unitCost !== undefined);
  const chart = {
    title,
    figures,
    periods: costs.periods,
    granularity: costs.granularity,
  };
  if (figures.unitCost === undefined) {
    return <Text as="p">Not defined in {currency}.</Text>;
  }
  return (
    <div className={styles.figures}>
      <p className={styles.amount} title={`${figures.unitCost} ${currency}`}>
        {formatUnitCost(figures.unitCost, currency)}
      </p>
      <Text as="p">{sentenceOf(figures, unitCost.label)}</Text>
      {known.length > 1 && (
        <>
          <ChartBoundary>
            <Suspense fallback={<Placeholder width="100%" height="180px" />}>
              <UnitCostChart {...chart} />
            </Suspense>
          </ChartBoundary>
          <UnitCostTable {...chart} label={unitCost.label} />
        </>
      )}
    </div>
  );
}

function sentenceOf({ comparison }: UnitCostFigures, label: string): string {
  if (!comparison) {
    return 'There are no days before to compare it with.';
  }
  if (
    comparison.change === undefined ||
    comparison.costChange === undefined ||
    comparison.usageChange === undefined
  ) {
    return `Cost of usage or ${label} are 0 in the days before: there is nothing to compare with.`;
  }
  const pairs = comparison.days;
  return `By cost of usage alone ${formatChange(
    comparison.change,
  )} against the ${
    pairs === 1 ? 'day' : `${pairs} days`
  } before: cost ${formatChange(
    comparison.costChange,
  )} while ${label} ${formatChange(comparison.usageChange)}.`;
}

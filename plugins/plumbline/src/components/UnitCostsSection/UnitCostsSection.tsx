import { Text } from '@backstage/ui';
import type {
  UnitCost,
  UnitCostFigures,
} from '@plumbline/backstage-plugin-plumbline-common';
import { formatChange, formatUnitCost } from '../../format';
import { Section } from '../Section';

const NUMBER = new Intl.NumberFormat('en-US');

/** What the entity costs for each so many of something; nothing where no metric is set up. */
export function UnitCostsSection({ unitCosts }: { unitCosts: UnitCost[] }) {
  return (
    <>
      {unitCosts.map(unitCost => (
        <Section
          key={unitCost.metric}
          title={`Cost per ${NUMBER.format(unitCost.per)} ${unitCost.label}`}
          description={unitCost.reason}
        >
          {unitCost.currencies.map(figures => (
            <Text as="p" key={figures.currency}>
              {sentenceOf(figures, unitCost.label)}
            </Text>
          ))}
        </Section>
      ))}
    </>
  );
}

function sentenceOf(
  { currency, unitCost, comparison }: UnitCostFigures,
  label: string,
): string {
  if (unitCost === undefined) {
    return `Not defined in ${currency}.`;
  }
  const amount = formatUnitCost(unitCost, currency);
  if (
    comparison?.change === undefined ||
    comparison.costChange === undefined ||
    comparison.usageChange === undefined
  ) {
    return `${amount}. There are no days before to compare it with.`;
  }
  return `${amount}, ${formatChange(
    comparison.change,
  )} against the days before: cost ${formatChange(
    comparison.costChange,
  )} while ${label} ${formatChange(comparison.usageChange)}, over ${
    comparison.days
  } days each.`;
}

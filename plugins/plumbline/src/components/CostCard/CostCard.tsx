import { ButtonLink, Flex, Text } from '@backstage/ui';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import type { Entity } from '@backstage/catalog-model';
import type { CostHeadline } from '@plumbline/backstage-plugin-plumbline-common';
import { basisLabels, environmentsText, formatUnitCost } from '../../format';
import { answerOf, useEntityRef, useOverview, useTabPath } from '../../hooks';
import { Failure } from '../Failure';
import { FreshnessLine } from '../FreshnessLine';
import { SetUpSteps } from '../SetUpSteps';
import { StateLabel } from '../StateLabel';
import { themeClass } from '../theme';
import { UnconfirmedMark } from '../UnconfirmedMark';
import { ConvertedText } from '../UnitCostsSection';
import { CostCardSkeleton } from './CostCardSkeleton';
import { CurrencyFigure } from './CurrencyFigure';

/**
 * What a Component or Resource costs at a glance: state, month to date, how that
 * compares, and how old the figure is.
 */
export function CostCard() {
  const { entity, entityRef } = useEntityRef();
  const { call, retry } = useOverview(entityRef);
  const tabPath = useTabPath(entity);
  const cost = answerOf(call)?.cost;
  const setUp = cost && cost.state !== 'not-set-up';

  return (
    <EntityInfoCard
      className={themeClass}
      title="Cost"
      headerActions={cost && <StateLabel state={cost.state} />}
      footerActions={
        setUp && (
          <ButtonLink href={tabPath} size="small" variant="secondary">
            See the costs in detail
          </ButtonLink>
        )
      }
    >
      <div aria-busy={call.status === 'loading'}>
        {call.status === 'failed' && (
          <Failure what="the cost" error={call.error} onRetry={retry} />
        )}
        {call.status === 'loading' && !call.previous && <CostCardSkeleton />}
        {call.status === 'ready' && !cost && (
          <Text as="p" color="secondary">
            You may not look at what this costs. Its owner can say why.
          </Text>
        )}
        {cost && <CostSummary cost={cost} entity={entity} />}
      </div>
    </EntityInfoCard>
  );
}

function CostSummary({ cost, entity }: { cost: CostHeadline; entity: Entity }) {
  if (cost.state === 'not-set-up') {
    return (
      <Flex direction="column" gap="4">
        <Text as="p">{cost.reason}</Text>
        <SetUpSteps entity={entity} />
      </Flex>
    );
  }
  return (
    <Flex direction="column" gap="4">
      <Text as="p">{cost.reason}</Text>
      {cost.currencies.length === 0 && (
        <Text as="p" color="secondary">
          There is no figure to show. That does not mean that it costs nothing.
        </Text>
      )}
      {cost.currencies.map(headline => (
        <CurrencyFigure
          key={headline.currency}
          headline={headline}
          freshness={cost.freshness}
        />
      ))}
      <Flex direction="column" gap="1">
        {cost.converted && <ConvertedText converted={cost.converted} />}
        {cost.unitCost && (
          <Text as="p" variant="body-small">
            {formatUnitCost(cost.unitCost.unitCost, cost.unitCost.currency)} per{' '}
            {cost.unitCost.per.toLocaleString('en-US')} {cost.unitCost.label},
            this month so far
          </Text>
        )}
        {cost.claimed && (
          <div>
            <UnconfirmedMark />
          </div>
        )}
        <Text as="p" variant="body-small" color="secondary">
          {environmentsText(cost.environments)}, {basisLabels[cost.basis]}
        </Text>
        <FreshnessLine freshness={cost.freshness} />
      </Flex>
    </Flex>
  );
}

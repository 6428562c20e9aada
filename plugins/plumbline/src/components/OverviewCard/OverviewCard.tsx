import { ButtonLink, Flex, Text } from '@backstage/ui';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import {
  RiGitBranchLine,
  RiMoneyDollarCircleLine,
  RiRulerLine,
  RiShieldCheckLine,
} from '@remixicon/react';
import type { EntityOverview } from '@plumbline/backstage-plugin-plumbline-common';
import { environmentsText, basisLabels, membersText } from '../../format';
import { answerOf, useEntityRef, useOverview, useTabPath } from '../../hooks';
import { CurrencyFigure } from '../CostCard/CurrencyFigure';
import { Failure } from '../Failure';
import { FreshnessLine } from '../FreshnessLine';
import { SetUpSteps } from '../SetUpSteps';
import { themeClass } from '../theme';
import { UnconfirmedMark } from '../UnconfirmedMark';
import { HeadlineRow } from './HeadlineRow';
import { OverviewCardSkeleton } from './OverviewCardSkeleton';

/** Cost, drift, policy and provenance of a System, Domain or Group, added up over its members. */
export function OverviewCard() {
  const { entity, entityRef } = useEntityRef();
  const { call, retry } = useOverview(entityRef);
  const tabPath = useTabPath(entity);
  const overview = answerOf(call);

  return (
    <EntityInfoCard
      className={themeClass}
      title="Plumbline"
      footerActions={
        overview?.cost && (
          <ButtonLink href={tabPath} size="small" variant="secondary">
            See the costs in detail
          </ButtonLink>
        )
      }
    >
      <div aria-busy={call.status === 'loading'}>
        {call.status === 'failed' && (
          <Failure what="the overview" error={call.error} onRetry={retry} />
        )}
        {call.status === 'loading' && !call.previous && (
          <OverviewCardSkeleton />
        )}
        {overview && (
          <Flex direction="column" gap="5">
            <CostFigures overview={overview} />
            <Headlines overview={overview} />
            {overview.cost?.state === 'not-set-up' && (
              <SetUpSteps entity={entity} />
            )}
          </Flex>
        )}
      </div>
    </EntityInfoCard>
  );
}

function CostFigures({ overview }: { overview: EntityOverview }) {
  const { cost } = overview;
  if (!cost || cost.currencies.length === 0) {
    return null;
  }
  return (
    <Flex direction="column" gap="4">
      {cost.currencies.map(headline => (
        <CurrencyFigure
          key={headline.currency}
          headline={headline}
          freshness={cost.freshness}
        />
      ))}
      <Flex direction="column" gap="1">
        {cost.claimed && (
          <div>
            <UnconfirmedMark />
          </div>
        )}
        {cost.members && (
          <Text as="p" variant="body-small" color="secondary">
            {membersText(cost.members)}
          </Text>
        )}
        <Text as="p" variant="body-small" color="secondary">
          {environmentsText(cost.environments)}, {basisLabels[cost.basis]}
        </Text>
        <FreshnessLine freshness={cost.freshness} />
      </Flex>
    </Flex>
  );
}

function Headlines({ overview }: { overview: EntityOverview }) {
  return (
    <div>
      <HeadlineRow
        icon={<RiMoneyDollarCircleLine aria-hidden size="1.25rem" />}
        title="Cost"
        headline={overview.cost}
      />
      <HeadlineRow
        icon={<RiRulerLine aria-hidden size="1.25rem" />}
        title="Drift"
        headline={overview.drift}
      />
      <HeadlineRow
        icon={<RiShieldCheckLine aria-hidden size="1.25rem" />}
        title="Policy"
        headline={overview.policy}
      />
      <HeadlineRow
        icon={<RiGitBranchLine aria-hidden size="1.25rem" />}
        title="Provenance"
        headline={overview.provenance}
      />
    </div>
  );
}

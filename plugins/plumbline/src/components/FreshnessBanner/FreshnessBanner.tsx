import { Alert } from '@backstage/ui';
import type { Freshness } from '@plumbline/backstage-plugin-plumbline-common';
import { freshnessSentences, freshnessText } from '../../format';

/** Says in words when the figures below are not as fresh or as whole as they should be. */
export function FreshnessBanner({ freshness }: { freshness: Freshness }) {
  if (freshness.state === 'fresh') {
    return null;
  }
  return (
    <Alert
      role="status"
      icon
      status={freshness.state === 'failing' ? 'danger' : 'warning'}
      title={freshnessSentences[freshness.state]}
      description={`${freshnessText(freshness)}.${
        freshness.sources.length > 0
          ? ` Source: ${freshness.sources.join(', ')}.`
          : ''
      }`}
    />
  );
}

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
      description={originText(freshness)}
    />
  );
}

/** How old the figures are and who brought them; nothing where nothing was collected. */
function originText(freshness: Freshness): string | undefined {
  const { state, sources } = freshness;
  if (state === 'unknown') {
    return undefined;
  }
  const source = sources.length > 0 ? ` Source: ${sources.join(', ')}.` : '';
  return `${freshnessText(freshness)}.${source}`;
}

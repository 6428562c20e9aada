import { ButtonLink, Flex, Text } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { scopes, usePortfolioSelection } from '../../selection';
import { byWords } from './words';

/** Whose entities are looked at alone, and the way back to everybody's. */
export function ScopeLine() {
  const { selection, addressOf } = usePortfolioSelection();
  const shown = scopes.flatMap(name => {
    const ref = selection.scope[name];
    return ref === undefined ? [] : [{ name, ref }];
  });
  if (shown.length === 0) {
    return null;
  }
  return (
    <Flex align="center" gap="3" style={{ flexWrap: 'wrap' }}>
      {shown.map(({ name, ref }) => (
        <Text key={name}>
          {ref === 'none' ? (
            `Only what has no ${byWords[name].one}`
          ) : (
            <>
              Only the {byWords[name].one} <EntityRefLink entityRef={ref} />
            </>
          )}
        </Text>
      ))}
      <ButtonLink
        size="small"
        variant="tertiary"
        href={addressOf({ by: shown[0].name, scope: {}, all: false })}
      >
        Back to all {byWords[shown[0].name].many}
      </ButtonLink>
    </Flex>
  );
}

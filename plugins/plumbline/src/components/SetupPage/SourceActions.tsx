import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Button, Flex, Text } from '@backstage/ui';
import type { SourceDetails } from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineApiRef } from '../../api';
import styles from './SetupPage.module.css';

/** Pause, resume, collect now. */
export function SourceActions(props: {
  source: SourceDetails;
  onChange: () => void;
}) {
  const { source, onChange } = props;
  const api = useApi(plumblineApiRef);
  const [working, setWorking] = useState(false);
  const [said, setSaid] = useState('');
  const paused = source.pause?.reason === 'operator';

  const act = async (call: () => Promise<unknown>, done: string) => {
    setWorking(true);
    setSaid('');
    try {
      await call();
      setSaid(done);
      onChange();
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    } finally {
      setWorking(false);
    }
  };

  return (
    <div className={styles.actions}>
      <Flex gap="2">
        <Button
          size="small"
          variant="secondary"
          isDisabled={working}
          aria-label={`${paused ? 'Resume' : 'Pause'} ${source.title}`}
          onPress={() =>
            paused
              ? act(() => api.resumeSource(source.id), 'Resumed.')
              : act(() => api.pauseSource(source.id), 'Paused.')
          }
        >
          {paused ? 'Resume' : 'Pause'}
        </Button>
        <Button
          size="small"
          variant="secondary"
          isDisabled={working || paused}
          aria-label={`Collect now: ${source.title}`}
          onPress={() =>
            act(
              () => api.collectSource(source.id),
              'It starts within some seconds.',
            )
          }
        >
          Collect now
        </Button>
      </Flex>
      <Text as="p" variant="body-small" color="secondary" role="status">
        {said}
      </Text>
    </div>
  );
}

import { useState } from 'react';
import { Button, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import type {
  Month,
  StatementAsOf,
} from '@plumbline/backstage-plugin-plumbline-common';
import { RiDownloadLine } from '@remixicon/react';
import { plumblineApiRef } from '../../api';
import { formatMonth } from '../../format';

/** Saves all lines that the person may see as a CSV file. */
export function StatementCsvButton(props: {
  month: Month;
  asOf: StatementAsOf;
}) {
  const { month, asOf } = props;
  const api = useApi(plumblineApiRef);
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');

  const save = async () => {
    setState('busy');
    try {
      const { fileName, content } = await api.getStatementCsv(month, { asOf });
      const url = URL.createObjectURL(content);
      const link = document.createElement('a');
      link.href = url;
      link.download = fileName;
      link.click();
      URL.revokeObjectURL(url);
      setState('idle');
    } catch {
      setState('failed');
    }
  };

  return (
    <div>
      <Button
        size="small"
        variant="secondary"
        aria-label={`Statement of ${formatMonth(`${month}-01`)} as CSV`}
        iconStart={<RiDownloadLine aria-hidden />}
        isDisabled={state === 'busy'}
        onPress={save}
      >
        CSV
      </Button>
      {state === 'failed' && (
        <Text as="p" role="alert" color="secondary">
          The file could not be made. Try again in a moment.
        </Text>
      )}
    </div>
  );
}

import { useState } from 'react';
import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import { Button } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';

/** Saves a text as a CSV file. */
export function CsvButton(props: {
  fileName: string;
  /** What is saved, for a screen reader. */
  label: string;
  /** May have to be read first. */
  content: () => string | Promise<string>;
}) {
  const { fileName, label, content } = props;
  const alertApi = useApi(alertApiRef);
  const [reading, setReading] = useState(false);

  const save = async () => {
    setReading(true);
    try {
      saveAs(fileName, await content());
    } catch (error) {
      alertApi.post({
        message: `The file could not be made: ${
          error instanceof Error ? error.message : error
        }. Try again in a moment.`,
        severity: 'error',
        display: 'transient',
      });
    } finally {
      setReading(false);
    }
  };

  return (
    <Button
      size="small"
      variant="tertiary"
      aria-label={label}
      iconStart={<RiDownloadLine aria-hidden />}
      isPending={reading}
      onPress={save}
    >
      CSV
    </Button>
  );
}

function saveAs(fileName: string, text: string): void {
  const url = URL.createObjectURL(
    // The mark tells spreadsheets that the file is UTF-8.
    new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}

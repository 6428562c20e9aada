import { Button } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';

/** Saves a text as a CSV file. */
export function CsvButton(props: {
  fileName: string;
  /** What is saved, for a screen reader. */
  label: string;
  content: () => string;
}) {
  const { fileName, label, content } = props;

  const save = () => {
    const url = URL.createObjectURL(
      // The mark tells spreadsheets that the file is UTF-8.
      new Blob(['\ufeff', content()], { type: 'text/csv;charset=utf-8' }),
    );
    const link = document.createElement('a');
    link.href = url;
    link.download = fileName;
    link.click();
    URL.revokeObjectURL(url);
  };

  return (
    <Button
      size="small"
      variant="tertiary"
      aria-label={label}
      iconStart={<RiDownloadLine aria-hidden />}
      onPress={save}
    >
      CSV
    </Button>
  );
}

import { Button } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';

/** Saves a patch as it is, byte by byte. */
export function PatchButton(props: {
  text: string;
  fileName: string;
  label: string;
}) {
  const { text, fileName, label } = props;

  const save = () => {
    const url = URL.createObjectURL(
      new Blob([text], { type: 'text/x-patch;charset=utf-8' }),
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
      variant="secondary"
      aria-label={label}
      iconStart={<RiDownloadLine aria-hidden />}
      onPress={save}
    >
      Download
    </Button>
  );
}

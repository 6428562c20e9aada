import { useState } from 'react';
import { Button } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';

const words = {
  idle: 'Copy',
  copied: 'Copied',
  failed: 'Could not copy: select the text instead',
};

/** Copies a text and says whether that worked. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [state, setState] = useState<keyof typeof words>('idle');

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      // No clipboard outside a secure context: the button says so.
      setState('failed');
    }
  };

  return (
    <Button
      size="small"
      variant="secondary"
      aria-label={state === 'idle' ? label : undefined}
      iconStart={
        state === 'copied' ? (
          <RiCheckLine aria-hidden />
        ) : (
          <RiFileCopyLine aria-hidden />
        )
      }
      onPress={copy}
    >
      <span aria-live="polite">{words[state]}</span>
    </Button>
  );
}

import styles from './SetupPage.module.css';

/** A unified diff; what is added is marked by its sign and its colour. */
export function DiffView({ path, diff }: { path: string; diff: string }) {
  const lines = diff.replace(/\n$/, '').split('\n');
  return (
    <pre
      className={styles.diff}
      role="group"
      aria-label={`The change to ${path}`}
    >
      {lines.map((line, index) => (
        <span key={index} className={styles.line} data-kind={kindOf(line)}>
          {line.replace(/\r$/, '')}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}

function kindOf(line: string): string {
  if (/^(diff |--- |\+\+\+ |@@ )/.test(line)) {
    return 'head';
  }
  return line.startsWith('+') ? 'added' : 'kept';
}

import type { ReactNode } from 'react';
import { useFigure, type Figure } from '../../selection';
import styles from './FigureButton.module.css';

/** A figure that opens the charges it is made of. */
export function FigureButton(props: {
  figure: Figure;
  /** What the figure is, for a screen reader: `the total`. */
  of: string;
  title?: string;
  children: ReactNode;
}) {
  const { figure, of, title, children } = props;
  const { open } = useFigure();
  return (
    <button
      type="button"
      className={styles.figure}
      title={title}
      aria-haspopup="dialog"
      onClick={() => open(figure)}
    >
      {children}
      <span className={styles.hidden}>, how {of} comes about</span>
    </button>
  );
}

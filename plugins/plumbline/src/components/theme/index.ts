import styles from './theme.module.css';

/** Class of the root of every card and of the tab: Plumbline's colours. */
export const themeClass = styles.theme;

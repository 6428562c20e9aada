import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';

/** A part of Plumbline's own page, under `/plumbline`. */
export interface PlumblineSubPage {
  /** Below `/plumbline`; empty for the one that opens first. */
  path: string;
  title: string;
  /** Whether only administrators (`plumbline.admin`) see it. */
  adminOnly?: boolean;
  component: LazyExoticComponent<ComponentType>;
}

/** A part whose code is loaded when somebody opens it. */
export function subPage(
  description: Omit<PlumblineSubPage, 'component'>,
  load: () => Promise<ComponentType>,
): PlumblineSubPage {
  return {
    ...description,
    component: lazy(async () => ({ default: await load() })),
  };
}

/** Every part, in the order of its tab. */
export const subPages: readonly PlumblineSubPage[] = [
  subPage({ path: '', title: 'Portfolio' }, () =>
    import('../PortfolioPage').then(m => m.PortfolioPage),
  ),
  subPage({ path: 'unallocated', title: 'Unallocated' }, () =>
    import('../UnallocatedPage').then(m => m.UnallocatedPage),
  ),
  subPage({ path: 'statements', title: 'Statements' }, () =>
    import('../Statements').then(m => m.StatementsPage),
  ),
  subPage({ path: 'reconcile', title: 'Reconcile' }, () =>
    import('../ReconcilePage').then(m => m.ReconcilePage),
  ),
  subPage({ path: 'setup', title: 'Setup', adminOnly: true }, () =>
    import('../SetupPage').then(m => m.SetupPage),
  ),
];

import { Suspense } from 'react';
import { Container, PluginHeader } from '@backstage/ui';
import LinearProgress from '@material-ui/core/LinearProgress';
import { usePermission } from '@backstage/plugin-permission-react';
import { plumblineAdminPermission } from '@plumbline/backstage-plugin-plumbline-common';
import { RiFocus2Line } from '@remixicon/react';
import { Navigate, Route, Routes, useResolvedPath } from 'react-router-dom';
import { themeClass } from '../theme';
import { subPages as allSubPages } from './pages';
import type { PlumblineSubPage } from './pages';
import styles from './PlumblinePage.module.css';

/** Plumbline's own page: what concerns more than one entity, a tab for each part. */
export function PlumblinePage(props: {
  subPages?: readonly PlumblineSubPage[];
}) {
  const { subPages = allSubPages } = props;
  const { pathname: base } = useResolvedPath('.');
  const root = base.replace(/\/$/, '');
  const { loading, allowed } = usePermission({
    permission: plumblineAdminPermission,
  });
  const shown = subPages.filter(({ adminOnly }) => !adminOnly || allowed);
  return (
    <div className={themeClass}>
      <div className={styles.header}>
        <PluginHeader
          icon={<RiFocus2Line />}
          title="Plumbline"
          titleLink={root}
          tabs={shown.map(({ path, title }) => ({
            id: path || 'start',
            label: title,
            href: path ? `${root}/${path}` : root,
            matchStrategy: path ? 'prefix' : 'exact',
          }))}
        />
      </div>
      <main>
        <Container className={styles.content}>
          <Suspense
            fallback={
              <LinearProgress aria-label="Loading this page of Plumbline" />
            }
          >
            <Routes>
              {shown.map(({ path, component: Component }) => (
                <Route
                  key={path}
                  path={path ? `${path}/*` : '/'}
                  element={<Component />}
                />
              ))}
              {/* Whether somebody is an administrator is known a moment later than where they want to go. */}
              {!loading && <Route path="*" element={<Navigate to={root} />} />}
            </Routes>
          </Suspense>
        </Container>
      </main>
    </div>
  );
}

import { useResolvedPath } from 'react-router-dom';
import { subPages } from '../PlumblinePage/pages';

/** Where another part of Plumbline's page lies; undefined where there is no such part. */
export function useSubPagePath(path: string): string | undefined {
  const { pathname } = useResolvedPath(path);
  return subPages.some(page => page.path === path) ? pathname : undefined;
}

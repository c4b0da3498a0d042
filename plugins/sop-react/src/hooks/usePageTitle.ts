import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { useEffect } from 'react';

/**
 * Gives the browser tab, history and pasted links a title.
 *
 * @param title - Of the page; undefined while it is not known.
 * @public
 */
export function usePageTitle(title: string | undefined): void {
  const app = useApi(configApiRef).getOptionalString('app.title');
  useEffect(() => {
    if (title) {
      document.title = [title, app].filter(Boolean).join(' | ');
    }
  }, [title, app]);
}

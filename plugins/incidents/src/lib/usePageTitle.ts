import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { useEffect } from 'react';

/** Gives the browser tab, history and pasted links a title. */
export function usePageTitle(title: string | undefined): void {
  const app = useApi(configApiRef).getOptionalString('app.title');
  useEffect(() => {
    if (title) {
      document.title = [title, app].filter(Boolean).join(' | ');
    }
  }, [title, app]);
}

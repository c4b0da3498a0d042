import { NotFoundErrorPage } from '@backstage/frontend-plugin-api';
import { Loading, PageBody } from '@handrail/plugin-sop-react';
import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';
import { SlosPage } from '../SlosPage';

// The charts are large; the list does not wait for them.
const SloPage = lazy(() =>
  import('../SloPage').then(m => ({ default: m.SloPage })),
);

/** The pages below `/slos`. */
export function SloRouter() {
  return (
    <Suspense
      fallback={
        <PageBody>
          <Loading shape="split" />
        </PageBody>
      }
    >
      <Routes>
        <Route path="/" element={<SlosPage />} />
        <Route path=":namespace/:name" element={<SloPage />} />
        <Route path="*" element={<NotFoundErrorPage />} />
      </Routes>
    </Suspense>
  );
}

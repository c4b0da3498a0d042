import { NotFoundErrorPage } from '@backstage/frontend-plugin-api';
import { Loading, PageBody } from '@handrail/plugin-sop-react';
import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';
import { IncidentsPage } from '../IncidentsPage';

const IncidentPage = lazy(() =>
  import('../IncidentPage').then(m => ({ default: m.IncidentPage })),
);

/** The pages below `/incidents`. */
export function IncidentsRouter() {
  return (
    <Suspense
      fallback={
        <PageBody>
          <Loading shape="split" />
        </PageBody>
      }
    >
      <Routes>
        <Route path="/" element={<IncidentsPage />} />
        <Route path=":incidentId" element={<IncidentPage />} />
        <Route path="*" element={<NotFoundErrorPage />} />
      </Routes>
    </Suspense>
  );
}

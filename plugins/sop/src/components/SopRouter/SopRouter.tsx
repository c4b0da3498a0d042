import { NotFoundErrorPage } from '@backstage/frontend-plugin-api';
import { Loading, PageBody } from '@handrail/plugin-sop-react';
import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';
import { CataloguePage } from '../CataloguePage';
import { RunsPage } from '../RunsPage';
import { Shortcuts } from '../Shortcuts';

// The form library, diagram and charts are large; the lists do not wait for them.
const RunPage = lazy(() =>
  import('../RunPage').then(m => ({ default: m.RunPage })),
);
const EditorPage = lazy(() =>
  import('../EditorPage').then(m => ({ default: m.EditorPage })),
);
const CompliancePage = lazy(() =>
  import('../CompliancePage').then(m => ({ default: m.CompliancePage })),
);
const ToilPage = lazy(() =>
  import('../ToilPage').then(m => ({ default: m.ToilPage })),
);
const StartPage = lazy(() =>
  import('../StartPage').then(m => ({ default: m.StartPage })),
);

/** The pages below `/sops`. */
export function SopRouter() {
  return (
    <Shortcuts>
      <Suspense
        fallback={
          <PageBody>
            <Loading shape="split" />
          </PageBody>
        }
      >
        <Routes>
          <Route path="/" element={<CataloguePage />} />
          <Route path="runs" element={<RunsPage />} />
          <Route path="runs/:runId" element={<RunPage />} />
          <Route path="compliance" element={<CompliancePage />} />
          <Route path="toil" element={<ToilPage />} />
          <Route path="start" element={<StartPage />} />
          <Route path="editor" element={<EditorPage />} />
          <Route path="*" element={<NotFoundErrorPage />} />
        </Routes>
      </Suspense>
    </Shortcuts>
  );
}

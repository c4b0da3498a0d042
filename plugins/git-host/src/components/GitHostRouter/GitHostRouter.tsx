import { NotFoundErrorPage } from '@backstage/frontend-plugin-api';
import { Route, Routes } from 'react-router-dom';
import { RepositoriesPage } from '../RepositoriesPage';
import { RepositoryPage } from '../RepositoryPage';

/** The pages below `/repositories`. */
export function GitHostRouter() {
  return (
    <Routes>
      <Route path="/" element={<RepositoriesPage />} />
      <Route path=":owner/:repo" element={<RepositoryPage />} />
      <Route path="*" element={<NotFoundErrorPage />} />
    </Routes>
  );
}

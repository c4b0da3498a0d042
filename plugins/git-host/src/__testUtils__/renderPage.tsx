import { Entity } from '@backstage/catalog-model';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { RenderResult } from '@testing-library/react';
import { configureAxe } from 'jest-axe';
import { Route, Routes, useLocation } from 'react-router-dom';
import { gitHostApiRef } from '../api';
import { GitHostRouter } from '../components/GitHostRouter';
import { rootRouteRef } from '../routes';
import { BASE, FakeGitHostApi } from './FakeGitHostApi';

/** The component whose source is the repository `checkout`. */
export const COMPONENT: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'checkout',
    namespace: 'default',
    annotations: {
      'backstage.io/source-location': `url:${BASE}/checkout/src/branch/main/`,
    },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'team-a' },
};

function Address() {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{`${pathname}${search}`}</output>;
}

/** Shows the pages of the plugin at an address below `/repositories`. */
export function renderPage(at = '', api = new FakeGitHostApi()): RenderResult {
  return renderInTestApp(
    <>
      <Routes>
        <Route path="/repositories/*" element={<GitHostRouter />} />
      </Routes>
      <Address />
    </>,
    {
      apis: [
        [gitHostApiRef, api],
        [catalogApiRef, catalogApiMock({ entities: [COMPONENT] })],
        mockApis.identity({ userEntityRef: 'user:default/ana.duarte' }),
      ],
      config: { app: { title: 'Portal', baseUrl: 'http://localhost' } },
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/repositories': rootRouteRef,
      },
      initialRouteEntries: [`/repositories${at}`],
    },
  );
}

/** Rules about the whole document are left to the browser journeys. */
export const axe = configureAxe({ rules: { region: { enabled: false } } });

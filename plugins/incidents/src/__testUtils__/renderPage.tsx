import type { Entity } from '@backstage/catalog-model';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type { RenderResult } from '@testing-library/react';
import { configureAxe } from 'jest-axe';
import { useLocation } from 'react-router-dom';
import { declareApiRef, incidentsApiRef } from '../api';
import { DeclareHost } from '../components/Declare/DeclareHost';
import { DeclareLauncher } from '../lib/DeclareLauncher';
import { rootRouteRef } from '../routes';
import { FakeIncidentsApi } from './FakeIncidentsApi';
import { FakeSignals } from './FakeSignals';
import { ANA, PAYMENTS, PEOPLE } from './samples';

/** Where and with what a page is shown. */
export interface RenderPageOptions {
  api?: FakeIncidentsApi;
  /** Address of the page, with its query. */
  at?: string;
  /** Pattern that the page is mounted under. */
  mountPath?: string;
  entities?: Entity[];
  /** The entity whose page the element is part of. */
  entity?: Entity;
  signals?: FakeSignals;
  launcher?: DeclareLauncher;
}

function Address() {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{`${pathname}${search}`}</output>;
}

/** Shows an element in an app with a fake back end and the declare form. */
export function renderPage(
  element: JSX.Element,
  options: RenderPageOptions = {},
): RenderResult & {
  api: FakeIncidentsApi;
  signals: FakeSignals;
  launcher: DeclareLauncher;
} {
  const {
    api = new FakeIncidentsApi(),
    at = '/',
    mountPath,
    entities = [PAYMENTS, ...PEOPLE],
    entity,
    signals = new FakeSignals(),
    launcher = new DeclareLauncher(),
  } = options;
  const result = renderInTestApp(
    <>
      {entity ? (
        <EntityProvider entity={entity}>{element}</EntityProvider>
      ) : (
        element
      )}
      <DeclareHost />
      <Address />
    </>,
    {
      apis: [
        [incidentsApiRef, api],
        [declareApiRef, launcher],
        [signalApiRef, signals],
        [catalogApiRef, catalogApiMock({ entities })],
        mockApis.identity({
          userEntityRef: ANA,
          ownershipEntityRefs: [ANA, 'group:default/payments'],
        }),
      ],
      config: { app: { title: 'Portal', baseUrl: 'http://localhost' } },
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/incidents': rootRouteRef,
      },
      initialRouteEntries: [at],
      mountPath,
    },
  );
  return { ...result, api, signals, launcher };
}

/**
 * Checks the accessibility of a part of a page. Rules about the whole document
 * are left to the browser journeys.
 */
export const axe = configureAxe({
  rules: { region: { enabled: false } },
});

/** An error as the client throws it for an answer of the back end. */
export function refusal(
  statusCode: number,
  error: Record<string, unknown>,
): Error {
  return Object.assign(new Error(String(error.message)), {
    statusCode,
    body: { error },
  });
}

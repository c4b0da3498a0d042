import type { Entity } from '@backstage/catalog-model';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  rootRouteRef,
  sopApiRef,
  tasksRouteRef,
} from '@handrail/plugin-sop-react';
import type { RenderResult } from '@testing-library/react';
import { configureAxe } from 'jest-axe';
import { useLocation } from 'react-router-dom';
import { FakeSignals } from './FakeSignals';
import { FakeSopApi } from './FakeSopApi';
import { SAMPLE_COMPONENT, sampleProcedure } from './samples';

/** Where and with what a page is shown. */
export interface RenderPageOptions {
  api?: FakeSopApi;
  /** Address of the page, with its query. */
  at?: string;
  /** Pattern that the page is mounted under. */
  mountPath?: string;
  entities?: Entity[];
  /** The entity whose page the element is part of. */
  entity?: Entity;
  userEntityRef?: string;
  signals?: FakeSignals;
}

function Address() {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{`${pathname}${search}`}</output>;
}

/** Shows an element in an app with a fake back end; returns that back end. */
export function renderPage(
  element: JSX.Element,
  options: RenderPageOptions = {},
): RenderResult & { api: FakeSopApi; signals: FakeSignals } {
  const {
    api = new FakeSopApi(),
    at = '/',
    mountPath,
    entities = [SAMPLE_COMPONENT, sampleProcedure()],
    entity,
    userEntityRef = 'user:default/ines.moreau',
    signals = new FakeSignals(),
  } = options;
  const result = renderInTestApp(
    <>
      {entity ? (
        <EntityProvider entity={entity}>{element}</EntityProvider>
      ) : (
        element
      )}
      <Address />
    </>,
    {
      apis: [
        [sopApiRef, api],
        [signalApiRef, signals],
        [catalogApiRef, catalogApiMock({ entities })],
        mockApis.identity({ userEntityRef }),
      ],
      config: { app: { title: 'Portal', baseUrl: 'http://localhost' } },
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/sops': rootRouteRef,
        '/tasks': tasksRouteRef,
      },
      initialRouteEntries: [at],
      mountPath,
    },
  );
  return { ...result, api, signals };
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

import type { Entity } from '@backstage/catalog-model';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { RenderResult } from '@testing-library/react';
import { configureAxe } from 'jest-axe';
import { useLocation } from 'react-router-dom';
import { sloApiRef } from '../api';
import { rootRouteRef } from '../routes';
import { FakeSloApi } from './FakeSloApi';
import { SAMPLE_COMPONENT, SAMPLE_DOCUMENT } from './samples';

/** Where and with what a page is shown. */
export interface RenderPageOptions {
  api?: FakeSloApi;
  /** Address of the page, with its query. */
  at?: string;
  /** Pattern that the page is mounted under. */
  mountPath?: string;
  /** The entity whose page the element is part of. */
  entity?: Entity;
  ownershipEntityRefs?: string[];
}

function Address() {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{`${pathname}${search}`}</output>;
}

/** Shows an element in an app with a fake back end; returns that back end. */
export function renderPage(
  element: JSX.Element,
  options: RenderPageOptions = {},
): RenderResult & { api: FakeSloApi } {
  const {
    api = new FakeSloApi(),
    at = '/',
    mountPath,
    entity,
    ownershipEntityRefs = ['user:default/ana.duarte', 'group:default/payments'],
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
        [sloApiRef, api],
        [
          catalogApiRef,
          catalogApiMock({ entities: [SAMPLE_COMPONENT, SAMPLE_DOCUMENT] }),
        ],
        mockApis.identity({
          userEntityRef: 'user:default/ana.duarte',
          ownershipEntityRefs,
        }),
      ],
      config: { app: { title: 'Portal', baseUrl: 'http://localhost' } },
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/slos': rootRouteRef,
      },
      initialRouteEntries: [at],
      mountPath,
    },
  );
  return { ...result, api };
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

import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type { RenderResult } from '@testing-library/react';
import { configureAxe } from 'jest-axe';
import { useLocation } from 'react-router-dom';
import { onboardingApiRef, tourSessionApiRef } from '../api';
import { rootRouteRef } from '../routes';
import { TourSession } from '../session';
import { FakeOnboardingApi } from './FakeOnboardingApi';

function Address() {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{`${pathname}${search}`}</output>;
}

/** Shows an element in an app with a fake back end. */
export function renderWith(
  element: JSX.Element,
  options: { api?: FakeOnboardingApi; at?: string } = {},
): RenderResult & { api: FakeOnboardingApi; session: TourSession } {
  const { api = new FakeOnboardingApi(), at = '/' } = options;
  const session = new TourSession(sessionStorage);
  const result = renderInTestApp(
    <>
      {element}
      <Address />
    </>,
    {
      apis: [
        [onboardingApiRef, api],
        [tourSessionApiRef, session],
        [signalApiRef, { subscribe: () => ({ unsubscribe: () => undefined }) }],
        mockApis.identity({ userEntityRef: 'user:default/mateo.vargas' }),
      ],
      config: { app: { title: 'Portal', baseUrl: 'http://localhost' } },
      mountedRoutes: { '/onboarding': rootRouteRef },
      initialRouteEntries: [at],
    },
  );
  return { ...result, api, session };
}

/** Rules about the whole document are left to the browser journeys. */
export const axe = configureAxe({ rules: { region: { enabled: false } } });

/** An error as the client throws it for an answer of the back end. */
export function refusal(statusCode: number, message: string): Error {
  return Object.assign(new Error(message), {
    statusCode,
    body: { error: { message } },
  });
}

import { createRouteRef } from '@backstage/frontend-plugin-api';

/** Tours, checklist and figures; `?tour=<ref>` begins a tour. */
export const rootRouteRef = createRouteRef();

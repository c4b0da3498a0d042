import { AppRootElementBlueprint } from '@backstage/frontend-plugin-api';
import { TourHost } from '../components/TourHost';

/** Beside every page, so that a tour goes on from one to the next. */
export const tourHost = AppRootElementBlueprint.make({
  name: 'tour-host',
  params: { element: <TourHost /> },
});

/**
 * Development sign-in as one of the people in the catalog.
 *
 * @packageDocumentation
 */
export { authModuleDemo as default } from './module';
export {
  DEMO_PROVIDER_ID,
  DEMO_USER_HEADER,
  INTERACTIVE_SIGN_IN_CLAIM,
} from './constants';
export type { DemoPerson, DemoTeam } from './people';

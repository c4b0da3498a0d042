import { useState } from 'react';
import { ProxiedSignInPage } from '@backstage/core-components';
import { ResponseError } from '@backstage/errors';
import { IdentityApi } from '@backstage/frontend-plugin-api';
import { SignInPageProps } from '@backstage/plugin-app-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { Person } from './people';
import { PersonChooser } from './PersonChooser';
import { rememberedPerson } from './rememberedPerson';
import { SignInFrame } from './SignInFrame';
import { usePeople } from './usePeople';

/** Must be the header that the demo provider of the back end reads. */
const DEMO_USER_HEADER = 'x-handrail-demo-user';

/** Without this the next load would sign the same person in again. */
function forgettingOnSignOut(identityApi: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identityApi.getProfileInfo(),
    getBackstageIdentity: () => identityApi.getBackstageIdentity(),
    getCredentials: () => identityApi.getCredentials(),
    signOut: async () => {
      rememberedPerson.forget();
      await identityApi.signOut();
    },
  };
}

/** What the back end said; the message of a ResponseError is only its status. */
function reasonOf(error?: Error): string {
  const said = error instanceof ResponseError ? error.cause : error;
  return said?.message ?? 'The back end gave no reason.';
}

const NotConfigured = () => (
  <SignInFrame
    heading="No sign-in is configured"
    lead="This portal has no way to tell who you are. Whoever runs it can add one."
  >
    <Typography component="div">
      <ol>
        <li>
          Add the module of your identity provider to the back end, for example{' '}
          <code>@backstage/plugin-auth-backend-module-oidc-provider</code>.
        </li>
        <li>
          Configure it under <code>auth.providers</code> in{' '}
          <code>app-config.production.yaml</code>.
        </li>
        <li>
          Offer it on this page: <code>packages/app/src/modules/signIn</code>.
        </li>
      </ol>
    </Typography>
    <Typography color="text.secondary">
      In development, <code>auth.providers.demo</code> offers the people of the
      catalog here.
    </Typography>
  </SignInFrame>
);

/** Sign-in as one of the people in the catalog. For development only. */
export const DemoSignInPage = ({ onSignInSuccess }: SignInPageProps) => {
  const [chosen, setChosen] = useState(() => rememberedPerson.signedIn());
  const state = usePeople();

  if (state.status === 'off') {
    return <NotConfigured />;
  }
  if (state.status === 'waiting') {
    return (
      <SignInFrame
        heading="Getting ready"
        lead={state.reason ?? 'Asking the back end who you can be.'}
      >
        <LinearProgress aria-label="Waiting for the back end" />
      </SignInFrame>
    );
  }

  const person = state.people.find(p => p.entityRef === chosen);
  if (person) {
    return (
      <ProxiedSignInPage
        provider="demo"
        headers={{ [DEMO_USER_HEADER]: person.entityRef }}
        onSignInSuccess={identityApi => {
          rememberedPerson.remember(person.entityRef);
          onSignInSuccess(forgettingOnSignOut(identityApi));
        }}
        ErrorComponent={({ error }) => (
          <SignInFrame
            heading={`${person.name} could not be signed in`}
            lead={reasonOf(error)}
          >
            <Box sx={{ display: 'flex', gap: 1 }}>
              <Button
                variant="contained"
                onClick={() => window.location.reload()}
              >
                Try again
              </Button>
              <Button
                onClick={() => {
                  rememberedPerson.forget();
                  setChosen(undefined);
                }}
              >
                Choose somebody else
              </Button>
            </Box>
          </SignInFrame>
        )}
      />
    );
  }

  return (
    <SignInFrame
      heading="Choose who you are"
      lead="These are demo people, and this page exists only in development: nobody needs a password. Approvals need several people, so come back as somebody else."
    >
      {chosen && (
        <Alert severity="info" sx={{ mb: 2, maxWidth: 640 }}>
          You were signed in as {chosen}, who is no longer in the catalog.
        </Alert>
      )}
      <PersonChooser
        people={state.people}
        last={rememberedPerson.last()}
        onChoose={(choice: Person) => setChosen(choice.entityRef)}
      />
    </SignInFrame>
  );
};

import {
  BackstageUserIdentity,
  identityApiRef,
  useApi,
} from '@backstage/core-plugin-api';
import { useEffect, useState } from 'react';

/**
 * Who is signed in, with the groups that own things; undefined until known.
 * @public
 */
export function useIdentity(): BackstageUserIdentity | undefined {
  const identityApi = useApi(identityApiRef);
  const [identity, setIdentity] = useState<BackstageUserIdentity>();
  useEffect(() => {
    let live = true;
    identityApi.getBackstageIdentity().then(
      known => live && setIdentity(known),
      () => undefined,
    );
    return () => {
      live = false;
    };
  }, [identityApi]);
  return identity;
}

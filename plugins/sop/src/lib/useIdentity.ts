import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { useEffect, useState } from 'react';

/** Entity ref of the signed-in person; undefined until known. */
export function useUserRef(): string | undefined {
  const identityApi = useApi(identityApiRef);
  const [userRef, setUserRef] = useState<string>();
  useEffect(() => {
    let live = true;
    identityApi.getBackstageIdentity().then(
      identity => live && setUserRef(identity.userEntityRef),
      () => undefined,
    );
    return () => {
      live = false;
    };
  }, [identityApi]);
  return userRef;
}
